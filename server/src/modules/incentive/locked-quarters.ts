import { quarterIndex } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';

/** Indexes of the quarters with a statement that is locked or paid: what changes there shows as a delta. */
export async function lockedQuarters(sql: Sql): Promise<Set<number>> {
  const rows = await sql.select<{ period: string }>(
    "SELECT DISTINCT period FROM statements WHERE status IN ('locked', 'paid')",
  );
  return new Set(rows.map((row) => quarterIndex(row.period)));
}
