import { appendFileSync } from 'node:fs';

/*
 * Suites that could go on for hours take a slice, the same on every run. `npm run proof NAME` (scripts/proof.mjs) asks for
 * more of it, and PROOF_SEED for another one. Properties of fast-check are asked for by test/fast-check.cjs.
 */

/** How many times the slice is wanted, 1 unless asked otherwise; Infinity: everything there is. */
export const PROOF_TIMES =
  process.env['PROOF_TIMES'] === 'all' ? Infinity : Number(process.env['PROOF_TIMES'] ?? 1);

/** A proof may take two hours; as a slice the suite has its own time. */
export const proofTimeout = (sliceMs: number): number => (PROOF_TIMES === 1 ? sliceMs : 7_200_000);

/** The seed asked for, else the suite's own. */
export const proofSeed = (usual = 20_261_012): number => Number(process.env['PROOF_SEED'] ?? usual);

/** Says with which seed how much was tried, so that a failure can be had again, and counts it for the proof. */
export function tellProof(name: string, count: number, seed = proofSeed()): void {
  process.stdout.write(`${name}: PROOF_SEED=${seed}, ${count}\n`);
  const outcome = process.env['PROOF_OUTCOME'];
  if (outcome) appendFileSync(outcome, `${JSON.stringify({ count })}\n`);
}
