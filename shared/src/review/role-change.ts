import { AppError } from '../errors/app-error.ts';
import { roleChangeStateNames, type ReplyAnswer, type ReturnReason } from '../messages/words.ts';
import type { RoleChangeState } from '../messages/words.ts';
import { firstOfNextMonth, type DayString } from '../period/day.ts';

/** How a manager's approval ended. */
export type ApprovalOutcome = 'agreed' | 'refused' | 'withdrawn' | 'no_approver';

/** All that decides about one offered role change (docs/domain.md §5.2). Days in Shanghai. */
export interface RoleChange {
  readonly state: RoleChangeState;
  readonly returnedWhy: ReturnReason | null;
  /** The day D that HR gave: nothing takes effect before it. */
  readonly notBefore: DayString | null;
  /** Last day of the reply period. */
  readonly replyDueOn: DayString;
  readonly answer: ReplyAnswer | null;
  readonly answeredOn: DayString | null;
  /** HR's written legal ground stands in for the person's agreement. */
  readonly groundOn: DayString | null;
  readonly managerAgreedOn: DayString | null;
  /** Null until both have agreed. */
  readonly effectiveOn: DayString | null;
}

export type RoleChangeStep =
  | { readonly kind: 'reply'; readonly answer: ReplyAnswer; readonly on: DayString }
  | { readonly kind: 'approval'; readonly outcome: ApprovalOutcome; readonly on: DayString }
  | { readonly kind: 'ground'; readonly on: DayString }
  /** A new day: the reply period may be over, the effective day may have come. */
  | { readonly kind: 'day'; readonly on: DayString }
  | { readonly kind: 'keep' | 'replace' | 'cancel' };

/** Answers after which, and the silence after which, HR may go on with a written ground. */
const GROUND_AFTER: readonly (ReturnReason | null)[] = ['talk', 'decline', 'overdue'];
const UNSETTLED: readonly RoleChangeState[] = ['open', 'returned', 'agreed'];

/**
 * The role change after a step. Both agreements there: `agreed`, with the day on which it takes effect. Anything else
 * that ends the waiting brings it back to HR, in the present post. A step that finds nothing to do changes nothing.
 * @throws AppError reply.closed, role_change.wrong_state, role_change.no_ground
 */
export function stepRoleChange(change: RoleChange, step: RoleChangeStep): RoleChange {
  switch (step.kind) {
    case 'reply':
      return withReply(change, step);
    case 'approval':
      return withApproval(change, step);
    case 'ground':
      if (change.state !== 'returned' || !GROUND_AFTER.includes(change.returnedWhy))
        throw new AppError('role_change.no_ground');
      return whenBoth({ ...change, state: 'open', returnedWhy: null, groundOn: step.on });
    case 'day':
      return onDay(change, step.on);
    case 'keep':
      if (change.state === 'kept') return change;
      if (change.state !== 'returned') throw wrongState(change);
      return { ...change, state: 'kept' };
    case 'replace':
      return UNSETTLED.includes(change.state) ? { ...change, state: 'replaced', effectiveOn: null } : change;
    case 'cancel':
      return UNSETTLED.includes(change.state) ? { ...change, state: 'cancelled', effectiveOn: null } : change;
  }
}

function withReply(change: RoleChange, step: { answer: ReplyAnswer; on: DayString }): RoleChange {
  const isOpen = change.state === 'open' && change.answer === null && change.groundOn === null;
  if (!isOpen || step.on > change.replyDueOn) throw new AppError('reply.closed');
  const answered = { ...change, answer: step.answer, answeredOn: step.on };
  return step.answer === 'agree' ? whenBoth(answered) : returned(answered, step.answer);
}

function withApproval(change: RoleChange, step: { outcome: ApprovalOutcome; on: DayString }): RoleChange {
  if (change.state !== 'open' && change.state !== 'returned') return change;
  if (step.outcome !== 'agreed') return returned(change, step.outcome);
  // An agreement that comes after the person's other answer is kept; alone it brings nothing about.
  return whenBoth({ ...change, managerAgreedOn: change.managerAgreedOn ?? step.on });
}

function onDay(change: RoleChange, on: DayString): RoleChange {
  if (change.state === 'agreed' && change.effectiveOn !== null && change.effectiveOn <= on)
    return { ...change, state: 'effective' };
  const waitsForPerson = change.state === 'open' && change.answer === null && change.groundOn === null;
  return waitsForPerson && on > change.replyDueOn ? returned(change, 'overdue') : change;
}

const returned = (change: RoleChange, why: ReturnReason): RoleChange => ({
  ...change,
  state: 'returned',
  returnedWhy: why,
});

function whenBoth(change: RoleChange): RoleChange {
  const consentOn = change.answer === 'agree' ? change.answeredOn : change.groundOn;
  if (change.state !== 'open' || consentOn === null || change.managerAgreedOn === null) return change;
  const { managerAgreedOn, notBefore } = change;
  return { ...change, state: 'agreed', effectiveOn: effectiveDay(consentOn, managerAgreedOn, notBefore) };
}

/** The first day of the month after the later of the two agreements, and never before D. */
export function effectiveDay(one: DayString, other: DayString, notBefore: DayString | null): DayString {
  const first = firstOfNextMonth(one > other ? one : other);
  return notBefore !== null && notBefore > first ? notBefore : first;
}

const wrongState = (change: RoleChange): AppError =>
  new AppError('role_change.wrong_state', { state: roleChangeStateNames[change.state] });

/** What the evidence file must hold before a `reassign` approval may start. */
export interface GateEvidence {
  readonly hasExplanation: boolean;
  /** Told by DingTalk, or opened in the app. */
  readonly isNoticeDelivered: boolean;
  readonly answer: ReplyAnswer | null;
  readonly hasGround: boolean;
}
export type GateMissing = 'explanation' | 'notice' | 'agreement';

/** What is missing; empty: the gate is open (docs/domain.md §5.5). */
export function gateMissing(evidence: GateEvidence): GateMissing[] {
  const missing: GateMissing[] = [];
  if (!evidence.hasExplanation) missing.push('explanation');
  if (!evidence.isNoticeDelivered) missing.push('notice');
  if (evidence.answer !== 'agree' && !evidence.hasGround) missing.push('agreement');
  return missing;
}

/** Whether a decision leads to another role, so that both have to agree. @param presentRole on the day of publication */
export const changesRole = (
  decision: { readonly tier: string | null; readonly targetRole: string | null },
  presentRole: string | null,
): boolean =>
  (decision.tier === 'transition' || decision.tier === 'reassign') &&
  decision.targetRole !== null &&
  decision.targetRole !== presentRole;
