import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { AppError } from '@shigang/shared';
import { may, type Viewer } from '../../access/index.ts';
import { readCookie, sessionCookie } from './cookies.ts';
import type { ApiRoute, HttpExchange } from './route.ts';
import { assertAnswer, validated } from './validate.ts';

/** What mounting needs from the rest of the house. */
export interface MountDeps {
  readonly cookieName: string;
  /** Origin of PUBLIC_URL; every request that writes must come from it. */
  readonly origin: string;
  /** Answers are held to their own contract outside production. */
  readonly checkAnswers: boolean;
  readonly viewerOf: (sessionToken: string | null) => Promise<Viewer>;
  readonly limit: (key: string) => Promise<void>;
}

const WRITES = new Set(['POST', 'PUT', 'DELETE', 'PATCH']);

/** Puts the routes on the router in the order given; each request is judged before any of its input is looked at. */
export function mountRoutes(router: Router, routes: readonly ApiRoute[], deps: MountDeps): void {
  for (const route of routes) {
    const path = `/api/v1${route.contract.path.replace(/\{(\w+)\}/g, ':$1')}`;
    router.register(path, [route.contract.method], [handlerOf(route, deps)]);
  }
}

function handlerOf(route: ApiRoute, deps: MountDeps): Middleware {
  const { contract } = route;
  return async (ctx) => {
    if (WRITES.has(ctx.method)) assertOrigin(ctx, deps.origin);
    const http = exchangeOf(ctx, deps.cookieName);
    const viewer = await deps.viewerOf(http.sessionToken);
    await deps.limit(viewer.userId ?? http.address);
    assertMay(viewer, route);
    const answer = await route.handle({
      viewer,
      params: contract.params ? await validated(contract.params, ctx['params']) : {},
      query: contract.query ? await validated(contract.query, { ...ctx.query }) : {},
      body: contract.body ? await validated(contract.body, (ctx.request as { body?: unknown }).body) : {},
      http,
    });
    ctx.set('Cache-Control', 'private, no-store');
    if (answer === null) {
      ctx.status = 204;
      return;
    }
    if (deps.checkAnswers && contract.answer) await assertAnswer(contract.answer, answer);
    ctx.body = answer;
  };
}

function assertMay(viewer: Viewer, route: ApiRoute): void {
  if (may(viewer, route.contract.may)) return;
  throw new AppError(viewer.userId === null ? 'auth.required' : 'access.denied');
}

/** A missing Origin is refused too: every browser that can hold our cookie sends it with a write. */
export function assertOrigin(ctx: Context, origin: string): void {
  if (ctx.get('Origin') !== origin) throw new AppError('request.origin');
}

export function exchangeOf(ctx: Context, cookieName: string): HttpExchange {
  return {
    sessionToken: readCookie(ctx.get('Cookie'), cookieName),
    address: ctx.ip,
    header: (name) => ctx.get(name) || null,
    setSession: (token, maxAgeMs) => ctx.append('Set-Cookie', sessionCookie(cookieName, token, maxAgeMs)),
    clearSession: () => {
      ctx.append('Set-Cookie', sessionCookie(cookieName, '', 0));
      ctx.set('Clear-Site-Data', '"cache", "storage"');
    },
  };
}
