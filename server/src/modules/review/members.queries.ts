import type { CountedPerson, SalesRole, Tier } from '@shigang/shared';
import { visibleEmployees, type Viewer } from '../../access/index.ts';
import type { Sql } from '../../platform/database.ts';
import { hasLeftSql, type Cycle } from '../cycle/index.ts';

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

export const countedOf = (member: Member): CountedPerson => ({
  suggested: member.suggested,
  decided: member.decisionKind === 'later' ? 'later' : member.decidedTier,
  hasLeft: member.hasLeft,
});

/** Members still without a decision; who has left needs none. */
export const undecidedOf = (members: readonly Member[]): Member[] =>
  members.filter((member) => !member.hasLeft && member.decisionKind === null);
