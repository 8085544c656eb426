import type { OutboxSender } from '../../platform/outbox/relay.ts';
import { DeliveryChecker } from './check-delivery.ts';
import type { NoticeDeps } from './deps.ts';
import { Notice } from './notice.entity.ts';
import { CycleCardSender } from './send-card.ts';

export { CYCLE_CARD_KIND, type CycleCardPayload } from './cycle-card.ts';
export type { NoticeDeps } from './deps.ts';

/** Entities of this module, for the data source. */
export const noticeEntities = [Notice] as const;

/** Work notices: how outbox rows become cards, and whether these arrived. */
export interface NoticeModule {
  readonly senders: readonly OutboxSender[];
}

export const createNotice = (deps: NoticeDeps): NoticeModule => ({
  senders: [new CycleCardSender(deps), new DeliveryChecker(deps)],
});
