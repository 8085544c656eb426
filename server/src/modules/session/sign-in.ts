import { AppError } from '@shigang/shared';
import { DingTalkError, type DingTalk } from '../../dingtalk/index.ts';
import type { Database } from '../../platform/database.ts';
import type { IssuedToken, SessionStore } from './session-store.ts';

export interface SignInInput {
  readonly corpId: string;
  readonly authCode: string;
  /** The token that the browser holds already; it ends. */
  readonly previousToken: string | null;
}

export interface SignInDeps {
  readonly db: Database;
  readonly dingtalk: DingTalk;
  readonly store: SessionStore;
}

/** Code for "no authorization, or the person is outside the app's visible range". */
const OUTSIDE = '40079';

/**
 * Exchanges DingTalk's login code for a session of an employee in service.
 * @throws AppError session.wrong_corp, session.code_refused (unknown, expired or used), session.not_employee; DingTalkError
 */
export async function signIn(
  deps: SignInDeps,
  input: SignInInput,
): Promise<IssuedToken & { userId: string }> {
  const { corpId } = deps.dingtalk;
  if (input.corpId !== corpId) throw new AppError('session.wrong_corp');
  const userId = await personOf(deps.dingtalk, input.authCode);
  const [employee] = await deps.db.select('SELECT user_id FROM employees WHERE user_id = ? AND active = 1', [
    userId,
  ]);
  if (!employee) throw new AppError('session.not_employee');
  return { userId, ...(await deps.store.start({ userId, corpId }, input.previousToken)) };
}

async function personOf(dingtalk: DingTalk, authCode: string): Promise<string> {
  try {
    return (await dingtalk.for('login').login.personByCode(authCode)).userId;
  } catch (error) {
    if (!(error instanceof DingTalkError) || error.kind !== 'giveUp') throw error;
    const code = error.dingtalkCode === OUTSIDE ? 'session.not_employee' : 'session.code_refused';
    throw new AppError(code, {}, { cause: error });
  }
}
