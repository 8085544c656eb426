import { listOf, mustText, partOf, textOf, textsOf } from './calling/answer.ts';
import type { Caller } from './calling/caller.ts';
import { CALLS } from './calling/calls.ts';

/** Card of a work notice with one button that opens a page. */
export interface ActionCard {
  readonly title: string;
  readonly markdown: string;
  /** At most 20 characters. */
  readonly buttonTitle: string;
  /** At most 500 characters. */
  readonly buttonUrl: string;
}

/** What DingTalk tells about one recipient: `pending` while it has not decided, `forbidden` with its code. */
export interface NoticeDelivery {
  readonly state: 'read' | 'unread' | 'forbidden' | 'failed' | 'pending';
  readonly code: string | null;
}

/** `msg` may not be longer than this; DingTalk cuts nothing, it refuses. */
export const MAX_MESSAGE_BYTES = 2_048;

/** The message as it goes out; the same card always gives the same bytes. */
export const messageOf = (card: ActionCard): object => ({
  msgtype: 'action_card',
  action_card: {
    title: card.title,
    markdown: card.markdown,
    single_title: card.buttonTitle,
    single_url: card.buttonUrl,
  },
});

export const messageBytes = (card: ActionCard): number =>
  Buffer.byteLength(JSON.stringify(messageOf(card)), 'utf8');

/** Work notices. Metered: one call to send, one to ask for the result. */
export class MessagesApi {
  readonly #caller: Caller;
  readonly #agentId: number;

  constructor(caller: Caller, agentId: number) {
    this.#caller = caller;
    this.#agentId = agentId;
  }

  /**
   * Sends one card to one person; never repeated here, since a lost answer may hide a sent card.
   * @returns DingTalk's task id. Accepted is not delivered: limits swallow silently.
   * @throws DingTalkError with `isOutcomeUnknown` when it may have gone out
   */
  async sendCard(userId: string, card: ActionCard): Promise<string> {
    const body = { agent_id: this.#agentId, userid_list: userId, to_all_user: false, msg: messageOf(card) };
    const answer = await this.#caller.old(CALLS.sendNotice, body);
    return mustText(answer, 'task_id', CALLS.sendNotice.path);
  }

  /** What became of a task for one recipient; DingTalk answers for 24 hours. @throws DingTalkError */
  async delivery(taskId: string, userId: string): Promise<NoticeDelivery> {
    const { path } = CALLS.noticeResult;
    const answer = await this.#caller.old(CALLS.noticeResult, {
      agent_id: this.#agentId,
      task_id: Number(taskId),
    });
    const result = partOf(answer, 'send_result', path);
    const has = (list: string): boolean => textsOf(result, list).includes(userId);
    const forbidden = listOf(result, 'forbidden_list').find((item) => textOf(item, 'userid') === userId);
    if (forbidden || has('forbidden_user_id_list')) {
      return { state: 'forbidden', code: forbidden ? textOf(forbidden, 'code') : null };
    }
    if (has('failed_user_id_list') || has('invalid_user_id_list')) return { state: 'failed', code: null };
    if (has('read_user_id_list')) return { state: 'read', code: null };
    return { state: has('unread_user_id_list') ? 'unread' : 'pending', code: null };
  }
}
