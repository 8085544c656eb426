import type { Context, Next } from 'koa';
import type { FaultKind } from '../../faults/faults.ts';
import type { World } from '../../world.ts';
import { NewApiError, OldApiError } from './answer-errors.ts';
import type { Reply } from './envelopes.ts';
import { newFailure, oldFailure, success, unknownPath } from './envelopes.ts';
import {
  busy,
  permissionMissing,
  quotaUsedUp,
  tokenInvalid,
  tokenMissing,
  tooFast,
} from './gateway-errors.ts';
import { send, sendHtml, sendNothing, sendTruncated } from './sending.ts';
import type { ApiRoute } from './route.ts';

/** Faults that leave the answer's content alone and spoil its way back, or the message's way on. */
type Passing = Extract<FaultKind, 'truncate' | 'undelivered'>;
const isPassing = (fault: FaultKind | undefined): fault is Passing =>
  fault === 'truncate' || fault === 'undelivered';

/**
 * The gateway in front of every call: fault, token, permission, calls per second, monthly quota, then the call
 * itself; the log keeps how it ended.
 */
export function serveRoute(world: World, route: ApiRoute) {
  return async (ctx: Context): Promise<void> => {
    const startedAt = world.clock.real();
    const fault = world.faults.strike({ method: route.method, paths: [route.path, ctx.path] });
    const keep = (status: number, code: string | undefined, isCounted: boolean): void =>
      world.calls.add({
        host: route.host,
        method: route.method,
        path: route.path,
        status,
        ...(code === undefined ? {} : { code }),
        metered: isCounted,
        purpose: route.purpose,
        ms: world.clock.real() - startedAt,
      });
    if (fault === 'hang') {
      await sendNothing(ctx);
      return keep(0, 'hang', route.metered);
    }
    if (fault === 'html') {
      sendHtml(ctx);
      return keep(200, 'html', route.metered);
    }
    const { reply, isCounted } = answer(world, route, { ctx, fault });
    keep(reply.status, fault === 'truncate' ? 'truncate' : reply.code, isCounted);
    if (fault === 'truncate') sendTruncated(ctx, reply);
    else send(ctx, reply);
  };
}

/** Paths of DingTalk that the simulator does not know are logged and refused as DingTalk would. */
export function serveUnknown(world: World) {
  return async (ctx: Context, next: Next): Promise<void> => {
    await next();
    if (ctx.status !== 404 || ctx.body !== undefined) return;
    const reply = unknownPath(ctx.path);
    const host = ctx.path.startsWith('/v1.0/') ? 'api' : 'oapi';
    const { status, code } = reply;
    world.calls.add({
      host,
      method: ctx.method,
      path: ctx.path,
      status,
      code: code ?? '',
      metered: false,
      ms: 0,
    });
    send(ctx, reply);
  };
}

interface Request {
  ctx: Context;
  fault: FaultKind | undefined;
}

/** @returns the reply, and whether the call counts against the month: one that is refused for its rate does not */
function answer(world: World, route: ApiRoute, request: Request): { reply: Reply; isCounted: boolean } {
  const refusal = refuse(world, route, request);
  if (refusal !== undefined) {
    const isCounted = route.metered && refusal.isCounted;
    if (isCounted) world.quota.count();
    return { reply: failure(world, route, refusal.error), isCounted };
  }
  if (route.metered) world.quota.count();
  try {
    const body = bodyOf(request.ctx, route);
    const call = {
      params: paramsOf(request.ctx),
      host: request.ctx.host,
      query: queryOf(request.ctx),
      body,
      isUndelivered: request.fault === 'undelivered',
    };
    return { reply: success(route, route.answer(world, call), world.variation), isCounted: route.metered };
  } catch (error) {
    return { reply: failure(world, route, error), isCounted: route.metered };
  }
}

function refuse(
  world: World,
  route: ApiRoute,
  { ctx, fault }: Request,
): { error: Error; isCounted: boolean } | undefined {
  const { host } = route;
  if (fault === 'token') world.tokens.revokeAppToken();
  if (fault === 'http500')
    return { error: new NewApiError(500, 'unknownError', '未知错误'), isCounted: true };
  if (fault === 'busy') return { error: busy(host), isCounted: true };
  if (fault === 'qps' || !world.rate.take(`${route.method} ${route.path}`))
    return { error: tooFast(host), isCounted: false };
  const token = host === 'oapi' ? queryOf(ctx).access_token : ctx.get('x-acs-dingtalk-access-token');
  if (route.needsToken && !token) return { error: tokenMissing(host), isCounted: false };
  if (route.needsToken && !world.tokens.isAppToken(token ?? '')) {
    return { error: tokenInvalid(host), isCounted: false };
  }
  if (fault === 'denied' || world.withheldPermissions.has(route.permission)) {
    return { error: permissionMissing(host, route.permission, world.credentials), isCounted: true };
  }
  const { used, limit } = world.quota.state();
  if (fault === 'quota' || (route.metered && world.quota.isRefusing())) {
    return { error: quotaUsedUp(host, used, limit), isCounted: true };
  }
  if (fault !== undefined && !isPassing(fault)) return { error: tokenInvalid(host), isCounted: false };
  return undefined;
}

function failure(world: World, route: ApiRoute, error: unknown): Reply {
  if (error instanceof NewApiError) return newFailure(error);
  if (error instanceof OldApiError) return oldFailure(route.path, error, world.variation);
  throw error;
}

/** The router's own, typed. */
const paramsOf = (ctx: Context): Record<string, string> => ctx.params as Record<string, string>;

const queryOf = (ctx: Context): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(ctx.querystring).entries());

/** @throws OldApiError 47001 or NewApiError when the body cannot be read */
function bodyOf(ctx: Context, route: ApiRoute): Record<string, unknown> {
  if (ctx.state.isBodyUnreadable === true) {
    throw route.host === 'oapi'
      ? new OldApiError(47001, '解析JSON内容错误')
      : new NewApiError(400, 'invalidParameter', '请求体不是合法的JSON');
  }
  const body: unknown = ctx.request.body;
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}
