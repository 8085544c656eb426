import type Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import { AppError } from '@shigang/shared';
import { may, nobody, type Viewer } from '../../access/index.ts';
import { answerWithContent } from './content.ts';
import { readCookie, sessionCookie } from './cookies.ts';
import type { ApiRoute, Audience, DtoClass, HttpExchange, RouteInput } from './route.ts';
import { receiving, type ReceivedFile } from './upload.ts';
import { assertAnswer, validated } from './validate.ts';

/** What an authenticator sees of a request; a signature is over the raw body. */
export interface Presented {
  readonly address: string;
  readonly rawBody: string | null;
  header(name: string): string | null;
}

/** Who presents this key or signature; null: nobody whom we know. */
export type Authenticator = (request: Presented) => Promise<Viewer | null>;

/** What mounting needs from the rest of the house. */
export interface MountDeps {
  readonly cookieName: string;
  /** Origin of PUBLIC_URL; a browser's request that writes must come from it. */
  readonly origin: string;
  /** Answers are held to their own contract outside production. */
  readonly checkAnswers: boolean;
  readonly viewerOf: (sessionToken: string | null) => Promise<Viewer>;
  /** Who is behind a key or a signature; a route for an audience that has none here stops the start. */
  readonly authenticators?: Readonly<Partial<Record<'key' | 'signed', Authenticator>>>;
  readonly limit: (key: string) => Promise<void>;
}

const WRITES = new Set(['POST', 'PUT', 'DELETE', 'PATCH']);

/**
 * Audience → whether a browser may be asking, which sends our cookie along with whatever another site made it send:
 * then a write must come from our origin. A key or a signature is nothing that a browser adds by itself.
 */
const IS_BROWSER: Readonly<Record<Audience, boolean>> = {
  session: true,
  public: true,
  key: false,
  signed: false,
};

/**
 * Puts the routes on the router in the order given; each request is judged before any of its input is looked at.
 * @throws Error for a route whose audience nobody here can recognise
 */
export function mountRoutes(router: Router, routes: readonly ApiRoute[], deps: MountDeps): void {
  for (const route of routes) {
    const { audience, method, path } = route.contract;
    if (!IS_BROWSER[audience] && !authenticatorOf(audience, deps))
      throw new Error(
        `${method} ${path} is for the audience ${audience}, for which there is no authenticator`,
      );
    router.register(`/api/v1${path.replace(/\{(\w+)\}/g, ':$1')}`, [method], [handlerOf(route, deps)]);
  }
}

const authenticatorOf = (audience: Audience, deps: MountDeps): Authenticator | undefined =>
  audience === 'key' || audience === 'signed' ? deps.authenticators?.[audience] : undefined;

function handlerOf(route: ApiRoute, deps: MountDeps): Middleware {
  const { contract } = route;
  return async (ctx) => {
    const viewer = await judged(ctx, route, deps);
    const answer = contract.upload
      ? await receiving(ctx, contract.upload, (file) => answered(ctx, route, { viewer, file, deps }))
      : await answered(ctx, route, { viewer, file: null, deps });
    ctx.set('Cache-Control', 'private, no-store');
    await put(ctx, route, { answer, deps });
  };
}

/** Who asks, once origin, limit and ability have been looked at, in this order. */
async function judged(ctx: Context, { contract }: ApiRoute, deps: MountDeps): Promise<Viewer> {
  const { audience } = contract;
  if (IS_BROWSER[audience] && WRITES.has(ctx.method)) assertOrigin(ctx, deps.origin);
  const viewer = await viewerOf(ctx, audience, deps);
  // Whoever is not known is counted by his address, also when he is refused.
  const isNobody = viewer === null || viewer.actor === nobody.actor;
  await deps.limit(isNobody ? ctx.ip : (viewer.userId ?? viewer.actor));
  if (viewer === null) throw new AppError('auth.refused');
  // Signing in would help whoever is nobody yet: 401; nothing helps the others: 403.
  if (contract.may !== undefined && !may(viewer, contract.may))
    throw new AppError(isNobody ? 'auth.required' : 'access.denied');
  return viewer;
}

function viewerOf(ctx: Context, audience: Audience, deps: MountDeps): Promise<Viewer | null> {
  if (audience === 'public') return Promise.resolve(nobody);
  if (audience === 'session') return deps.viewerOf(readCookie(ctx.get('Cookie'), deps.cookieName));
  const rawBody = (ctx.request as { rawBody?: unknown }).rawBody;
  const presented: Presented = {
    address: ctx.ip,
    rawBody: typeof rawBody === 'string' ? rawBody : null,
    header: (name) => ctx.get(name) || null,
  };
  return authenticatorOf(audience, deps)?.(presented) ?? Promise.resolve(null);
}

interface Judged {
  readonly viewer: Viewer;
  readonly file: ReceivedFile | null;
  readonly deps: MountDeps;
}

async function answered(
  ctx: Context,
  route: ApiRoute,
  { viewer, file, deps }: Judged,
): Promise<object | null> {
  const { params, query, body } = route.contract;
  const input: RouteInput<object, object, object> = {
    viewer,
    params: params ? await validated(params, ctx['params']) : {},
    query: query ? await validated(query, { ...ctx.query }) : {},
    body: body ? await validated(body, (ctx.request as { body?: unknown }).body) : {},
    http: exchangeOf(ctx, deps.cookieName, file),
  };
  return route.handle(input);
}

async function put(
  ctx: Context,
  { contract }: ApiRoute,
  { answer, deps }: { readonly answer: object | null; readonly deps: MountDeps },
): Promise<void> {
  if (answer === null) {
    ctx.status = 204;
    return;
  }
  if (contract.answer && 'kind' in contract.answer) {
    answerWithContent(ctx, contract.answer, answer);
    return;
  }
  if (deps.checkAnswers && contract.answer) await assertAnswer(contract.answer as DtoClass, answer);
  ctx.body = answer;
}

/** A missing Origin is refused too: every browser that can hold our cookie sends it with a write. */
export function assertOrigin(ctx: Context, origin: string): void {
  if (ctx.get('Origin') !== origin) throw new AppError('request.origin');
}

export function exchangeOf(ctx: Context, cookieName: string, file: ReceivedFile | null = null): HttpExchange {
  const gone = new AbortController();
  ctx.res.once('close', () => {
    if (!ctx.res.writableFinished) gone.abort();
  });
  return {
    sessionToken: readCookie(ctx.get('Cookie'), cookieName),
    address: ctx.ip,
    gone: gone.signal,
    file,
    header: (name) => ctx.get(name) || null,
    setSession: (token, maxAgeMs) => ctx.append('Set-Cookie', sessionCookie(cookieName, token, maxAgeMs)),
    clearSession: () => {
      ctx.append('Set-Cookie', sessionCookie(cookieName, '', 0));
      ctx.set('Clear-Site-Data', '"cache", "storage"');
    },
  };
}
