// What suites get as `fast-check`: its properties run with a seed that can be given, and many times over under
// `npm run proof properties` (scripts/proof/proofs.mjs).
const { join } = require('node:path');
const { appendFileSync } = require('node:fs');

const real = require(join(__dirname, '..', 'node_modules', 'fast-check', 'lib', 'cjs', 'fast-check.js'));
const fc = real.default;

/** As long as nothing else is asked for, every run is the same. */
const USUAL_SEED = 20_261_012;
const { PROOF_SEED, PROOF_TIMES, PROOF_OUTCOME } = process.env;
const times = Number(PROOF_TIMES ?? 1);

const withProof = (params = {}) => ({
  ...params,
  seed: PROOF_SEED === undefined ? (params.seed ?? USUAL_SEED) : Number(PROOF_SEED),
  // 100 is fast-check's own number. A count that is no number (`all`) is meant for other suites.
  numRuns: (params.numRuns ?? 100) * (Number.isFinite(times) ? times : 1),
});

const tell = ({ numRuns }) => {
  if (PROOF_OUTCOME) appendFileSync(PROOF_OUTCOME, `${JSON.stringify({ count: numRuns })}\n`);
};

const assert = (property, params) => {
  const used = withProof(params);
  const ended = fc.assert(property, used);
  if (ended === undefined) return tell(used);
  return ended.then(() => tell(used));
};

module.exports = { ...real, assert, default: { ...fc, assert } };
Object.defineProperty(module.exports, '__esModule', { value: true });
