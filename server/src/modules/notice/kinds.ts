import type { DecisionNoticeFacts, SalesRole, TierCounts } from '@shigang/shared';
import { declarePost } from '../../platform/outbox/post.ts';

/** What every payload says; all are told by the review. */
export interface NoticePayload {
  readonly cycleId: string;
  readonly userId: string;
  /** Absent: 1. */
  readonly wording?: number;
}

/** Payload of {@link cycleCard}. */
export interface CycleCardPayload extends NoticePayload {
  readonly period: string;
  readonly role: SalesRole;
  /** Day in Shanghai. */
  readonly publishedOn: string;
  /** Counts of the people whom the recipient may see. */
  readonly counts: TierCounts;
}

/** Payload of {@link teamSummary}; counts are those of the recipient's reports. */
export interface TeamSummaryPayload extends CycleCardPayload {
  /** Approvals that go to the recipient with the publication. */
  readonly approvals: number;
}

/** Payload of {@link decisionCard}: all that the text needs. */
export interface DecisionNoticePayload extends NoticePayload {
  readonly decisionId: string;
  readonly facts: DecisionNoticeFacts;
}

/** What became of a card on its way out. */
export type NoticeResult = { readonly taskId: string } | { readonly notSent: string };

/** In other words a notice has the wording behind its key. */
const inWording = (key: string, { wording = 1 }: NoticePayload): string =>
  wording > 1 ? `${key}/${wording}` : key;
const summaryKey = (payload: NoticePayload): string =>
  inWording(`${payload.cycleId}/${payload.userId}`, payload);

/** HR's card of a published cycle. */
export const cycleCard = declarePost<CycleCardPayload, NoticeResult>()({
  kind: 'notice.cycle_published',
  key: summaryKey,
});

/** A manager's card of a published cycle. */
export const teamSummary = declarePost<TeamSummaryPayload, NoticeResult>()({
  kind: 'notice.team_summary',
  key: summaryKey,
});

/** The notice that tells a person of a decision. */
export const decisionCard = declarePost<DecisionNoticePayload, NoticeResult>()({
  kind: 'notice.decision',
  key: (payload) => inWording(payload.decisionId, payload),
});
