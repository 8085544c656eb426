import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@shigang/server';
import { freePort } from './free-port.ts';
import { ROOT } from '../root.ts';
import { testServers } from '../servers.ts';
import { LAUNCHER, shigangJson, startShigang, type Env, type RunningShigang } from './shigang-process.ts';
import { createTestDatabase, urlOf } from '../databases/test-database.ts';
import { testRedis } from '../test-redis.ts';

/** A whole house of one suite: database, Redis prefix, simulator, and the public command line on them. */
export interface TestHouse {
  readonly db: Database;
  /** Environment of every process of the house. */
  readonly env: Env;
  readonly appUrl: string;
  readonly simulator: { readonly apiBase: string; readonly consoleUrl: string };
  /** Runs a command with `--json`. @throws Error with its outputs when it failed */
  run<Document>(...args: string[]): Promise<Document>;
  startServer(): Promise<RunningShigang>;
  /** @param more variables of this worker alone */
  startWorker(more?: Env): RunningShigang;
}

export interface HouseOptions {
  /** Business clock of product and simulator; the demo's by default. */
  readonly now?: string;
  /** Arguments of `simulator` that choose the organisation. */
  readonly org?: readonly string[];
  /** As in the demo: workers take DingTalk's events in, and the simulator's clock moves the product's. */
  readonly isLive?: boolean;
}

interface SimulatorDocument {
  readonly apiBase: string;
  readonly oapiBase: string;
  readonly consoleUrl: string;
  readonly corpId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly agentId: number | string;
}

/** Opens a house with real parts; everything ends after the suite's last test. Needs the build (`npm test` makes it). */
export async function openHouse(options: HouseOptions = {}): Promise<TestHouse> {
  const now = options.now ?? '2026-10-12T09:30+08:00';
  const [db, redis, port] = [await createTestDatabase(), await testRedis(), await freePort()];
  const appUrl = `http://127.0.0.1:${port}`;
  const org = options.org ?? ['--org', 'demo'];
  const own: Env = {
    DATABASE_URL: urlOf(db),
    REDIS_URL: redis.url,
    SHIGANG_REDIS_PREFIX: redis.prefix,
    SHIGANG_COOKIE_NAME: `shigang_${testServers().runId}`,
    PORT: String(port),
    PUBLIC_URL: appUrl,
    SESSION_SECRET: 'a secret of the tests alone',
    BUSINESS_NOW: now,
    ...(options.isLive ? { DINGTALK_EVENT_MODE: 'stream' } : {}),
  };
  const hook = options.isLive ? ['--on-clock', `"${process.execPath}" "${LAUNCHER}" tick --until`] : [];
  const simulator = startShigang(
    ['simulator', ...org, '--now', now, '--app', appUrl, ...hook, '--json'],
    own,
  );
  const [printed] = await simulator.printed(/\{.*"agentId".*\}/);
  const dingtalk = JSON.parse(printed) as SimulatorDocument;
  const env: Env = {
    ...own,
    DINGTALK_CORP_ID: dingtalk.corpId,
    DINGTALK_CLIENT_ID: dingtalk.clientId,
    DINGTALK_CLIENT_SECRET: dingtalk.clientSecret,
    DINGTALK_AGENT_ID: String(dingtalk.agentId),
    DINGTALK_API_BASE: dingtalk.apiBase,
    DINGTALK_OAPI_BASE: dingtalk.oapiBase,
  };
  return {
    db,
    env,
    appUrl,
    simulator: dingtalk,
    run: (...args) => shigangJson(args, env),
    startServer: () => startServer(env),
    startWorker: (more = {}) => startShigang(['worker'], { ...env, ...more }),
  };
}

const READY_MS = 30_000;

/** Starts `serve` and waits until it is ready at its PUBLIC_URL. @throws Error with its output when it is not */
export async function startServer(env: Env): Promise<RunningShigang> {
  const server = startShigang(['serve'], env);
  const end = performance.now() + READY_MS;
  for (;;) {
    const isReady = await fetch(`${env['PUBLIC_URL']}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return server;
    if (server.child.exitCode !== null || performance.now() > end) {
      throw new Error(`the server did not get ready: ${server.output()}`);
    }
    await new Promise((done) => setTimeout(done, 50));
  }
}

interface Steps {
  readonly period: string;
  readonly hrAdmin: string;
  readonly preparation: readonly { readonly args: string[] }[];
  readonly decisions: string;
  readonly afterwards: readonly { readonly args: string[] }[];
}

interface Decision {
  readonly userId: string;
  readonly tier: string;
  readonly targetRole: string;
  readonly reason: string;
}

/** The demo's story by the same commands as `npm run demo`, up to everything decided and computed, not published. */
export async function tellDemoStory(house: TestHouse): Promise<void> {
  const steps = readDocument<Steps>('scripts/demo/steps.json');
  for (const { args } of steps.preparation) await house.run(...args);
  const cycle = ['--period', steps.period, '--as', steps.hrAdmin];
  await house.run('cycle', 'confirm-all', ...cycle);
  const { decisions } = readDocument<{ decisions: Decision[] }>(steps.decisions);
  for (const { userId, tier, targetRole, reason } of decisions) {
    const decision = ['--user', userId, '--tier', tier, '--target-role', targetRole, '--reason', reason];
    await house.run('cycle', 'decide', ...cycle, ...decision);
  }
  for (const { args } of steps.afterwards) await house.run(...args);
}

/** Publishes the demo's cycle as its HR admin does; the cards leave with the next worker or `tick`. */
export async function publishDemoCycle(house: TestHouse): Promise<void> {
  const { period, hrAdmin } = readDocument<Steps>('scripts/demo/steps.json');
  await house.run('cycle', 'publish', '--period', period, '--as', hrAdmin);
}

const readDocument = <Document>(path: string): Document =>
  JSON.parse(readFileSync(join(ROOT, path), 'utf8')) as Document;
