// How the story goes on once the cycle is published: a reply, an approval in DingTalk, the effective day, a new deal.
import { connectMysql } from '../services/trial.mjs';
import { nothingDue } from './nothing-due.mjs';
import { STEPS, say, take } from './steps.mjs';

/** A few seconds where the machine is idle. */
const WAIT_MS = 180_000;
const OPEN = ['waiting', 'starting', 'running'];

/** Takes every step after publication, each when the one before has had all its effects. */
export async function goOn(house) {
  for (const step of STEPS.afterPublication) {
    if (step.args) await take(house, step.name, step.args);
    if (step.approval) await timed(step.name, () => answerApproval(house, step.approval));
    if (step.clock) await timed(step.name, () => moveClock(house, step.clock));
    await nothingDue(house);
  }
}

async function timed(name, work) {
  const startedAt = performance.now();
  const result = await work();
  say({ name, result, startedAt });
}

/** Somebody agrees or refuses as in DingTalk's own approvals. @returns what happened, in a few words */
async function answerApproval(house, { of, by, result, remark }) {
  const { id, approvers } = await house.until(
    async () => {
      const { approvals } = await house.simulator('/books');
      return approvals.find((one) => one.state === 'running' && isAbout(one, of));
    },
    { timeoutMs: WAIT_MS, everyMs: 200, what: `no approval waits for ${of}` },
  );
  await house.simulator(`/approvals/${encodeURIComponent(id)}`, { userId: by, result, remark });
  await applied(house, id);
  return `${approvers.join(', ')}: ${result}`;
}

/** The form names its person, with the job number behind. */
const isAbout = (approval, name) =>
  Object.values(approval.formValues).some((value) => value === name || value.startsWith(`${name}（`));

/** DingTalk tells by an event, which the worker takes in and applies. */
async function applied(house, instanceId) {
  const connection = await connectMysql(house.env.DATABASE_URL);
  try {
    await house.until(
      async () => {
        const [[row]] = await connection.query('SELECT state FROM approvals WHERE instance_id = ?', [
          instanceId,
        ]);
        return row && !OPEN.includes(row.state) ? true : undefined;
      },
      { timeoutMs: WAIT_MS, everyMs: 200, what: `the answer to ${instanceId} was not applied` },
    );
  } finally {
    connection.destroy();
  }
}

/** The simulator's clock button: its hook moves the product's clock and runs what is due by then. */
async function moveClock(house, instant) {
  const { now, hook } = await house.simulator('/clock', { now: instant });
  if (hook?.exitCode !== 0) throw new Error(`tick --until ${instant} failed:\n${hook?.output ?? 'no hook'}`);
  return now.slice(0, 16);
}
