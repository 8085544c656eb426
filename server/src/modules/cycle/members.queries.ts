import { isPublic } from '@shigang/shared';
import { visibleEmployees, type Viewer } from '../../access/index.ts';
import type { Sql, SqlParam } from '../../platform/database.ts';
import type { Cycle } from './cycle.ts';

/**
 * SQL that says whether a member (alias `m`, employee `e`) counts as 已离职: whoever has left by publication, frozen
 * there; until then whoever has left by today. The last working day itself is a working day.
 */
export function hasLeftSql(cycle: Cycle, today: string): { sql: string; params: SqlParam[] } {
  if (isPublic(cycle.state)) return { sql: 'm.has_left', params: [] };
  return { sql: LEFT_BY, params: [today] };
}
const LEFT_BY = `(CASE WHEN e.left_on IS NOT NULL THEN e.left_on < ? WHEN e.active = 0 THEN 1 ELSE 0 END)`;

/** The member's name, where the viewer may see them; null: absent and not visible look alike. */
export async function memberName(
  sql: Sql,
  of: { readonly cycle: Cycle; readonly viewer: Viewer },
  userId: string,
): Promise<string | null> {
  const may = visibleEmployees(of.viewer, 'cycle', 'm.user_id');
  const [row] = await sql.select<{ name: string }>(
    `SELECT m.name FROM cycle_members m WHERE m.cycle_id = ? AND m.user_id = ? AND ${may.sql}`,
    [of.cycle.cycleId, userId, ...may.params],
  );
  return row?.name ?? null;
}

/** How many members the cycle has, whoever may see them. */
export async function memberCount(sql: Sql, cycleId: string): Promise<number> {
  const [row] = await sql.select<{ n: number }>(
    'SELECT COUNT(*) AS n FROM cycle_members WHERE cycle_id = ?',
    [cycleId],
  );
  return Number(row?.n ?? 0);
}

/** Freezes who has left, at publication. */
export async function freezeLeavers(sql: Sql, cycleId: string, today: string): Promise<void> {
  await sql.execute(
    `UPDATE cycle_members m JOIN employees e ON e.user_id = m.user_id SET m.has_left = ${LEFT_BY}
     WHERE m.cycle_id = ?`,
    [today, cycleId],
  );
}

/** The decision at hand was made upon the suggestion as it stands. */
export async function acceptSuggestion(tx: Sql, cycleId: string, userId: string): Promise<void> {
  await tx.execute('UPDATE cycle_members SET is_suggestion_changed = 0 WHERE cycle_id = ? AND user_id = ?', [
    cycleId,
    userId,
  ]);
}
