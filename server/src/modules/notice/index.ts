import type { Tx } from '../../platform/database.ts';
import type { OutboxSender } from '../../platform/outbox/relay.ts';
import { DeliveryChecker } from './check-delivery.ts';
import type { NoticeDeps } from './deps.ts';
import { Notice } from './notice.entity.ts';
import { markSeen, resendNotice } from './notices-of-decision.ts';
import { NoticeSender } from './send-notice.ts';
import { noticeKinds } from './write-notice.ts';

export type { NoticeDeps } from './deps.ts';
export {
  CYCLE_CARD_KIND,
  NOTICE_DECISION_KIND,
  TEAM_SUMMARY_KIND,
  type CycleCardPayload,
  type DecisionNoticePayload,
  type TeamSummaryPayload,
} from './kinds.ts';
export { mayTellAgain } from './notices-of-decision.ts';

/** Entities of this module, for the data source. */
export const noticeEntities = [Notice] as const;

/** Work notices: how outbox rows become cards, and whether these arrived. */
export interface NoticeModule {
  readonly senders: readonly OutboxSender[];
  /** See {@link markSeen}. */
  markSeen(tx: Tx, of: { readonly decisionId: string; readonly userId: string }): Promise<boolean>;
  /** See {@link resendNotice}. */
  resend(tx: Tx, of: { readonly noticeId: string }): Promise<string>;
}

export const createNotice = (deps: NoticeDeps): NoticeModule => ({
  senders: [...noticeKinds.map((kind) => new NoticeSender(deps, kind)), new DeliveryChecker(deps)],
  markSeen: (tx, of) => markSeen(deps, tx, of),
  resend: (tx, of) => resendNotice(deps, tx, of),
});
