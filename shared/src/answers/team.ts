import type { ApprovalState, ReplyAnswer, RoleChangeState, SalesRole, Tier } from '../messages/words.ts';
import type { TierCounts } from './cycle.ts';
import type { AnswerHead } from './session.ts';

/** GET /api/v1/team: what a manager sees of the newest published cycle; own direct and indirect reports only. */
export interface TeamAnswer extends AnswerHead {
  period: string | null;
  publishedOn: string | null;
  counts: TierCounts;
  /** Role changes of reports that are not settled, or settled in this cycle. */
  approvals: readonly TeamApproval[];
  people: readonly TeamPerson[];
}

export interface TeamApproval {
  userId: string;
  name: string;
  fromRole: SalesRole;
  toRole: SalesRole;
  tier: Tier;
  scoreHundredths: number | null;
  state: RoleChangeState;
  approvalState: ApprovalState | null;
  /** Whether the viewer is the one who is asked. */
  isMine: boolean;
  startedAt: string | null;
  settledAt: string | null;
  remark: string | null;
  answer: ReplyAnswer | null;
  replyDueOn: string;
  effectiveOn: string | null;
}

export interface TeamPerson {
  userId: string;
  name: string;
  tier: Tier | null;
  scoreHundredths: number | null;
}
