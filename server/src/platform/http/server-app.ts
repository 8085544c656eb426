import { randomUUID } from 'node:crypto';
import Router from '@koa/router';
import { bodyParser } from '@koa/bodyparser';
import Koa, { type Context, type Middleware } from 'koa';
import helmet from 'koa-helmet';
import type { Log } from '../log.ts';
import type { HttpMetrics } from '../metrics.ts';
import { problemOf } from './problem.ts';

/** Bodies are small documents; files come in through the command line in this release. */
const BODY_LIMIT = '256kb';

export interface ServerAppDeps {
  readonly log: Log;
  readonly metrics: HttpMetrics;
  /** Real time in ms. */
  readonly now: () => number;
  /** Stand-alone parts with a body handling of their own, asked before the router. */
  readonly parts: readonly Middleware[];
}

/** The Koa application that all routes hang on: request ids, log, metrics, security headers, problem documents. */
export function createServerApp(deps: ServerAppDeps, attach: (router: Router) => void): Koa {
  // The nearest proxy's word counts: DingTalk reaches the service through one (docs/operations.md).
  const app = new Koa({ proxy: true, maxIpsCount: 1 });
  app.use(observed(deps));
  app.use(
    helmet({
      contentSecurityPolicy: false,
      frameguard: false,
      crossOriginEmbedderPolicy: false,
    }),
  );
  for (const part of deps.parts) app.use(part);
  app.use(bodyParser({ enableTypes: ['json'], jsonLimit: BODY_LIMIT }));
  const router = new Router();
  attach(router);
  app.use(router.routes() as unknown as Middleware);
  app.on('error', (error: unknown) => deps.log.error({ err: error }, 'response failed'));
  return app;
}

function observed(deps: ServerAppDeps): Middleware {
  return async (ctx, next) => {
    const started = deps.now();
    const requestId = randomUUID();
    ctx.set('X-Request-Id', requestId);
    try {
      await next();
    } catch (error) {
      answerWithProblem(ctx, error, requestId, deps.log);
    }
    const route = (ctx as { _matchedRoute?: unknown })._matchedRoute;
    const figures = {
      method: ctx.method,
      route: typeof route === 'string' ? route : 'none',
      status: ctx.status,
    };
    const seconds = (deps.now() - started) / 1000;
    deps.metrics.observe({ ...figures, seconds });
    deps.log.debug({ ...figures, requestId, seconds }, 'request');
  };
}

function answerWithProblem(ctx: Context, error: unknown, requestId: string, log: Log): void {
  const problem = problemOf(error, requestId);
  const level = problem.status >= 500 ? 'error' : 'debug';
  log[level]({ err: error, requestId, code: problem.code }, 'request failed');
  ctx.status = problem.status;
  ctx.set('Cache-Control', 'no-store');
  if (problem.status === 503) ctx.set('Retry-After', '5');
  ctx.body = problem;
  ctx.type = 'application/problem+json';
}
