// `npm run proof [NAME…]`: proves in full what `.ci/run` takes a slice of, and writes date, seed, count and duration into
// docs/benchmarks.md. Without a name it lists the proofs and runs them all; `--list` only lists; `--seed N` takes other
// points, walks and inputs than usual; `--times N` more or less of them (a slice is 1), which is not
// written down.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { LOCAL, ROOT, readText } from './clone.mjs';
import { cleanEnv } from './environment.mjs';
import { run } from './processes.mjs';
import { PROOFS } from './proof/proofs.mjs';
import { record, rowOf } from './proof/record.mjs';

const USUAL_SEED = 20_261_012;
const { names, isListing, seed, times } = readArguments(process.argv.slice(3));

if (names.length === 0 || isListing) list();
if (isListing) process.exit(0);
let failed = 0;
const chosen = names.length === 0 ? Object.keys(PROOFS) : names;
for (const name of chosen) await prove(name);
console.log(`${chosen.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function list() {
  for (const [name, { what }] of Object.entries(PROOFS)) console.log(`${name.padEnd(11)} ${what}`);
}

async function prove(name) {
  const { what, suites, benches, unit } = PROOFS[name];
  console.log(`\n=== proof ${name}: ${what}`);
  const startedAt = performance.now();
  const count = suites === undefined ? await byBenches(benches) : await bySuites(name, suites);
  const seconds = (performance.now() - startedAt) / 1000;
  if (count === null) {
    failed += 1;
    console.log(
      `=== proof ${name} failed; again: npm run proof ${name} -- --seed ${seed} --times ${timesOf(name)}`,
    );
    return;
  }
  const date = new Date().toISOString().slice(0, 10);
  const row = { name, what, date, seed: suites && seed, count, unit, seconds };
  if (times === undefined) record(row);
  console.log(rowOf(row));
}

/** Runs the suites with more than their slice. @returns how much was tried, or null when something failed */
async function bySuites(name, suites) {
  const folder = join(LOCAL, `proof-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const outcome = join(folder, 'outcome');
  const env = cleanEnv({
    PROOF_SEED: String(seed),
    PROOF_TIMES: String(timesOf(name)),
    PROOF_OUTCOME: outcome,
  });
  try {
    const args = ['scripts/start.cjs', 'test', ...suites, '--testTimeout=7200000'];
    const { code } = await run(process.execPath, args, { cwd: ROOT, env, echo: true });
    const counts = readText(outcome).split('\n').filter(Boolean);
    return code === 0 ? counts.reduce((sum, line) => sum + JSON.parse(line).count, 0) : null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Full sizes are the benches' own; their figures stand in the table above. */
async function byBenches(benches) {
  let done = 0;
  for (const name of benches) {
    const args = ['scripts/start.cjs', 'bench', name];
    const { code } = await run(process.execPath, args, { cwd: ROOT, env: cleanEnv(), echo: true });
    if (code === 0) done += 1;
  }
  return done === benches.length ? done : null;
}

function timesOf(name) {
  return times ?? PROOFS[name].times;
}

function readArguments(args) {
  const valueOf = (option) => {
    const at = args.indexOf(option);
    return at === -1 ? undefined : args.splice(at, 2)[1];
  };
  const given = { seed: valueOf('--seed'), times: valueOf('--times') };
  const isListing = args.includes('--list');
  const names = args.filter((arg) => arg !== '--list');
  const unknown = names.filter((name) => !(name in PROOFS));
  const isSeed = given.seed === undefined || /^\d+$/.test(given.seed);
  const isTimes = given.times === undefined || /^[1-9]\d*$/.test(given.times);
  if (unknown.length > 0 || !isSeed || !isTimes) {
    console.error(`Unknown: ${args.join(' ')}. npm run proof [-- NAME… --seed N --times N --list]`);
    list();
    process.exit(2);
  }
  return { names, isListing, seed: Number(given.seed ?? USUAL_SEED), times: given.times };
}
