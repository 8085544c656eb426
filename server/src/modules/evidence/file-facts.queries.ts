import type {
  ApprovalState,
  ReplyAnswer,
  ReturnReason,
  RoleChangeState,
  SalesRole,
  Tier,
} from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import type { Cycle } from '../cycle/index.ts';
import { returnsOf, type ReturnFact } from '../role-change/index.ts';

/** Everything that is kept about one person in one cycle; days in Shanghai, instants in business time. */
export interface FileFacts {
  readonly cycle: Cycle;
  readonly member: MemberFacts;
  /** Oldest first; replaced ones included. */
  readonly decisions: readonly DecisionFacts[];
  readonly notices: readonly NoticeFact[];
  readonly changes: readonly ChangeFacts[];
  readonly courses: readonly CourseFacts[];
}
export interface MemberFacts {
  readonly name: string;
  readonly presentRole: SalesRole;
  readonly suggested: Tier | null;
  readonly suggestedRole: SalesRole | null;
  readonly score: number | null;
}
export interface DecisionFacts {
  readonly decisionId: string;
  readonly kind: 'decided' | 'later';
  readonly tier: Tier | null;
  readonly targetRole: SalesRole | null;
  readonly reason: string | null;
  readonly byName: string;
  readonly at: Date;
  readonly isCurrent: number;
}
export interface NoticeFact {
  readonly noticeId: string;
  readonly decisionId: string;
  readonly title: string;
  readonly state: 'written' | 'accepted' | 'delivered' | 'swallowed' | 'failed' | 'unknown';
  readonly acceptedAt: Date | null;
  readonly knownAt: Date | null;
  readonly seenAt: Date | null;
}
export interface ChangeFacts {
  readonly decisionId: string;
  readonly state: RoleChangeState;
  readonly fromRole: SalesRole;
  readonly toRole: SalesRole;
  readonly consentText: string;
  readonly consentHash: string;
  readonly replyDueOn: string;
  readonly returnedWhy: ReturnReason | null;
  readonly returnedRemark: string | null;
  readonly returnedAt: Date | null;
  /** Every return, oldest first; the fields above are the last one's. */
  readonly returns: readonly ReturnFact[];
  readonly isForAdmin: number;
  readonly ground: string | null;
  readonly groundByName: string | null;
  readonly groundAt: Date | null;
  readonly effectiveOn: string | null;
  readonly settledAt: Date | null;
  readonly settledByName: string | null;
  readonly answer: ReplyAnswer | null;
  readonly answerText: string | null;
  readonly repliedAt: Date | null;
  readonly approvalState: ApprovalState | null;
  readonly isGated: number | null;
  readonly starterName: string | null;
  readonly approverName: string | null;
  readonly startedAt: Date | null;
  readonly approvalSettledAt: Date | null;
  readonly remark: string | null;
  /** Why its withdrawal was given up; null: it was not. */
  readonly withdrawTrouble: string | null;
  readonly transferState: 'waiting' | 'done' | 'already' | 'not_mapped' | 'failed' | 'cancelled' | null;
  readonly transferDetail: string | null;
  readonly transferredAt: Date | null;
}
export interface CourseFacts {
  readonly decisionId: string;
  readonly course: string;
  readonly plannedOn: string;
  readonly dueOn: string;
  readonly passedOn: string | null;
  readonly todoState: string;
  readonly todoDetail: string | null;
}

/** Reads a person's file; whether the reader may see the person is the caller's matter. Null: no member of the cycle. */
export async function fileFacts(sql: Sql, cycle: Cycle, userId: string): Promise<FileFacts | null> {
  const of = [cycle.cycleId, userId];
  const [member] = await sql.select<MemberFacts>(
    `SELECT name, present_role AS presentRole, tier AS suggested, target_role AS suggestedRole,
       score_hundredths AS score
     FROM cycle_members WHERE cycle_id = ? AND user_id = ? AND doc IS NOT NULL`,
    of,
  );
  if (!member) return null;
  const decisions = await sql.select<DecisionFacts>(
    `SELECT d.decision_id AS decisionId, d.kind, d.tier, d.target_role AS targetRole, d.reason,
       COALESCE(e.name, d.decided_by) AS byName, d.decided_at AS at, d.current_key IS NOT NULL AS isCurrent
     FROM decisions d LEFT JOIN employees e ON e.user_id = d.decided_by
     WHERE d.cycle_id = ? AND d.user_id = ? ORDER BY d.decided_at, isCurrent`,
    of,
  );
  const notices = await sql.select<NoticeFact>(
    `SELECT id AS noticeId, decision_id AS decisionId, title, state, accepted_at AS acceptedAt,
       delivery_known_at AS knownAt, seen_at AS seenAt
     FROM notices WHERE cycle_id = ? AND user_id = ? AND decision_id IS NOT NULL
     ORDER BY accepted_at IS NULL, accepted_at, wording, id`,
    of,
  );
  return {
    cycle,
    member,
    decisions,
    notices,
    changes: await changesOf(sql, cycle, userId),
    courses: await coursesOf(sql, of),
  };
}

async function changesOf(sql: Sql, { cycleId }: Cycle, userId: string): Promise<ChangeFacts[]> {
  const changes = await sql.select<Omit<ChangeFacts, 'returns'>>(
    `SELECT c.decision_id AS decisionId, c.state, c.from_role AS fromRole, c.to_role AS toRole,
       c.consent_text AS consentText, c.consent_hash AS consentHash, c.reply_due_on AS replyDueOn,
       c.returned_why AS returnedWhy, c.returned_remark AS returnedRemark, c.returned_at AS returnedAt,
       c.is_for_admin AS isForAdmin, c.ground, COALESCE(g.name, c.ground_by) AS groundByName,
       c.ground_at AS groundAt, c.effective_on AS effectiveOn, c.settled_at AS settledAt, b.name AS settledByName,
       r.answer, r.text AS answerText, r.replied_at AS repliedAt, a.state AS approvalState, a.is_gated AS isGated,
       s.name AS starterName, p.name AS approverName, a.started_at AS startedAt,
       a.settled_at AS approvalSettledAt, a.remark, IF(a.withdraw_given_up_at IS NULL, NULL, a.withdraw_error) AS withdrawTrouble, t.state AS transferState, t.detail AS transferDetail,
       t.settled_at AS transferredAt
     FROM role_changes c
     LEFT JOIN replies r ON r.decision_id = c.decision_id
     LEFT JOIN approvals a ON a.decision_id = c.decision_id
     LEFT JOIN roster_transfers t ON t.decision_id = c.decision_id
     LEFT JOIN employees g ON g.user_id = c.ground_by
     LEFT JOIN employees b ON b.user_id = c.settled_by
     LEFT JOIN employees s ON s.user_id = a.starter_user_id
     LEFT JOIN employees p ON p.user_id = a.approver_user_id
     WHERE c.cycle_id = ? AND c.user_id = ? ORDER BY c.offered_on, c.decision_id`,
    [cycleId, userId],
  );
  const returns = await returnsOf(sql, userId);
  return changes.map((change) => ({ ...change, returns: returns.get(change.decisionId) ?? [] }));
}

const coursesOf = (sql: Sql, of: readonly string[]): Promise<CourseFacts[]> =>
  sql.select<CourseFacts>(
    `SELECT k.decision_id AS decisionId, k.course, p.planned_on AS plannedOn, k.due_on AS dueOn, p.todo_state AS todoState,
       p.todo_detail AS todoDetail,
       (SELECT MIN(f.finished_on) FROM trainings f
        WHERE f.user_id = p.user_id AND f.course = k.course AND f.passed = 1) AS passedOn
     FROM training_plans p JOIN training_plan_courses k ON k.decision_id = p.decision_id
     WHERE p.cycle_id = ? AND p.user_id = ? ORDER BY p.planned_on, k.decision_id, k.seq`,
    of,
  );
