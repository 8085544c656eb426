// Waits until the workers have nothing left to do at this moment.
import { connectMysql } from '../services/trial.mjs';

/** A few seconds where the machine is idle; a loaded one may take much longer to start the worker. */
const WAIT_MS = 180_000;
/** A row that was tried and failed comes back within this time; what waits for a gate lies far beyond it. */
const RETRY_HORIZON_S = 600;
/** What begins within seconds (the question whether a card arrived) is waited for, too. */
const SOON_S = 10;

/**
 * Resolves when no outbox row is due and no event waits to be applied. A row that waits for a gate, a reply or a day is
 * not due; one that was tried and comes back soon is. @throws Error naming what was given up or was not done in time
 */
export async function nothingDue(house) {
  const connection = await connectMysql(house.env.DATABASE_URL);
  try {
    const options = { timeoutMs: WAIT_MS, everyMs: 200, what: 'the outbox was not sent' };
    await house
      .until(() => lookOnce(connection), options)
      .catch(async (error) => {
        throw error.isFinal ? error : new Error(`${error.message}: ${sentenceOf(await open(connection))}`);
      });
  } finally {
    connection.destroy();
  }
}

async function lookOnce(connection) {
  const rows = await open(connection);
  const dead = rows.filter((row) => row.state === 'dead');
  if (dead.length > 0) throw Object.assign(new Error(sentenceOf(dead)), { isFinal: true });
  return rows.length === 0 ? true : undefined;
}

async function open(connection) {
  const [rows] = await connection.query(
    `SELECT kind, state, attempts, last_error FROM outbox WHERE state = 'dead'
        OR (state IN ('pending', 'sending')
            AND due_at < UTC_TIMESTAMP() + INTERVAL IF(attempts > 0, ?, ?) SECOND)
     UNION ALL SELECT kind, state, attempts, last_error FROM inbox WHERE state <> 'applied'`,
    [RETRY_HORIZON_S, SOON_S],
  );
  return rows;
}

const sentenceOf = (rows) =>
  rows
    .map(
      (row) => `${row.kind} is ${row.state} after ${row.attempts} attempts (${row.last_error ?? 'no error'})`,
    )
    .join('; ');
