import type { Tx } from '../../platform/database.ts';
import type { NoticeDeps } from './deps.ts';
import { NOTICE_SETTLED_KIND } from './kinds.ts';
import { Notice, type NoticeState } from './notice.entity.ts';

export interface Settled {
  readonly state: Exclude<NoticeState, 'written' | 'accepted'>;
  /** What DingTalk told, null where it told nothing. */
  readonly delivery: string | null;
}

/** Writes what became of a notice; of a decision the review hears of it, for its approval may wait for the delivery. */
export async function settleNotice(
  deps: NoticeDeps,
  tx: Tx,
  notice: Pick<Notice, 'id' | 'decisionId' | 'cycleId'>,
  { state, delivery }: Settled,
): Promise<void> {
  const deliveryKnownAt = new Date(deps.clock.now());
  await tx.manager.update(Notice, { id: notice.id }, { state, delivery, deliveryKnownAt });
  if (notice.decisionId === null) return;
  await deps.outbox.add(tx, {
    kind: NOTICE_SETTLED_KIND,
    businessKey: `${NOTICE_SETTLED_KIND}/${notice.id}`,
    payload: { decisionId: notice.decisionId, noticeId: notice.id, state },
    ...(notice.cycleId === null ? {} : { cycleId: notice.cycleId }),
  });
}
