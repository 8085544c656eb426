import type { Sql } from '../../platform/database.ts';

/** Names of these userids, leavers included; what is nobody's userid is not in it. */
export async function namesOf(sql: Sql, userIds: readonly string[]): Promise<Map<string, string>> {
  if (userIds.length === 0) return new Map();
  const rows = await sql.select<{ user_id: string; name: string }>(
    'SELECT user_id, name FROM employees WHERE user_id IN (?)',
    [userIds],
  );
  return new Map(rows.map((row) => [row.user_id, row.name]));
}
