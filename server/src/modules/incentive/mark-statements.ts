import { sqlInstant } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';

/**
 * Marks the open statements of these people for recomputing, inside the caller's transaction: somebody who leaves earns
 * no bonus of a quarter whose last day lies after it, and nothing anchored later. @param now business time, ms
 */
export async function markOpenStatements(sql: Sql, userIds: readonly string[], now: number): Promise<void> {
  if (userIds.length === 0) return;
  await sql.execute(
    `INSERT INTO dirty_marks (user_id, quarter, purpose, marked_at, mark)
     SELECT user_id, SUBSTRING(period, 1, 4) * 4 + SUBSTRING(period, 6, 1) - 1, 'statement', ?, ?
     FROM statements WHERE user_id IN (?) AND status = 'open'
     ON DUPLICATE KEY UPDATE marked_at = VALUES(marked_at), mark = VALUES(mark)`,
    [sqlInstant(now), newId(), userIds],
  );
}
