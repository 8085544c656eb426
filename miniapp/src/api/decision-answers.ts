import type { AnswerHead, SalesRole, Tier } from './answers.ts';

/* The JSON of decisions and what they bring about; units and forms as in answers.ts. */

export type ReplyAnswer = 'agree' | 'talk' | 'decline';
export type RoleChangeState =
  'open' | 'returned' | 'agreed' | 'effective' | 'kept' | 'replaced' | 'cancelled';
export type ReturnReason = 'talk' | 'decline' | 'overdue' | 'refused' | 'withdrawn' | 'no_approver';
export type ApprovalState =
  | 'waiting'
  | 'starting'
  | 'running'
  | 'agreed'
  | 'refused'
  | 'terminated'
  | 'withdrawn'
  | 'impossible'
  | 'cancelled';
export type GateMissing = 'explanation' | 'notice' | 'agreement';

/* ------------------------------------------------------------------ employee ------------------------------------ */

/** GET /api/v1/me/development[?period=2026Q3] (default: the newest published quarter). Opening it proves the delivery. */
export interface DevelopmentAnswer extends AnswerHead {
  /** Quarters with a notice of one's own, newest first. */
  periods: readonly string[];
  /** Null: nothing was published for this person. */
  notice: DevelopmentNotice | null;
}
export interface DevelopmentNotice {
  period: string;
  decisionId: string;
  publishedOn: string;
  tier: Tier;
  presentRole: SalesRole;
  /** The role offered; null where the tier leads to none or to going on in the present one. */
  offeredRole: SalesRole | null;
  /** The same words as on the card: a whole sentence, no figure. */
  headline: string;
  summary: string;
  /** At most three, with figures and targets. */
  reasons: readonly string[];
  /** Of each reason, whether it names a target that is reached. */
  reached: readonly boolean[];
  nextStep: string;
  /** Null where no agreement is asked for. */
  reply: DevelopmentReply | null;
  timeline: readonly TimelineStep[];
  training: DevelopmentTraining | null;
  /** Order of time; only what concerns the person. */
  file: readonly FileEntry[];
}
export interface DevelopmentReply {
  /** Exactly what one answers to; its hash goes back with the answer. */
  consentText: string;
  consentHash: string;
  dueOn: string;
  workingDaysLeft: number;
  isOpen: boolean;
  answer: ReplyAnswer | null;
  text: string | null;
  repliedAt: string | null;
}
export interface TimelineStep {
  kind: 'recommended' | 'confirmed' | 'replied' | 'approved' | 'effective' | 'ended';
  state: 'done' | 'current' | 'ahead';
  title: string;
  at: string | null;
  detail: string | null;
}
export interface DevelopmentTraining {
  dueOn: string;
  courses: readonly TrainingCourse[];
}
export interface TrainingCourse {
  name: string;
  dimensionName: string;
  dueOn: string;
  passedOn: string | null;
}
export interface FileEntry {
  kind:
    | 'explanation'
    | 'suggestion'
    | 'decision'
    | 'notice'
    | 'delivery'
    | 'reply'
    | 'reply_overdue'
    | 'ground'
    | 'approval'
    | 'training'
    | 'returned'
    | 'settled'
    | 'effective'
    | 'transfer';
  /** Shanghai instant; a day alone where only that is known. */
  at: string;
  title: string;
  detail: string | null;
  /** Who, by name; null for the system. */
  by: string | null;
}

/** POST /api/v1/me/replies → ReplyKept; 409 reply.closed, reply.other_answer, reply.text_changed. */
export interface ReplyRequest {
  decisionId: string;
  answer: ReplyAnswer;
  /** At most 500 characters. */
  text?: string;
  consentHash: string;
}
export interface ReplyKept {
  answer: ReplyAnswer;
  repliedAt: string;
  status: 'created' | 'unchanged';
}

/* ------------------------------------------------------------------ manager ------------------------------------- */

/** GET /api/v1/team: what a manager sees of the newest published cycle; own direct and indirect reports only. */
export interface TeamAnswer extends AnswerHead {
  period: string | null;
  publishedOn: string | null;
  counts: {
    transition: number;
    train: number;
    reassign: number;
    insufficientData: number;
    later: number;
    left: number;
  };
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

/* ------------------------------------------------------------------ HR ------------------------------------------ */

/**
 * POST /api/v1/cycles/{cycleId}/decisions. In `review` a decision; in `published` a new offer that replaces the one in
 * force, its notice and action go out at once. 409 decision.taken when `replaces` is no longer the one in force.
 */
export interface DecideRequest {
  userId: string;
  tier: Tier | 'later';
  targetRole?: SalesRole;
  effectiveOn?: string;
  reason?: string;
  /** Id of the decision on the screen, null: none was. */
  replaces: string | null;
}
export interface DecisionMade {
  decisionId: string;
  status: 'created' | 'unchanged';
}

/** POST /api/v1/cycles/{cycleId}/confirmations: suggestions of these people (absent: everyone undecided), never `reassign`. */
export interface ConfirmRequest {
  userIds?: readonly string[];
}
export interface Confirmed {
  confirmed: number;
  left: readonly { userId: string; tier: Tier }[];
}

/** GET /api/v1/cycles/{cycleId}/preview: exactly what publication would send, to whom. */
export interface PublishPreview {
  cycleId: string;
  period: string;
  /** Texts of why it cannot be published yet; empty: it can. */
  obstacles: readonly string[];
  /** By whom it may be published: false when the viewer's scope does not cover everyone. */
  mayPublish: boolean;
  people: number;
  tiers: readonly PreviewTier[];
  managers: readonly { userId: string; name: string; reports: number }[];
  hrPeople: readonly { userId: string; name: string }[];
  approvers: readonly { name: string; count: number }[];
  /** People for whose change nobody can be asked. */
  withoutApprover: readonly string[];
  replyDueOn: string;
  earliestEffectiveOn: string;
  /** Metered DingTalk calls: cards, approvals, to-dos, delivery questions. */
  meteredCalls: { cards: number; approvals: number; todos: number; deliveries: number };
  /** Metered calls of the running month, in an organisation of the standard edition. */
  monthlyQuota: { limit: number; used: number; left: number };
  /** One real card per tier, word for word. */
  samples: readonly PreviewSample[];
  /** Everybody who gets something, in order of userid. */
  recipients: readonly PreviewRecipient[];
}
export interface PreviewTier {
  tier: Tier | 'later' | 'left';
  people: number;
  cards: number;
  approvals: number;
  approvalsWaiting: number;
  trainingPlans: number;
}
export interface PreviewSample {
  tier: Tier;
  name: string;
  title: string;
  markdown: string;
  button: string;
}
export interface PreviewRecipient {
  userId: string;
  name: string;
  tier: Tier | 'later';
  title: string | null;
  action: 'approval' | 'approval_waits' | 'training' | 'none';
  approverName: string | null;
}

/** POST /api/v1/cycles/{cycleId}/publication → PublicationMade. */
export interface PublicationMade {
  state: 'published' | 'closed';
}

/** GET /api/v1/cycles/{cycleId}/people/{userId}/file: evidence file 依据档案 of one person (audited). */
export interface PersonFileAnswer {
  cycleId: string;
  period: string;
  userId: string;
  name: string;
  /** Decision in force, null before one. */
  decisionId: string | null;
  change: PersonChange | null;
  notices: readonly PersonNotice[];
  training: DevelopmentTraining | null;
  entries: readonly FileEntry[];
  /** SHA-256 of the entries, so that a printed file can be held against the stored one. */
  contentHash: string;
  /** What the viewer may do now. */
  may: { keep: boolean; offerAgain: boolean; ground: boolean };
}
export interface PersonChange {
  state: RoleChangeState;
  fromRole: SalesRole;
  toRole: SalesRole;
  returnedWhy: ReturnReason | null;
  returnedRemark: string | null;
  isForAdmin: boolean;
  consentText: string;
  replyDueOn: string;
  answer: ReplyAnswer | null;
  answerText: string | null;
  ground: string | null;
  approval: {
    state: ApprovalState;
    starterName: string | null;
    approverName: string | null;
    startedAt: string | null;
    settledAt: string | null;
    remark: string | null;
  } | null;
  /** What an approval that waits still lacks. */
  missing: readonly GateMissing[];
  effectiveOn: string | null;
}
export interface PersonNotice {
  noticeId: string;
  title: string;
  state: 'written' | 'accepted' | 'delivered' | 'swallowed' | 'failed' | 'unknown';
  sentAt: string | null;
  seenAt: string | null;
  /** Whether HR may send it again in other words. */
  mayResend: boolean;
}

/** POST /api/v1/cycles/{cycleId}/people/{userId}/resolutions: keep the present post, or go on with a written ground. */
export interface ResolveRequest {
  decisionId: string;
  action: 'keep' | 'ground';
  /** Required for `ground`, 10–2,000 characters. */
  text?: string;
}
export interface Resolved {
  state: RoleChangeState;
}

/** POST /api/v1/cycles/{cycleId}/people/{userId}/notices: the notice once more, in other words. */
export interface ResendRequest {
  noticeId: string;
}
export interface Resent {
  noticeId: string;
}
