import type { DecisionNoticeFacts } from '@shigang/shared';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Event } from '../../platform/events/index.ts';
import type { Post } from '../../platform/outbox/post.ts';
import type { OutboxSender } from '../../platform/outbox/relay.ts';
import { adoptEarlier } from './adopt-earlier.ts';
import { DeliveryChecker } from './check-delivery.ts';
import type { NoticeDeps } from './deps.ts';
import type { NoticePayload, NoticeResult } from './kinds.ts';
import { noticeKinds } from './notice-kinds.ts';
import { Notice } from './notice.entity.ts';
import { markSeen, mayTellAgain, resendNotice, takeBack, toldFacts } from './notices-of-decision.ts';
import { NoticeSender } from './send-notice.ts';
import { noticeSettled } from './settle-notice.ts';
import { tell } from './write-notice.ts';

export type { NoticeDeps } from './deps.ts';
export {
  cycleCard,
  decisionCard,
  teamSummary,
  type CycleCardPayload,
  type DecisionNoticePayload,
  type NoticeResult,
  type TeamSummaryPayload,
} from './kinds.ts';
export { noticeSettled, type NoticeSettled } from './settle-notice.ts';
export { unreachedNames } from './unreached.queries.ts';

/** Entities of this module, for the data source. */
export const noticeEntities = [Notice] as const;

/** What people are told by work notices: written with its cause, sent, and whether it arrived. */
export interface NoticeModule {
  readonly senders: readonly OutboxSender[];
  readonly tells: readonly Event[];
  /** See {@link tell}. */
  tell<Payload extends NoticePayload>(
    tx: Tx,
    post: Post<Payload, NoticeResult>,
    payloads: readonly NoInfer<Payload>[],
  ): Promise<string[]>;
  /** See {@link takeBack}. */
  takeBack(tx: Tx, decisionId: string): Promise<void>;
  /** See {@link toldFacts}. */
  toldFacts(sql: Sql, decisionId: string): Promise<DecisionNoticeFacts | null>;
  /** See {@link markSeen}. */
  markSeen(tx: Tx, of: { readonly decisionId: string; readonly userId: string }): Promise<boolean>;
  /** See {@link mayTellAgain}. */
  mayTellAgain(sql: Sql, of: { readonly decisionId: string; readonly userId: string }): Promise<boolean>;
  /** See {@link resendNotice}. */
  resend(tx: Tx, of: { readonly noticeId: string }): Promise<string>;
  /** See {@link adoptEarlier}. */
  adoptEarlier(): Promise<number>;
}

export const createNotice = (deps: NoticeDeps): NoticeModule => ({
  senders: [...noticeKinds.map((kind) => new NoticeSender(deps, kind)), new DeliveryChecker(deps)],
  tells: [noticeSettled],
  tell: (tx, post, payloads) => tell(deps, tx, post, payloads),
  takeBack: (tx, decisionId) => takeBack(deps, tx, decisionId),
  toldFacts: (sql, decisionId) => toldFacts(deps, sql, decisionId),
  markSeen: (tx, of) => markSeen(deps, tx, of),
  mayTellAgain: (sql, of) => mayTellAgain(deps, sql, of),
  resend: (tx, of) => resendNotice(deps, tx, of),
  adoptEarlier: () => adoptEarlier(deps),
});
