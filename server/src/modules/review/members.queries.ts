import { isPublic, type CountedPerson, type SalesRole, type Tier } from '@shigang/shared';
import { visibleEmployees, type Viewer } from '../../access/index.ts';
import type { Sql, SqlParam } from '../../platform/database.ts';
import type { Cycle } from './cycle.ts';

/** A member as HR works on them: the suggestion, and the decision in force. */
export interface Member {
  readonly userId: string;
  readonly name: string;
  readonly presentRole: SalesRole;
  readonly mainDeptId: number | null;
  /** Null while the cycle is being computed. */
  readonly suggested: Tier | null;
  readonly suggestedRole: SalesRole | null;
  readonly score: number | null;
  readonly coverage: number | null;
  readonly isSuggestionChanged: boolean;
  readonly decisionKind: 'decided' | 'later' | null;
  readonly decidedTier: Tier | null;
  readonly hasLeft: boolean;
}

interface Raw extends Omit<Member, 'hasLeft' | 'isSuggestionChanged'> {
  readonly hasLeft: number;
  readonly isSuggestionChanged: number;
}

/**
 * SQL that says whether a member (alias `m`, employee `e`) counts as 已离职: whoever has left by publication, frozen
 * there; until then whoever has left by today. The last working day itself is a working day.
 */
export function hasLeftSql(cycle: Cycle, today: string): { sql: string; params: SqlParam[] } {
  if (isPublic(cycle.state)) return { sql: 'm.has_left', params: [] };
  return { sql: LEFT_BY, params: [today] };
}
const LEFT_BY = `(CASE WHEN e.left_on IS NOT NULL THEN e.left_on < ? WHEN e.active = 0 THEN 1 ELSE 0 END)`;

/** Members of the cycle whom the viewer may see, in order of userid. */
export async function membersOf(
  sql: Sql,
  of: { readonly cycle: Cycle; readonly viewer: Viewer; readonly today: string },
  userId?: string,
): Promise<Member[]> {
  const may = visibleEmployees(of.viewer, 'cycle', 'm.user_id');
  const left = hasLeftSql(of.cycle, of.today);
  const one =
    userId === undefined ? { sql: '1 = 1', params: [] } : { sql: 'm.user_id = ?', params: [userId] };
  const rows = await sql.select<Raw>(
    `SELECT m.user_id AS userId, m.name, m.present_role AS presentRole, m.main_dept_id AS mainDeptId,
       m.tier AS suggested, m.target_role AS suggestedRole, m.score_hundredths AS score,
       m.coverage_hundredths AS coverage, m.is_suggestion_changed AS isSuggestionChanged,
       d.kind AS decisionKind, d.tier AS decidedTier, ${left.sql} AS hasLeft
     FROM cycle_members m
     LEFT JOIN employees e ON e.user_id = m.user_id
     LEFT JOIN decisions d ON d.cycle_id = m.cycle_id AND d.user_id = m.user_id AND d.current_key IS NOT NULL
     WHERE m.cycle_id = ? AND ${one.sql} AND ${may.sql} ORDER BY m.user_id`,
    [...left.params, of.cycle.cycleId, ...one.params, ...may.params],
  );
  return rows.map((row) => ({
    ...row,
    hasLeft: Number(row.hasLeft) === 1,
    isSuggestionChanged: row.isSuggestionChanged === 1,
  }));
}

/** How many members the cycle has, whoever may see them. */
export async function memberCount(sql: Sql, cycleId: string): Promise<number> {
  const [row] = await sql.select<{ n: number }>(
    'SELECT COUNT(*) AS n FROM cycle_members WHERE cycle_id = ?',
    [cycleId],
  );
  return Number(row?.n ?? 0);
}

export const countedOf = (member: Member): CountedPerson => ({
  suggested: member.suggested,
  decided: member.decisionKind === 'later' ? 'later' : member.decidedTier,
  hasLeft: member.hasLeft,
});

/** Freezes who has left, at publication. */
export async function freezeLeavers(sql: Sql, cycleId: string, today: string): Promise<void> {
  await sql.execute(
    `UPDATE cycle_members m JOIN employees e ON e.user_id = m.user_id SET m.has_left = ${LEFT_BY}
     WHERE m.cycle_id = ?`,
    [today, cycleId],
  );
}
