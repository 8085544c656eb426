import type { DayString, SalesRole } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';

/** Sales roles held on a day; people without one are absent. */
export async function rolesOn(
  sql: Sql,
  userIds: readonly string[],
  on: DayString,
): Promise<Map<string, SalesRole>> {
  if (userIds.length === 0) return new Map();
  const rows = await sql.select<{ user_id: string; role: SalesRole }>(
    `SELECT r.user_id, r.role FROM role_assignments r
     JOIN (SELECT user_id, MAX(valid_from) AS valid_from FROM role_assignments
           WHERE user_id IN (?) AND valid_from <= ? GROUP BY user_id) latest
       ON latest.user_id = r.user_id AND latest.valid_from = r.valid_from`,
    [userIds, on],
  );
  return new Map(rows.map((row) => [row.user_id, row.role]));
}
