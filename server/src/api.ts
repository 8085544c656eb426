import type { App } from './app.ts';
import { monthlyQuota } from './dingtalk/index.ts';
import { incentiveRoutes } from './modules/incentive/index.ts';
import { reviewRoutes } from './modules/review/index.ts';
import { sessionRoutes, type SessionRouteDeps } from './modules/session/index.ts';
import { homeRoute } from './pages/home.ts';
import type { ApiRoute } from './platform/http/index.ts';

/** Every endpoint below /api/v1, except signing in, whose answer carries a page. */
export function dataRoutes(app: App): ApiRoute[] {
  const { db, clock, audit, outbox } = app;
  const { settings, facts, incentive, notice, approval, development } = app.modules;
  return [
    homeRoute(app),
    ...incentiveRoutes({ db, clock, incentive }),
    ...reviewRoutes(
      { db, clock, audit, outbox, settings, facts, approval, development, monthlyQuota },
      notice,
    ),
  ];
}

/** Signing in and out. */
export const signInRoutes = (app: App, pageFor: SessionRouteDeps['pageFor']): ApiRoute[] =>
  sessionRoutes({
    db: app.db,
    session: app.modules.session,
    viewerOfEmployee: (userId) => app.viewerOfEmployee(userId),
    pageFor,
  });
