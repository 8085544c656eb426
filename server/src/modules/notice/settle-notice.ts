import type { Tx } from '../../platform/database.ts';
import { declareEvent } from '../../platform/events/index.ts';
import type { NoticeDeps } from './deps.ts';
import { Notice, type NoticeState } from './notice.entity.ts';

export interface Settled {
  readonly state: Exclude<NoticeState, 'written' | 'accepted'>;
  /** What DingTalk told, null where it told nothing. */
  readonly delivery: string | null;
}

/** What became of a person's notice of a decision is known now. */
export interface NoticeSettled {
  readonly decisionId: string;
  readonly noticeId: string;
  readonly cycleId: string | null;
  readonly state: Settled['state'];
}

export const noticeSettled = declareEvent<NoticeSettled>()({
  name: 'notice.settled',
  key: ({ noticeId }) => noticeId,
  cycleId: ({ cycleId }) => cycleId,
});

/** Writes what became of a notice; that of a decision is told, for an approval may wait for the delivery. */
export async function settleNotice(
  deps: NoticeDeps,
  tx: Tx,
  notice: Pick<Notice, 'id' | 'decisionId' | 'cycleId'>,
  { state, delivery }: Settled,
): Promise<void> {
  const deliveryKnownAt = new Date(deps.clock.now());
  await tx.manager.update(Notice, { id: notice.id }, { state, delivery, deliveryKnownAt });
  const { id: noticeId, decisionId, cycleId } = notice;
  if (decisionId !== null) await deps.news.tell(tx, noticeSettled, { decisionId, noticeId, cycleId, state });
}
