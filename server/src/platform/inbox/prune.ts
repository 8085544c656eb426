import { sqlInstant, type Clock } from '../clock.ts';
import type { Database } from '../database.ts';

/** Applied events are kept this long: DingTalk repeats one for hours, and people ask about it for weeks. */
const KEPT_MS = 90 * 86_400_000;
/** Rows of one statement: short locks, also where a year has gathered. */
const BATCH = 1_000;

/** Deletes applied events older than 90 days; what was never applied stays, dead ones included. @returns how many */
export async function pruneInbox({
  db,
  clock,
}: {
  readonly db: Database;
  readonly clock: Clock;
}): Promise<number> {
  const before = sqlInstant(clock.real() - KEPT_MS);
  for (let deleted = 0; ;) {
    const rows = await db.select<{ id: string }>(
      `SELECT event_id AS id FROM inbox WHERE state = 'applied' AND applied_at < ? LIMIT ${BATCH}`,
      [before],
    );
    if (rows.length === 0) return deleted;
    const done = await db.execute("DELETE FROM inbox WHERE state = 'applied' AND event_id IN (?)", [
      rows.map(({ id }) => id),
    ]);
    deleted += done.affectedRows;
    if (rows.length < BATCH) return deleted;
  }
}
