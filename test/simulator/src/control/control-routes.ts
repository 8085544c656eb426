import Router from '@koa/router';
import type { Context } from 'koa';
import { runClockHook } from '../clock/clock-hook.ts';
import { isoOf, readDuration, readInstant } from '../clock/shanghai.ts';
import type { FaultRequest } from '../faults/faults.ts';
import type { OrgChange } from '../org/change-org.ts';
import { changeOrg, OrgChangeError } from '../org/change-org.ts';
import type { World } from '../world.ts';
import { addApprovalRoutes } from './approval-routes.ts';
import { ControlError, controlBody, presentUserId } from './control-body.ts';
import { addEventRoutes } from './event-routes.ts';

export interface ControlOptions {
  world: World;
  onClock?: string | undefined;
}

/** `/_sim/…`: what demo and tests do to the make-believe DingTalk. */
export function controlRoutes({ world, onClock }: ControlOptions): Router {
  const router = new Router({ prefix: '/_sim' });
  router.get('/books', (ctx) => {
    ctx.body = world.books.view();
  });
  router.get('/calls', (ctx) => {
    ctx.body = { calls: world.calls.calls(), totals: world.calls.totals(), quota: world.quota.state() };
  });
  router.get('/faults', (ctx) => {
    ctx.body = { faults: world.faults.list() };
  });
  router.post('/faults', (ctx) => {
    ctx.body = addFault(world, controlBody(ctx));
  });
  router.delete('/faults', (ctx) => {
    const id = ctx.query.id;
    world.faults.clear(typeof id === 'string' ? Number(id) : undefined);
    ctx.body = { faults: world.faults.list() };
  });
  router.post('/org', (ctx) => {
    ctx.body = applyOrgChange(world, controlBody(ctx));
  });
  router.post('/login', (ctx) => {
    ctx.body = { authCode: world.tokens.authCode(presentUserId(world, controlBody(ctx).userId)) };
  });
  router.post('/notices/:id/read', (ctx) => {
    const userid = presentUserId(world, controlBody(ctx).userId);
    ctx.body = { read: world.books.notices.read(ctx.params.id ?? '', userid) };
  });
  router.get('/clock', (ctx) => {
    ctx.body = { now: isoOf(world.clock.now()), hasHook: onClock !== undefined };
  });
  router.post('/clock', async (ctx) => {
    moveClock(world, controlBody(ctx));
    world.orgEvents.settlePresence();
    const now = isoOf(world.clock.now());
    if (onClock === undefined) ctx.body = { now };
    else ctx.body = { now, hook: await runClockHook(onClock, now, settingsOf(world, ctx)) };
  });
  addApprovalRoutes(router, world);
  addEventRoutes(router, world);
  return router;
}

/** The settings by which the product finds this simulator: the hook's command may call it. */
function settingsOf(world: World, ctx: Context): Record<string, string> {
  const { corpId, clientId, clientSecret, agentId } = world.credentials;
  const base = `http://${ctx.host}`;
  return {
    DINGTALK_API_BASE: base,
    DINGTALK_OAPI_BASE: base,
    DINGTALK_CORP_ID: corpId,
    DINGTALK_CLIENT_ID: clientId,
    DINGTALK_CLIENT_SECRET: clientSecret,
    DINGTALK_AGENT_ID: String(agentId),
  };
}

function addFault(world: World, request: FaultRequest): unknown {
  try {
    return world.faults.add(request);
  } catch (error) {
    throw error instanceof RangeError ? new ControlError(error.message) : error;
  }
}

function applyOrgChange(world: World, body: Record<string, unknown>): unknown {
  try {
    return changeOrg(world, body as unknown as OrgChange);
  } catch (error) {
    throw error instanceof OrgChangeError ? new ControlError(error.message) : error;
  }
}

function moveClock(world: World, { now, advance }: Record<string, unknown>): void {
  if (typeof now === 'string') {
    const at = readInstant(now);
    if (at === undefined) throw new ControlError('now 应为 ISO 时刻，例如 2026-10-12T09:30+08:00');
    world.clock.set(at);
    return;
  }
  const ms = typeof advance === 'string' ? readDuration(advance) : undefined;
  if (ms === undefined) throw new ControlError('需要 now（ISO 时刻）或 advance（ISO 时长，例如 PT1H）');
  world.clock.advance(ms);
}
