import { AppError } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import type { Sql } from '../../platform/database.ts';
import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import { SignInAnswer, SignInBody } from './dto.ts';
import type { SessionModule } from './index.ts';
import { SessionAnswer, sessionAnswer } from './session-answer.ts';

export interface SessionRouteDeps {
  readonly db: Sql;
  readonly session: SessionModule;
  readonly viewerOfEmployee: (userId: string) => Promise<Viewer>;
  /** The page of an address for the one who just signed in; null for the desk and unknown addresses. */
  readonly pageFor: (viewer: Viewer, address: string | null) => Promise<object | null>;
}

/** Header with the address of the page that the sign-in came from. */
const PAGE_HEADER = 'x-shigang-page';

/** Sign in, who am I, sign out. */
export const sessionRoutes = (deps: SessionRouteDeps): ApiRoute[] => [
  signInRoute(deps),
  whoAmIRoute(deps),
  signOutRoute(deps),
];

const signInRoute = (deps: SessionRouteDeps): ApiRoute =>
  endpoint(
    {
      method: 'POST',
      path: '/session',
      audience: 'public',
      summary: 'Sign in with a login code of the DingTalk client',
      body: SignInBody,
      answer: SignInAnswer,
    },
    async ({ body, http }) => {
      const { corpId, authCode } = body;
      const started = await deps.session.signIn({ corpId, authCode, previousToken: http.sessionToken });
      const viewer = await deps.viewerOfEmployee(started.userId);
      http.setSession(started.token, started.maxAgeMs);
      return {
        session: await sessionAnswer(deps.db, viewer),
        page: await deps.pageFor(viewer, http.header(PAGE_HEADER)),
      };
    },
  );

const whoAmIRoute = (deps: SessionRouteDeps): ApiRoute =>
  endpoint(
    {
      method: 'GET',
      path: '/session',
      audience: 'session',
      may: 'own.read',
      summary: 'Who is signed in, and which doors are open',
      answer: SessionAnswer,
    },
    async ({ viewer, http }) => {
      if (http.sessionToken === null) throw new AppError('auth.required');
      const renewed = await deps.session.rotate(http.sessionToken);
      if (renewed) http.setSession(renewed.token, renewed.maxAgeMs);
      return sessionAnswer(deps.db, viewer);
    },
  );

const signOutRoute = (deps: SessionRouteDeps): ApiRoute =>
  endpoint(
    { method: 'DELETE', path: '/session', audience: 'session', may: 'own.read', summary: 'Sign out' },
    async ({ http }) => {
      if (http.sessionToken !== null) await deps.session.end(http.sessionToken);
      http.clearSession();
      return null;
    },
  );
