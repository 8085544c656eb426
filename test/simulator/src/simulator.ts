import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyParser } from '@koa/bodyparser';
import Router from '@koa/router';
import Koa from 'koa';
import type { Context, Next } from 'koa';
import { serveRoute, serveUnknown } from './api/gateway/gateway.ts';
import { apiRoutes } from './api/index.ts';
import { FakeClient } from './client/fake-client.ts';
import { readInstant } from './clock/shanghai.ts';
import { consoleRoutes } from './console/console-routes.ts';
import { LiveFeed } from './console/live.ts';
import { ControlError } from './control/control-body.ts';
import { controlRoutes } from './control/control-routes.ts';
import type { StreamTiming } from './events/stream-timing.ts';
import { generateOrg } from './org/generate-org.ts';
import type { Edition, OrgFile } from './org/org-file.ts';
import { readOrg } from './org/read-org-file.ts';
import type { World } from './world.ts';
import { createWorld } from './world.ts';

/** The only interface it listens on: the control calls let anybody log in as anybody. */
const HOST = '127.0.0.1';
/** Joiners and leavers of a new day are looked for this often. */
const PRESENCE_MS = 60_000;
/** Which of the forms that no source confirms come when. */
const VARIATION_SEED = 7;

export interface SimulatorOptions {
  /** 0 or absent: any free port. */
  port?: number;
  org: OrgFile | { employees: number; seed: number };
  /** Overrules the organisation's own edition. */
  edition?: Edition;
  /** ISO instant at which the simulator's clock starts; absent: real time. */
  now?: string;
  /** Command line run after every move of the clock, with the new instant as its last argument. */
  onClock?: string;
  /** Address of the product (its PUBLIC_URL), which the fake client opens. */
  appUrl?: string;
  /** Seed of the forms that answers may take where the documents leave them open; null: always the usual form. */
  variationSeed?: number | null;
  /** Permission points that the app was not given. */
  withheldPermissions?: string[];
  /** Times of the Stream, ms of real time; absent: DingTalk's own. For tests that cannot wait. */
  streamTiming?: Partial<StreamTiming>;
  /** Told about errors inside the simulator itself. */
  log?: (message: string) => void;
}

export interface Simulator {
  port: number;
  apiBase: string;
  oapiBase: string;
  consoleUrl: string;
  corpId: string;
  clientId: string;
  clientSecret: string;
  agentId: number;
  /** Ends every connection and frees every port. */
  close(): Promise<void>;
}

/**
 * Starts a make-believe DingTalk on the loopback interface: both hosts' paths, the control calls and the console on
 * one port.
 *
 * @throws OrgFileError, RangeError when the options make no sense; the system's error when the port is taken
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const world = worldOf(options);
  const client = new FakeClient(world, options.appUrl);
  const live = new LiveFeed();
  const server = createServer(
    appOf({ world, client, live, options }).callback() as (...args: unknown[]) => void,
  );
  server.on('upgrade', (request, socket, head) => {
    if (!world.gate.upgrade(request, socket, head) && !live.upgrade(request, socket, head)) socket.destroy();
  });
  // Days turn while nobody touches the clock.
  const presence = setInterval(() => world.orgEvents.settlePresence(), PRESENCE_MS).unref();
  const port = await listen(server, options.port ?? 0);
  const base = `http://${HOST}:${port}`;
  return {
    port,
    apiBase: base,
    oapiBase: base,
    consoleUrl: `${base}/`,
    ...world.credentials,
    close: async () => {
      clearInterval(presence);
      world.events.close();
      world.gate.close();
      live.close();
      await Promise.all([client.close(), closeServer(server)]);
    },
  };
}

interface Parts {
  world: World;
  client: FakeClient;
  live: LiveFeed;
  options: SimulatorOptions;
}

function appOf({ world, client, live, options }: Parts): Koa {
  const app = new Koa();
  const log = options.log ?? ((message: string) => console.error(message));
  app.on('error', (error: Error) => log(`simulator: ${error.stack ?? error.message}`));
  app.use(live.watch);
  app.use(guard);
  app.use(
    bodyParser({
      enableTypes: ['json', 'form'],
      jsonLimit: '2mb',
      formLimit: '2mb',
      onError: (_error, ctx) => {
        ctx.state.isBodyUnreadable = true;
      },
    }),
  );
  app.use(serveUnknown(world));
  app.use(apiRouter(world).routes());
  app.use(controlRoutes({ world, onClock: options.onClock }).routes());
  app.use(consoleRoutes({ world, client, hasClockHook: options.onClock !== undefined }).routes());
  return app;
}

function worldOf(options: SimulatorOptions): World {
  const now = options.now === undefined ? undefined : readInstant(options.now);
  if (options.now !== undefined && now === undefined) throw new RangeError(`no ISO instant: ${options.now}`);
  const { org } = options;
  return createWorld({
    org: 'employees' in org && typeof org.employees === 'number' ? generated(org) : readOrg(org),
    edition: options.edition,
    now,
    variationSeed: options.variationSeed === undefined ? VARIATION_SEED : options.variationSeed,
    streamTiming: options.streamTiming,
    withheldPermissions: options.withheldPermissions,
  });
}

const generated = (org: { employees: unknown; seed?: unknown }): OrgFile =>
  generateOrg(Number(org.employees), Number(org.seed ?? 1));

function apiRouter(world: World): Router {
  const router = new Router();
  for (const route of apiRoutes) {
    router.register(route.path.replaceAll(/\{(\w+)\}/g, ':$1'), [route.method], serveRoute(world, route));
  }
  return router;
}

/**
 * Control calls answer their mistakes in one sentence. A page of another site in the same browser may not make any:
 * they log in as anybody.
 */
async function guard(ctx: Context, next: Next): Promise<void> {
  try {
    const origin = ctx.get('origin');
    if (origin !== '' && origin !== `http://${ctx.host}`)
      throw new ControlError('只有控制台自己的页面可以这样做', 403);
    await next();
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    ctx.status = error.status;
    ctx.body = { error: { code: 'simulator.bad_request', message: error.message } };
  }
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
