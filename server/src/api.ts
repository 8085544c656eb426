import type { App } from './app.ts';
import { cycleRoutes } from './modules/cycle/index.ts';
import { evidenceRoutes } from './modules/evidence/index.ts';
import { matchRoutes } from './modules/match/index.ts';
import { jobRunRoutes } from './modules/ops/index.ts';
import { incentiveRoutes } from './modules/incentive/index.ts';
import { reviewRoutes } from './modules/review/index.ts';
import { roleChangeRoutes } from './modules/role-change/index.ts';
import { sessionRoutes, type SessionRouteDeps } from './modules/session/index.ts';
import { homeRoute } from './pages/home.ts';
import type { ApiRoute } from './platform/http/index.ts';

/** Every endpoint below /api/v1, except signing in, whose answer carries a page. */
export function dataRoutes(app: App): ApiRoute[] {
  const { db, clock, modules } = app;
  const { match, ops, incentive, session, cycle, roleChange, review, evidence } = modules;
  return [
    homeRoute(app),
    ...matchRoutes(match),
    ...incentiveRoutes({ db, clock, incentive }),
    ...cycleRoutes(cycle),
    ...roleChangeRoutes(roleChange),
    ...reviewRoutes(review, session),
    ...evidenceRoutes(evidence, session),
    ...jobRunRoutes(ops),
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
