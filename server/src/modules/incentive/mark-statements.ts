import { quarterIndex } from '@shigang/shared';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { DirtyMarks } from '../facts/index.ts';

/**
 * Marks the open statements of these people for recomputing, inside the caller's transaction: somebody who leaves earns
 * no bonus of a quarter whose last day lies after it, and nothing anchored later. @param now business time, ms
 */
export async function markOpenStatements(tx: Tx, userIds: readonly string[], now: number): Promise<void> {
  if (userIds.length === 0) return;
  const rows = await tx.select<{ user_id: string; period: string }>(
    "SELECT user_id, period FROM statements WHERE user_id IN (?) AND status = 'open'",
    [userIds],
  );
  const marks = new DirtyMarks();
  for (const row of rows) marks.add('statement', row.user_id, quarterIndex(row.period));
  await marks.write(tx, newId(), now);
}
