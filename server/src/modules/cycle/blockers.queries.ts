import type { Sql } from '../../platform/database.ts';
import type { Cycle } from './cycle.ts';

/** Something that must be settled before publication. */
export interface Blocker {
  readonly kind: 'flag';
  readonly id: string;
}

/** Open fairness flags; a published cycle has none. */
export async function blockersOf(sql: Sql, cycle: Cycle): Promise<Blocker[]> {
  if (cycle.state !== 'review') return [];
  const rows = await sql.select<{ flag_id: string }>(
    'SELECT flag_id FROM cycle_flags WHERE cycle_id = ? AND answer IS NULL ORDER BY flag_id',
    [cycle.cycleId],
  );
  return rows.map((row) => ({ kind: 'flag', id: row.flag_id }));
}
