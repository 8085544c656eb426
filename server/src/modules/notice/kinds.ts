import type { DecisionNoticeFacts, SalesRole, TierCounts } from '@shigang/shared';

/** Outbox kind of HR's card of a published cycle. */
export const CYCLE_CARD_KIND = 'notice.cycle_published';
/** Outbox kind of the notice that tells a person of a decision. */
export const NOTICE_DECISION_KIND = 'notice.decision';
/** Outbox kind of a manager's card of a published cycle. */
export const TEAM_SUMMARY_KIND = 'notice.team_summary';
/** Outbox kind of the question whether a notice arrived. */
export const CHECK_DELIVERY_KIND = 'notice.check_delivery';
/** Outbox kind by which the review hears what became of a person's notice. */
export const NOTICE_SETTLED_KIND = 'review.notice_settled';

/** What every payload says; all are written by the review. */
interface NoticePayload {
  readonly cycleId: string;
  readonly userId: string;
  /** Absent: 1. */
  readonly wording?: number;
}

/** Payload of {@link CYCLE_CARD_KIND}. */
export interface CycleCardPayload extends NoticePayload {
  readonly period: string;
  readonly role: SalesRole;
  /** Day in Shanghai. */
  readonly publishedOn: string;
  /** Counts of the people whom the recipient may see. */
  readonly counts: TierCounts;
}

/** Payload of {@link TEAM_SUMMARY_KIND}; counts are those of the recipient's reports. */
export interface TeamSummaryPayload extends CycleCardPayload {
  /** Approvals that go to the recipient with the publication. */
  readonly approvals: number;
}

/** Payload of {@link NOTICE_DECISION_KIND}: all that the text needs. */
export interface DecisionNoticePayload extends NoticePayload {
  readonly decisionId: string;
  readonly facts: DecisionNoticeFacts;
}

export type AnyNoticePayload = CycleCardPayload | TeamSummaryPayload | DecisionNoticePayload;

/** The one key of a notice; in other words it has the wording behind it. */
export const decisionNoticeKey = (decisionId: string, wording = 1): string =>
  `${NOTICE_DECISION_KIND}/${decisionId}${wording > 1 ? `/${wording}` : ''}`;
