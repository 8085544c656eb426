// What happens in the demo, in order; every step is a command that a person could type.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../clone.mjs';
import { until } from '../processes.mjs';
import { connectMysql } from '../services/trial.mjs';

/** The commands of the story as data: the acceptance suite runs the same ones. */
const STEPS = JSON.parse(readFileSync(new URL('./steps.json', import.meta.url), 'utf8'));
export const PERIOD = STEPS.period;
/** The demo's HR admin takes the decisions, with her own rights and name. */
const HR_ADMIN = STEPS.hrAdmin;
/** A few seconds where the machine is idle; a loaded one may take much longer to start the worker. */
const OUTBOX_MS = 180_000;
/** A row that was tried and failed comes back within this time; what waits for a gate lies far beyond it. */
const RETRY_HORIZON_S = 600;

/** What a document says in one line. */
function describe(document) {
  if (document.counts) return tiersOf(document);
  if (document.scopes)
    return `${document.status}: ${document.scopes.map((s) => `${s.name} ${s.read}`).join(', ')}`;
  const { rows, version, employees, statements } = document;
  if (rows !== undefined) return `${rows} rows`;
  if (version !== undefined) return `version ${version}`;
  if (Number.isInteger(employees)) return `${employees} people`;
  return statements === undefined ? '' : `${statements} statements`;
}

/** Runs the story up to the published cycle with nothing left to send. */
export async function tellStory(house) {
  await house.startApp();
  for (const { name, args } of STEPS.preparation) await take(house, name, byWorkers(args));
  await decide(house);
  for (const { name, args } of STEPS.afterwards) await take(house, name, args);
  await take(house, 'publication', ['cycle', 'publish', '--period', PERIOD, '--as', HR_ADMIN]);
  await nothingDue(house);
}

/** Profiles and scores are left to the running worker, as in a real installation; without it the same commands compute. */
const byWorkers = (args) =>
  ['profiles rebuild', 'cycle run'].includes(args.slice(0, 2).join(' ')) ? [...args, '--workers'] : args;

async function take(house, name, args) {
  const startedAt = performance.now();
  const document = await house.shigang(args);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`  ${name.padEnd(34)} ${describe(document).padEnd(34)} ${seconds} s`);
  return document;
}

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

/**
 * Waits until the worker has sent everything that is due; what waits for a gate, a reply or a day is not. A row that was
 * tried and comes back soon counts as due, one that begins later (the question whether a notice arrived) does not.
 */
async function nothingDue(house) {
  const connection = await connectMysql(house.env.DATABASE_URL);
  const open = async () => {
    const [rows] = await connection.query(
      `SELECT kind, state, attempts, last_error FROM outbox WHERE state = 'dead'
          OR (state IN ('pending', 'sending')
              AND due_at < UTC_TIMESTAMP() + INTERVAL IF(attempts > 0, ?, 0) SECOND)`,
      [RETRY_HORIZON_S],
    );
    return rows;
  };
  try {
    await until(
      async () => {
        const rows = await open();
        const dead = rows.filter((row) => row.state === 'dead');
        if (dead.length > 0) throw Object.assign(new Error(sentenceOf(dead)), { isFinal: true });
        return rows.length === 0 ? true : undefined;
      },
      { timeoutMs: OUTBOX_MS, everyMs: 200, what: 'the outbox was not sent' },
    ).catch(async (error) => {
      throw error.isFinal ? error : new Error(`${error.message}: ${sentenceOf(await open())}`);
    });
  } finally {
    connection.destroy();
  }
}

const sentenceOf = (rows) =>
  rows
    .map(
      (row) => `${row.kind} is ${row.state} after ${row.attempts} attempts (${row.last_error ?? 'no error'})`,
    )
    .join('; ');

function tiersOf({ counts }) {
  return `${counts.transition} / ${counts.train} / ${counts.reassign}`;
}
