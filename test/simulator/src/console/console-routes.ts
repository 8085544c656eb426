import Router from '@koa/router';
import type { FakeClient } from '../client/fake-client.ts';
import { NoAppError } from '../client/fake-client.ts';
import { isoOf } from '../clock/shanghai.ts';
import { ControlError, controlBody, presentUserId } from '../control/control-body.ts';
import type { World } from '../world.ts';
import type { ChatMessage } from './chat.ts';
import { chatOf, unreadCounts } from './chat.ts';
import { tasksOf, waitingApprovals, waitingCounts } from './chat-tasks.ts';
import { consolePage } from './page.ts';
import { listPeople } from './people.ts';
import { consoleScript } from './script.ts';
import { consoleStyle } from './style.ts';

/** Calls that the console's log shows. */
const SHOWN_CALLS = 80;

/** The page may talk to itself, show pictures of messages, and frame the people's origins. */
const POLICY = [
  "default-src 'self'",
  "connect-src 'self' ws://127.0.0.1:*",
  "img-src 'self' data: http: https:",
  'frame-src http://127.0.0.1:* http: https:',
  "frame-ancestors 'none'",
].join('; ');

export interface ConsoleOptions {
  world: World;
  client: FakeClient;
  hasClockHook: boolean;
}

/** The console for people, and what it asks the simulator for. */
export function consoleRoutes({ world, client, hasClockHook }: ConsoleOptions): Router {
  const router = new Router();
  router.get('/', (ctx) => {
    ctx.set('content-security-policy', POLICY);
    ctx.set('cache-control', 'no-store');
    ctx.type = 'html';
    ctx.body = consolePage;
  });
  router.get('/_console/style.css', (ctx) => {
    ctx.type = 'css';
    ctx.body = consoleStyle;
  });
  router.get('/_console/script.js', (ctx) => {
    ctx.type = 'text/javascript';
    ctx.body = consoleScript;
  });
  router.get('/_sim/status', (ctx) => {
    ctx.body = statusOf({ world, client, hasClockHook });
  });
  router.get('/_sim/people', (ctx) => {
    const query = typeof ctx.query.q === 'string' ? ctx.query.q : '';
    const unread = unreadCounts(world.books.notices.entries());
    for (const [userid, count] of waitingCounts(world)) unread.set(userid, (unread.get(userid) ?? 0) + count);
    ctx.body = { groups: listPeople(world.directory, { query, unread }) };
  });
  router.get('/_sim/chat', (ctx) => {
    const person = world.directory.person(typeof ctx.query.userId === 'string' ? ctx.query.userId : '');
    if (person === undefined) throw new ControlError('没有这个人', 404);
    const { userid, name } = person;
    ctx.body = { userId: userid, name, messages: messagesOf(world, userid) };
  });
  router.post('/_sim/open', async (ctx) => {
    ctx.body = await openPage(world, client, controlBody(ctx));
  });
  router.post('/_sim/app', (ctx) => {
    const { url } = controlBody(ctx);
    try {
      client.useApp(typeof url === 'string' ? url : '');
    } catch (error) {
      throw error instanceof RangeError ? new ControlError(error.message) : error;
    }
    ctx.body = { url: client.appUrl };
  });
  return router;
}

function statusOf({ world, client, hasClockHook }: ConsoleOptions) {
  const calls = world.calls.calls();
  return {
    company: world.directory.corp.name,
    headcount: world.directory.present().length,
    now: isoOf(world.clock.now()),
    hasClockHook,
    appUrl: client.appUrl ?? null,
    quota: world.quota.state(),
    pushes: world.pushQuota.state(),
    approvals: waitingApprovals(world),
    connections: world.gate.entries().length,
    totals: world.calls.totals(),
    calls: calls.slice(-SHOWN_CALLS).reverse(),
    faults: world.faults.list(),
  };
}

/** Everything that reached the person, oldest first. */
const messagesOf = (world: World, userid: string): ChatMessage[] =>
  [...chatOf(world.books.notices.entries(), userid), ...tasksOf(world, userid)].sort((a, b) =>
    a.at < b.at ? -1 : a.at > b.at ? 1 : 0,
  );

async function openPage(world: World, client: FakeClient, body: Record<string, unknown>) {
  const userid = presentUserId(world, body.userId);
  const { link, form } = body;
  if (form !== undefined && form !== 'phone' && form !== 'pc')
    throw new ControlError('form 只能是 phone 或 pc');
  try {
    return await client.open({
      userid,
      link: typeof link === 'string' ? link : undefined,
      form,
    });
  } catch (error) {
    throw error instanceof NoAppError ? new ControlError(error.message, 409) : error;
  }
}
