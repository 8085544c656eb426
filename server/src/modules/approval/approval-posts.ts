import type { ApprovalOutcome, ApprovalState } from '@shigang/shared';
import { declareEvent } from '../../platform/events/index.ts';
import { declarePost } from '../../platform/outbox/post.ts';
import type { ApprovalRequest } from './ask-approval.ts';

/** What the form of an approval is filled in with. */
export interface StartPayload extends Pick<
  ApprovalRequest,
  'decisionId' | 'fromRole' | 'toRole' | 'consentText' | 'planName' | 'reason'
> {
  readonly approvalId: string;
}
/** Started, found to be started, or what had become of the approval by then. */
export type StartResult =
  { readonly instanceId: string; readonly isFound?: true } | { readonly state: ApprovalState | 'gone' };

/** An approval that is to be started. */
export const approvalStart = declarePost<StartPayload, StartResult>()({
  kind: 'approval.start',
  key: ({ decisionId }) => decisionId,
});

export interface WithdrawPayload {
  readonly approvalId: string;
  readonly decisionId: string;
  readonly remark: string;
}

/** An approval that is to be taken back. */
export const approvalWithdrawal = declarePost<WithdrawPayload, { readonly state: ApprovalState | 'gone' }>()({
  kind: 'approval.withdraw',
  key: ({ decisionId }) => decisionId,
});

/** How an approval ended that its cause did not end itself. */
export interface ApprovalSettled {
  readonly approvalId: string;
  readonly decisionId: string;
  readonly cycleId: string;
  readonly outcome: ApprovalOutcome;
  readonly remark: string | null;
  /** Userid of whoever decided; null: nobody. */
  readonly by: string | null;
  /** Business ms. */
  readonly at: number;
}

export const approvalSettled = declareEvent<ApprovalSettled>()({
  name: 'approval.settled',
  key: ({ approvalId }) => approvalId,
  cycleId: ({ cycleId }) => cycleId,
});
