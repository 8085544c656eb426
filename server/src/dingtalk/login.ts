import { mustText, partOf, textOf } from './calling/answer.ts';
import type { Caller } from './calling/caller.ts';
import { CALLS } from './calling/calls.ts';

/** Login inside DingTalk. */
export class LoginApi {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /**
   * The person behind a login-free code (five minutes, single use).
   * @throws DingTalkError giveUp (40078) for a code that is unknown, expired or used
   */
  async personByCode(code: string): Promise<{ userId: string; unionId: string | null }> {
    const { path } = CALLS.personByCode;
    const result = partOf(await this.#caller.old(CALLS.personByCode, { code }), 'result', path);
    return { userId: mustText(result, 'userid', path), unionId: textOf(result, 'unionid') };
  }
}
