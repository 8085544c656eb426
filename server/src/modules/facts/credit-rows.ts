import { splitCredits } from '@shigang/shared';
import type { SqlScalar, Tx } from '../../platform/database.ts';
import { columnReader, type CreditShape, type RowChange } from './kinds/kind.ts';
import { creditsOf } from './kinds/stated-credits.ts';

/**
 * Writes what changed records earn: one row per employee and earning record, the share in fen by largest remainder. They
 * follow every change of their record; one that earns nothing any more (won turned into lost) loses them.
 */
export async function writeCredits(
  tx: Tx,
  { table, id, extra, earned }: CreditShape,
  columns: readonly string[],
  changes: readonly RowChange[],
): Promise<void> {
  // New records have none to remove.
  const ids = changes.filter((change) => change.previous !== null).map((change) => String(change.row[0]));
  if (ids.length > 0) await tx.execute(`DELETE FROM ${table} WHERE ${id} IN (?)`, [ids]);
  const reader = columnReader(columns);
  const rows: SqlScalar[][] = [];
  for (const { row } of changes) {
    const get = reader(row);
    const earning = earned(get);
    if (!earning) continue;
    const { amountFen, anchorOn } = earning;
    for (const share of splitCredits(amountFen, creditsOf(get('user_id'), get('credits')))) {
      rows.push([share.userId, anchorOn, row[0] ?? null, share.bp, share.shareFen, amountFen, earning.extra]);
    }
  }
  await tx.insertMany(table, ['user_id', 'anchor_on', id, 'bp', 'share_fen', 'amount_fen', extra], rows);
}
