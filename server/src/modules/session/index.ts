import type { Viewer } from '../../access/index.ts';
import type { Config } from '../../config/env.ts';
import type { DingTalk } from '../../dingtalk/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database.ts';
import { Session } from './session.entity.ts';
import { answerHead, type AnswerHead } from './session-answer.ts';
import { SessionStore, type IssuedToken } from './session-store.ts';
import { signIn, type SignInInput } from './sign-in.ts';

export { AnswerHead, answerHead, sessionAnswer } from './session-answer.ts';
export { sessionRoutes, type SessionRouteDeps } from './routes.ts';

/** Entities of this module, for the data source. */
export const sessionEntities = [Session] as const;

export interface SessionDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly config: Pick<Config, 'sessionSecret'>;
  /** Touched at a sign-in only. */
  readonly dingtalk: DingTalk;
}

/** Signed-in browsers. */
export interface SessionModule {
  /** @throws AppError session.wrong_corp, session.code_refused, session.not_employee; DingTalkError */
  signIn(input: SignInInput): Promise<IssuedToken & { userId: string }>;
  /** Who holds the token; null: nobody, or it has ended. */
  sessionOf(token: string): Promise<{ userId: string } | null>;
  /** A new token for one that is an hour old; null: keep it. */
  rotate(token: string): Promise<IssuedToken | null>;
  end(token: string): Promise<void>;
  /** See {@link answerHead}. */
  head(viewer: Viewer, dataAt: number | null): Promise<AnswerHead>;
  /** Ends all sessions of people who left, in the transaction that notes it. */
  endAll(tx: Sql, userIds: readonly string[]): Promise<void>;
}

export function createSession(deps: SessionDeps): SessionModule {
  const store = new SessionStore(deps.db, deps.clock, deps.config.sessionSecret);
  return {
    signIn: (input) => signIn({ db: deps.db, dingtalk: deps.dingtalk, store }, input),
    sessionOf: (token) => store.holderOf(token),
    rotate: (token) => store.rotate(token),
    end: (token) => store.end(token),
    head: (viewer, dataAt) => answerHead(deps, viewer, dataAt),
    endAll: (tx, userIds) => store.endAll(tx, userIds),
  };
}
