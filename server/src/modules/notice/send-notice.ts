import { shanghaiDay } from '@shigang/shared';
import type { EntityManager } from 'typeorm';
import { DingTalkError, MAX_MESSAGE_BYTES, messageBytes, type ActionCard } from '../../dingtalk/index.ts';
import type { OutboxRow } from '../../platform/outbox/outbox.ts';
import type { OutboxSender, SendOutcome, Suffered } from '../../platform/outbox/relay.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { checkDelivery, FIRST_CHECK_MS, LAST_ATTEMPT } from './check-delivery.ts';
import type { NoticeDeps } from './deps.ts';
import type { NoticePayload, NoticeResult } from './kinds.ts';
import type { NoticeKind } from './notice-kinds.ts';
import { Notice } from './notice.entity.ts';
import { isNeeded } from './notices-of-decision.ts';
import { settleNotice } from './settle-notice.ts';
import { putIntoWords } from './write-notice.ts';

/** Button of a card that an earlier release wrote down. */
const EARLIER_BUTTON = '查看名单';
/** A matter for the administrator is looked at again after this long. */
const ADMINISTRATOR_MS = 900_000;

/** Sends notices of one kind. At most one ever arrives per row, whatever happens to the worker or the answer. */
export class NoticeSender implements OutboxSender<NoticePayload, NoticeResult> {
  readonly post: NoticeKind['post'];
  readonly #deps: NoticeDeps;
  readonly #kind: NoticeKind;

  constructor(deps: NoticeDeps, kind: NoticeKind) {
    this.#deps = deps;
    this.#kind = kind;
    this.post = kind.post;
  }

  async keep(tx: Tx, { id }: OutboxRow<NoticePayload>, { tries, error, isGivenUp }: Suffered): Promise<void> {
    const givenUpAt = isGivenUp ? sqlInstant(this.#deps.clock.real()) : null;
    await tx.execute('UPDATE notices SET tries = ?, error = ?, given_up_at = ? WHERE id = ?', [
      ...[tries, error, givenUpAt, id],
    ]);
  }

  async send(row: OutboxRow<NoticePayload>): Promise<SendOutcome<NoticeResult>> {
    const notice = await this.#written(row);
    if (notice.taskId !== null) return { kind: 'sent', result: { taskId: notice.taskId } };
    const card = cardOf(notice);
    if (messageBytes(card) > MAX_MESSAGE_BYTES) return this.#failed(notice, 'message too long');
    // An earlier attempt may have gone out. DingTalk swallows the same text to the same person on the same day, so
    // sending it again cannot arrive twice, and the result then tells that it had arrived.
    const isRepeat = notice.firstTriedAt !== null;
    if (!isRepeat && !(await isNeeded(this.#deps, this.#deps.db, notice))) return this.#dropped(notice);
    if (isRepeat && !this.#isToday(notice.firstTriedAt))
      return this.#failed(notice, 'outcome unknown', 'unknown');
    await this.#mark(notice, { firstTriedAt: notice.firstTriedAt ?? this.#now() });
    try {
      const taskId = await this.#deps.dingtalk.for('notice').messages.sendCard(notice.userId, card);
      await this.#accepted(notice, taskId, isRepeat);
      return { kind: 'sent', result: { taskId } };
    } catch (error) {
      if (!(error instanceof DingTalkError)) throw error;
      return this.#refused(notice, error, { isRepeat, isLast: row.attempts >= LAST_ATTEMPT });
    }
  }

  /** The text is fixed with its cause; that of an earlier release with the first attempt. Every attempt sends the same. */
  async #written(row: OutboxRow<NoticePayload>): Promise<Notice> {
    const manager = this.#deps.db.dataSource.manager;
    const known = await manager.findOneBy(Notice, { id: row.id });
    if (known?.textHash) return known;
    await putIntoWords(this.#deps, this.#deps.db, this.#kind, row);
    return manager.findOneByOrFail(Notice, { id: row.id });
  }

  /** Acceptance and the question for its delivery in one transaction; the question waits for DingTalk to decide. */
  async #accepted(notice: Notice, taskId: string, isRepeat: boolean): Promise<void> {
    const { db, outbox, clock } = this.#deps;
    await db.transaction(async (tx) => {
      await this.#mark(notice, { state: 'accepted', taskId, acceptedAt: this.#now() }, tx.manager);
      await outbox.add(tx, checkDelivery, {
        payload: { noticeId: notice.id, isRepeat },
        dueAt: clock.real() + (this.#deps.firstCheckMs ?? FIRST_CHECK_MS),
        cycleId: notice.cycleId,
      });
    });
  }

  async #refused(
    notice: Notice,
    error: DingTalkError,
    { isRepeat, isLast }: { readonly isRepeat: boolean; readonly isLast: boolean },
  ): Promise<SendOutcome<NoticeResult>> {
    const mayBeOut = error.isOutcomeUnknown || isRepeat;
    if (!mayBeOut) await this.#mark(notice, { firstTriedAt: null });
    if (error.kind === 'giveUp') return this.#failed(notice, error.message);
    if (isLast) return this.#failed(notice, error.message, mayBeOut ? 'unknown' : 'failed');
    const pauseMs = error.kind === 'administrator' ? ADMINISTRATOR_MS : error.retryAfterMs;
    if (pauseMs === null) return { kind: 'retry', error: error.message };
    return { kind: 'retry', error: error.message, retryAt: this.#deps.clock.real() + pauseMs };
  }

  async #failed(
    notice: Notice,
    error: string,
    state: 'failed' | 'unknown' = 'failed',
  ): Promise<SendOutcome<NoticeResult>> {
    await this.#deps.db.transaction((tx) => settleNotice(this.#deps, tx, notice, { state, delivery: null }));
    return { kind: 'dead', error };
  }

  /** What it tells is no longer so, or is known to the person already. */
  async #dropped(notice: Notice): Promise<SendOutcome<NoticeResult>> {
    await this.#deps.db.execute("DELETE FROM notices WHERE id = ? AND state = 'written'", [notice.id]);
    return { kind: 'sent', result: { notSent: 'not needed any more' } };
  }

  async #mark(notice: Notice, change: Partial<Notice>, manager?: EntityManager): Promise<void> {
    await (manager ?? this.#deps.db.dataSource.manager).update(Notice, { id: notice.id }, change);
  }

  #isToday(instant: Date | null): boolean {
    return instant !== null && shanghaiDay(instant.getTime()) === shanghaiDay(this.#deps.clock.now());
  }

  #now(): Date {
    return new Date(this.#deps.clock.now());
  }
}

const cardOf = (notice: Notice): ActionCard => ({
  title: notice.title,
  markdown: notice.body,
  buttonTitle: notice.button ?? EARLIER_BUTTON,
  buttonUrl: notice.link,
});
