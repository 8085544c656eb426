import type { ReplyAnswer, SalesRole, Tier } from '../messages/words.ts';
import type { AnswerHead } from './session.ts';

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
