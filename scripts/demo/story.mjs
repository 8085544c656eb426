// What happens in the demo, in order; every step is a command that a person could type.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../clone.mjs';
import { nothingDue } from './nothing-due.mjs';
import { PERIOD, STEPS, take } from './steps.mjs';

/** The demo's HR admin takes the decisions, with her own rights and name. */
const HR_ADMIN = STEPS.hrAdmin;

/** Everything up to a computed cycle in review, of which nothing is decided. */
export async function tellUpToReview(house) {
  await house.startApp();
  for (const { name, args } of STEPS.preparation) await take(house, name, byWorkers(args));
  for (const { name, args } of STEPS.afterwards) await take(house, name, args);
}

/** Decisions and publication, up to nothing left to send. */
export async function tellUpToPublication(house) {
  await decide(house);
  await take(house, 'publication', ['cycle', 'publish', '--period', PERIOD, '--as', HR_ADMIN]);
  await nothingDue(house);
}

/** Profiles and scores are left to the running worker, as in a real installation; without it the same commands compute. */
const byWorkers = (args) =>
  ['profiles rebuild', 'cycle run'].includes(args.slice(0, 2).join(' ')) ? [...args, '--workers'] : args;

/** As a person would: what the data suggests is confirmed, each `reassign` is decided by itself with its reason. */
async function decide(house) {
  const cycle = ['--period', PERIOD, '--as', HR_ADMIN];
  const { left } = await take(house, 'confirmed by HR', ['cycle', 'confirm-all', ...cycle]);
  const { decisions } = JSON.parse(readFileSync(join(ROOT, STEPS.decisions), 'utf8'));
  for (const { userId } of left) {
    const decision = decisions.find((candidate) => candidate.userId === userId);
    if (decision === undefined) throw new Error(`${STEPS.decisions} has no decision for ${userId}.`);
    const { tier, targetRole, reason } = decision;
    const args = ['--user', userId, '--tier', tier, '--target-role', targetRole, '--reason', reason];
    await take(house, `${userId}: ${tier}, ${targetRole}`, ['cycle', 'decide', ...cycle, ...args]);
  }
}
