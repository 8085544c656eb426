import { sqlInstant, type Clock } from './clock.ts';
import type { Sql } from './database.ts';

/** Rows of one kind that were given up for one reason. */
export interface DeadRows {
  readonly kind: string;
  readonly error: string;
  readonly rows: number;
}

/** Nobody is told for ever of what was given up long ago: days of real time. */
export const DEAD_DAYS = 7;
const DAY_MS = 86_400_000;
/** Reasons named at most. */
const REASONS = 10;

/** Outbox rows that were given up lately, the most frequent reason first. */
export const deadOutboxRows = (sql: Sql, clock: Clock): Promise<DeadRows[]> =>
  deadRows(sql, clock, deadIn('outbox', 'finished_at'));

/** Events that were given up lately; when is not stored, at most some hours after they came. */
export const deadInboxRows = (sql: Sql, clock: Clock): Promise<DeadRows[]> =>
  deadRows(sql, clock, deadIn('inbox', 'received_at'));

const deadIn = (table: 'outbox' | 'inbox', since: 'finished_at' | 'received_at'): string =>
  `SELECT kind, last_error AS error, COUNT(*) AS n FROM ${table}
   WHERE state = 'dead' AND ${since} >= ?
   GROUP BY kind, last_error ORDER BY n DESC, kind LIMIT ${REASONS}`;

async function deadRows(sql: Sql, clock: Clock, query: string): Promise<DeadRows[]> {
  const found = await sql.select<{ kind: string; error: string | null; n: number }>(query, [
    sqlInstant(clock.real() - DEAD_DAYS * DAY_MS),
  ]);
  return found.map(({ kind, error, n }) => ({ kind, error: error ?? '', rows: Number(n) }));
}
