// What happens in the demo, in order; every step is a command that a person could type.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../clone.mjs';
import { until } from '../processes.mjs';
import { connectMysql } from '../services/trial.mjs';

export const PERIOD = '2026Q3';
const LAST_PERIOD = '2026Q2';
/** The demo's HR admin takes the decisions, with her own rights and name. */
const HR_ADMIN = 'hr02';
const OUTBOX_MS = 60_000;
/** A row that was tried and failed comes back within this time; what waits for a gate lies far beyond it. */
const RETRY_HORIZON_S = 600;

const example = (name) => join(ROOT, 'examples', 'demo', name);

/** Name of the step, its command, and what its document says in one line. */
const PREPARATION = [
  ['settings', ['settings', 'apply', example('settings.json')]],
  [
    'organisation from DingTalk',
    ['sync', '--full'],
    ({ scopes }) => scopes.map((s) => `${s.name} ${s.read}`).join(', '),
  ],
  ['workbook', ['import', 'workbook', example('history.xlsx')], ({ rows }) => `${rows} rows`],
  [
    'role model',
    ['model', 'apply', example('large-account-2025Q4.json')],
    ({ version }) => `version ${version}`,
  ],
  ['plan sales, version 1', ['plan', 'apply', example('sales-v1.json'), '--publish']],
  ['plan sales, version 2', ['plan', 'apply', example('sales-v2.json'), '--publish']],
  ['plan large', ['plan', 'apply', example('large.json'), '--publish']],
  ['profiles', ['profiles', 'rebuild', '--period', PERIOD], ({ employees }) => `${employees} people`],
  ['last quarter', ['cycle', 'run', '--period', LAST_PERIOD, '--history'], tiersOf],
  ['this quarter', ['cycle', 'run', '--period', PERIOD], tiersOf],
];

const AFTERWARDS = [
  [
    'incentives',
    ['incentives', 'compute', '--period', PERIOD],
    ({ statements }) => `${statements} statements`,
  ],
];

/** Runs the story up to the published cycle with nothing left to send. */
export async function tellStory(house) {
  for (const step of PREPARATION) await take(house, step);
  await decide(house);
  for (const step of AFTERWARDS) await take(house, step);
  await house.startApp();
  await take(house, ['publication', ['cycle', 'publish', '--period', PERIOD, '--as', HR_ADMIN], tiersOf]);
  await nothingDue(house);
}

async function take(house, [name, args, describe = () => '']) {
  const startedAt = performance.now();
  const document = await house.shigang(args);
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`  ${name.padEnd(28)} ${`${describe(document)}`.padEnd(44)} ${seconds} s`);
  return document;
}

/** As a person would: what the data suggests is confirmed, each `reassign` is decided by itself with its reason. */
async function decide(house) {
  const cycle = ['--period', PERIOD, '--as', HR_ADMIN];
  const { left } = await take(house, [
    'confirmed by HR',
    ['cycle', 'confirm-all', ...cycle],
    (document) => `left to decide: ${document.left.length}`,
  ]);
  const { decisions } = JSON.parse(readFileSync(example('decisions.json'), 'utf8'));
  for (const { userId } of left) {
    const decision = decisions.find((candidate) => candidate.userId === userId);
    if (decision === undefined)
      throw new Error(`examples/demo/decisions.json has no decision for ${userId}.`);
    const { tier, targetRole, reason } = decision;
    const args = ['--user', userId, '--tier', tier, '--target-role', targetRole, '--reason', reason];
    await take(house, [`decided: ${userId}`, ['cycle', 'decide', ...cycle, ...args], () => targetRole]);
  }
}

/** Waits until the worker has sent everything that is due; what waits for a gate, a reply or a day is not. */
async function nothingDue(house) {
  const connection = await connectMysql(house.env.DATABASE_URL);
  try {
    await until(
      async () => {
        const [[{ due, dead }]] = await connection.query(
          `SELECT COALESCE(SUM(state IN ('pending', 'sending') AND due_at < UTC_TIMESTAMP() + INTERVAL ? SECOND), 0) AS due,
                  COALESCE(SUM(state = 'dead'), 0) AS dead FROM outbox`,
          [RETRY_HORIZON_S],
        );
        if (Number(dead) > 0)
          throw Object.assign(new Error(`${dead} outbox rows failed for good`), { isFinal: true });
        return Number(due) === 0 ? true : undefined;
      },
      { timeoutMs: OUTBOX_MS, everyMs: 200, what: 'the outbox was not sent' },
    );
  } finally {
    connection.destroy();
  }
}

function tiersOf({ counts }) {
  return `${counts.transition} / ${counts.train} / ${counts.reassign}`;
}
