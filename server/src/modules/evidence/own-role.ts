import { REVIEWED_ROLE, type Period, type SalesRole } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';

/**
 * The role whose model a person's own pages show: that of the cycle of the quarter in which they are, else of the newest
 * one in which they are.
 */
export async function ownRoleOf(sql: Sql, userId: string | null, period: Period | null): Promise<SalesRole> {
  const [cycle] = await sql.select<{ role: SalesRole }>(
    `SELECT c.role FROM cycle_members m JOIN review_cycles c ON c.cycle_id = m.cycle_id
     WHERE m.user_id = ? ORDER BY (c.period = ?) DESC, c.period DESC, c.role = ? DESC, c.role LIMIT 1`,
    [userId, period, REVIEWED_ROLE],
  );
  return cycle?.role ?? REVIEWED_ROLE;
}
