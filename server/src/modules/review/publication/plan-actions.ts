import type { DayString, DecisionNoticeFacts, SalesRole, Tier } from '@shigang/shared';
import { systemViewer } from '../../../access/index.ts';
import { today } from '../../../platform/clock.ts';
import type { Sql } from '../../../platform/database.ts';
import { rolesOn } from '../../org/index.ts';
import type { Cycle } from '../../cycle/index.ts';
import type { ReviewDeps } from '../deps.ts';
import { membersOf } from '../members.queries.ts';
import { noticeFactsOf, type PlannedCourse } from './notice-facts.ts';
import type { PlannedChange } from '../../role-change/index.ts';

/** What publication (or a new decision after it) brings about for one person: the notice and the tier's one action. */
export interface PlannedAction {
  readonly decisionId: string;
  readonly userId: string;
  readonly name: string;
  readonly tier: Tier;
  readonly presentRole: SalesRole;
  readonly decidedBy: string;
  readonly reason: string | null;
  readonly facts: DecisionNoticeFacts;
  /** Null where the decision leads to no other role. */
  readonly change: PlannedChange | null;
  /** Courses of a training plan; empty for every other tier. */
  readonly courses: readonly PlannedCourse[];
}

interface DecisionRow {
  readonly decisionId: string;
  readonly userId: string;
  readonly name: string;
  readonly tier: Tier;
  readonly targetRole: SalesRole | null;
  readonly notBefore: DayString | null;
  readonly reason: string | null;
  readonly decidedBy: string;
  readonly memberRole: SalesRole;
}

/**
 * Works out, without writing anything, what the decisions in force bring about; the preview and the publication both
 * come from here. @param userId one person alone
 */
export async function planActions(
  deps: ReviewDeps,
  sql: Sql,
  { cycle, userId }: { readonly cycle: Cycle; readonly userId?: string },
): Promise<PlannedAction[]> {
  const on = today(deps.clock);
  const decisions = await decisionsToAct(deps, sql, { cycle, userId });
  const presentRoles = await rolesOn(
    sql,
    decisions.map((row) => row.userId),
    on,
  );
  const changes = await deps.roleChange.plan(
    sql,
    decisions.map((row) => ({ ...row, presentRole: presentRoles.get(row.userId) ?? row.memberRole })),
    on,
  );
  const facts = await noticeFactsOf(deps, sql, {
    cycle,
    publishedOn: on,
    people: decisions.map((row) => ({
      ...row,
      presentRole: presentRoles.get(row.userId) ?? row.memberRole,
      change: changes.get(row.userId) ?? null,
    })),
  });
  return decisions.flatMap((row) => {
    const found = facts.get(row.userId);
    if (!found) return [];
    const { decisionId, name, tier, decidedBy, reason } = row;
    return [
      {
        ...{ decisionId, userId: row.userId, name, tier, decidedBy, reason },
        presentRole: presentRoles.get(row.userId) ?? row.memberRole,
        facts: found.facts,
        change: changes.get(row.userId) ?? null,
        courses: found.courses,
      },
    ];
  });
}

/** Decisions in force of people who have not left; `later` brings nothing about. */
async function decisionsToAct(
  deps: ReviewDeps,
  sql: Sql,
  { cycle, userId }: { readonly cycle: Cycle; readonly userId: string | undefined },
): Promise<DecisionRow[]> {
  const viewer = systemViewer('review.actions');
  const members = await membersOf(sql, { cycle, viewer, today: today(deps.clock) }, userId);
  const present = new Set(members.filter((member) => !member.hasLeft).map((member) => member.userId));
  const one =
    userId === undefined ? { sql: '1 = 1', params: [] } : { sql: 'd.user_id = ?', params: [userId] };
  const rows = await sql.select<DecisionRow>(
    `SELECT d.decision_id AS decisionId, d.user_id AS userId, m.name, d.tier, d.target_role AS targetRole,
       d.effective_on AS notBefore, d.reason, d.decided_by AS decidedBy, m.present_role AS memberRole
     FROM decisions d JOIN cycle_members m ON m.cycle_id = d.cycle_id AND m.user_id = d.user_id
     WHERE d.cycle_id = ? AND d.current_key IS NOT NULL AND d.kind = 'decided' AND ${one.sql}
     ORDER BY d.user_id`,
    [cycle.cycleId, ...one.params],
  );
  return rows.filter((row) => present.has(row.userId));
}
