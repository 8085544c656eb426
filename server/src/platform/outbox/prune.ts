import { sqlInstant } from '../clock.ts';
import type { Database } from '../database.ts';

/** Rows deleted at a time: short transactions and locks. */
const BATCH = 1_000;

/**
 * Deletes rows that were sent or taken back before `before` (real ms). Those that were given up stay, since somebody may
 * have to look at them. @returns how many
 */
export async function pruneOutbox(db: Database, before: number): Promise<number> {
  for (let deleted = 0; ;) {
    const rows = await db.select<{ id: string }>(
      `SELECT id FROM outbox WHERE state IN ('sent', 'cancelled') AND finished_at < ? LIMIT ${BATCH}`,
      [sqlInstant(before)],
    );
    if (rows.length === 0) return deleted;
    const done = await db.execute("DELETE FROM outbox WHERE state IN ('sent', 'cancelled') AND id IN (?)", [
      rows.map(({ id }) => id),
    ]);
    deleted += done.affectedRows;
    if (rows.length < BATCH) return deleted;
  }
}
