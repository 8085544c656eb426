import { DingTalkError, type NoticeDelivery } from '../../dingtalk/index.ts';
import type { OutboxRow } from '../../platform/outbox/outbox.ts';
import { readJson } from '../../platform/json.ts';
import { declarePost } from '../../platform/outbox/post.ts';
import type { OutboxSender, SendOutcome } from '../../platform/outbox/relay.ts';
import type { Tx } from '../../platform/database.ts';
import type { NoticeDeps } from './deps.ts';
import { noticeKind } from './notice-kinds.ts';
import { Notice } from './notice.entity.ts';
import { payloadOf } from './notices-of-decision.ts';
import { settleNotice, type Settled } from './settle-notice.ts';
import type { NoticePayload } from './kinds.ts';
import { tell } from './write-notice.ts';

export interface CheckPayload {
  readonly noticeId: string;
  /** The text may have been sent before: a refusal as a repeat then proves that it had arrived. */
  readonly isRepeat: boolean;
}

/** What became of a notice, as far as DingTalk tells; empty: nobody had to be asked. */
export interface CheckResult {
  readonly state?: Settled['state'];
  readonly delivery?: string | null;
}

/** The question whether a notice arrived. */
export const checkDelivery = declarePost<CheckPayload, CheckResult>()({
  kind: 'notice.check_delivery',
  key: ({ noticeId }) => noticeId,
});

/** DingTalk needs a moment to deliver; asking costs a call, so once is enough in the usual case. */
export const FIRST_CHECK_MS = 10_000;
/** It answers for a day. */
const RESULT_LIFE_MS = 86_400_000;
const PAUSE_MS = 60_000;
/** Undecided: asked again after 2, 4, 8 … minutes, at most every six hours; the last time about 20 hours after it. */
const LONGEST_PAUSE_MS = 21_600_000;
/** Last attempt before the outbox gives a row up. */
export const LAST_ATTEMPT = 11;
const SAME_CONTENT = '143106';
const LAST_WORDING = 2;

/** Asks what became of an accepted notice; one that did not arrive is sent once more in other words. */
export class DeliveryChecker implements OutboxSender<CheckPayload, CheckResult> {
  readonly post = checkDelivery;
  readonly #deps: NoticeDeps;

  constructor(deps: NoticeDeps) {
    this.#deps = deps;
  }

  async send(row: OutboxRow<CheckPayload>): Promise<SendOutcome<CheckResult>> {
    const { noticeId, isRepeat } = row.payload;
    const notice = await this.#deps.db.dataSource.manager.findOneBy(Notice, { id: noticeId });
    if (!notice || notice.taskId === null || notice.state !== 'accepted') return { kind: 'sent', result: {} };
    const delivery = await this.#ask(notice, notice.taskId);
    if (delivery === 'again' && row.attempts < LAST_ATTEMPT) return this.#later(row);
    const isTold = delivery !== 'unknown' && delivery !== 'again';
    const state = isTold ? stateOf(delivery, isRepeat) : 'unknown';
    if (state === null)
      return row.attempts >= LAST_ATTEMPT ? this.#settle(notice, 'unknown', null) : this.#later(row);
    return this.#settle(notice, state, isTold ? (delivery.code ?? delivery.state) : null);
  }

  async #ask(notice: Notice, taskId: string): Promise<NoticeDelivery | 'again' | 'unknown'> {
    const age = this.#deps.clock.now() - (notice.acceptedAt?.getTime() ?? 0);
    if (age > RESULT_LIFE_MS) return 'unknown';
    try {
      return await this.#deps.dingtalk.for('notice_result').messages.delivery(taskId, notice.userId);
    } catch (error) {
      if (!(error instanceof DingTalkError)) throw error;
      return error.kind === 'giveUp' ? 'unknown' : 'again';
    }
  }

  #later(row: OutboxRow<CheckPayload>): SendOutcome<CheckResult> {
    const pauseMs = Math.min(PAUSE_MS * 2 ** row.attempts, LONGEST_PAUSE_MS);
    return { kind: 'retry', error: 'not decided yet', retryAt: this.#deps.clock.real() + pauseMs };
  }

  async #settle(
    notice: Notice,
    state: Settled['state'],
    delivery: string | null,
  ): Promise<SendOutcome<CheckResult>> {
    const { db, log } = this.#deps;
    await db.transaction(async (tx) => {
      const [held] = await tx.select<{ state: string }>('SELECT state FROM notices WHERE id = ? FOR UPDATE', [
        notice.id,
      ]);
      // The person may have opened it in the app meanwhile.
      if (held?.state !== 'accepted') return;
      await settleNotice(this.#deps, tx, notice, { state, delivery });
      const isLost = state === 'swallowed' || state === 'failed';
      if (isLost && notice.wording < LAST_WORDING) await this.#sendAgain(tx, notice);
    });
    if (state !== 'delivered') log.warn({ noticeId: notice.id, state, delivery }, 'notice did not arrive');
    return { kind: 'sent', result: { state, delivery } };
  }

  /** The same card in other words: DingTalk would swallow the same ones. */
  async #sendAgain(tx: Tx, notice: Notice): Promise<void> {
    const payload = await payloadOf(this.#deps, tx, notice);
    if (payload === null) return;
    const again = { ...readJson<NoticePayload>(payload), wording: notice.wording + 1 };
    await tell(this.#deps, tx, noticeKind(notice.kind).post, [again]);
  }
}

/** State of a notice by DingTalk's answer; null while it has not decided. */
function stateOf(delivery: NoticeDelivery, isRepeat: boolean): Settled['state'] | null {
  switch (delivery.state) {
    case 'read':
    case 'unread':
      return 'delivered';
    case 'forbidden':
      return isRepeat && delivery.code === SAME_CONTENT ? 'delivered' : 'swallowed';
    case 'failed':
      return 'failed';
    case 'pending':
      return null;
  }
}
