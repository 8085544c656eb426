import { once } from 'node:events';
import type { Database } from '@shigang/server';
import { demoOrg } from '@shigang/simulator';
import type { DatabaseCopy } from '../../harness/databases/database-copy.ts';
import { houseOver, processEnv, STARTS_AT, type DecisionHouse } from '../../harness/decision-house.ts';
import { booksOf, reached, storedState } from '../../harness/decision-state.ts';
import { startServer } from '../../harness/processes/house.ts';
import { startShigang, type Env, type RunningShigang } from '../../harness/processes/shigang-process.ts';
import { signedIn } from '../../harness/processes/signed-in.ts';
import { startTestDingTalk } from '../../harness/test-dingtalk.ts';
import { removeKeys, type TestRedis } from '../../harness/test-redis.ts';
import { until } from '../../harness/until.ts';
import { openEvents } from '../decision-events.ts';
import { brokenInvariants } from '../decision-invariants.ts';
import { work } from '../decision-story.ts';
import { EffectWatch, type Effect, type KillPoint } from './effects.ts';
import { openHttpGate } from './http-gate.ts';
import { openMysqlGate, type Gate } from './mysql-gate.ts';
import { ROUTE, type RouteStep, type ServerStep, type WorkerStep } from './route-steps.ts';

/** A database and a Redis prefix in which one route after the other is told. */
export interface Lane {
  readonly db: Database;
  readonly redis: TestRedis;
  /** The cycle in review, everybody decided. */
  readonly copy: DatabaseCopy;
}

export interface Disturbance {
  /** The process dies there. */
  readonly point?: KillPoint;
  /** The process dies so long after its work began. */
  readonly afterMs?: number;
  /** Called at each of its effects. */
  readonly atEffect?: () => Promise<void>;
  /** Another worker is up when it dies. */
  readonly hasHeir?: boolean;
}

/** How a route ended. */
export interface End {
  readonly stored: Record<string, string[]>;
  readonly reached: Record<string, string[]>;
  readonly broken: readonly string[];
  /** What the process of the step did outside of itself, as long as it lived. */
  readonly effects: readonly Effect[];
  readonly wasKilled: boolean;
  /** From the start of the step's work to its end or the process's death. */
  readonly tookMs: number;
  /** From the death to the heir's taking up what the dead one had held. */
  readonly takenUpMs: number | null;
}

type Run = Pick<End, 'wasKilled' | 'tookMs' | 'takenUpMs'>;

/** Tells the whole route; `step` is done by a process of its own, which may die on the way. */
export async function tellRoute(lane: Lane, step: RouteStep, disturbance: Disturbance = {}): Promise<End> {
  const { db, redis } = lane;
  await removeKeys(redis.client, redis.prefix);
  await lane.copy.restore(db);
  const dingtalk = await startTestDingTalk({ db, redis, org: demoOrg(), now: STARTS_AT });
  const house = await houseOver(db, redis, dingtalk);
  try {
    const at = ROUTE.indexOf(step);
    await listening(house, async () => {
      for (const earlier of ROUTE.slice(0, at)) await earlier.tell(house);
    });
    const watch = new EffectWatch(disturbance.point ?? null);
    const run = await byProcess(lane, house, step, { ...disturbance, watch });
    dingtalk.clock.followReal(Date.now());
    await listening(house, async () => {
      // Another process takes up what the dead one left; what a person had asked for, the person has asked again.
      if (step.by === 'worker') await (run.wasKilled ? step.tell(house) : work(house));
      for (const later of ROUTE.slice(at + 1)) await later.tell(house);
    });
    return {
      stored: await storedState(db),
      reached: reached(await booksOf(dingtalk)),
      broken: await brokenInvariants(house),
      effects: watch.effects,
      ...run,
    };
  } finally {
    await dingtalk.simulator.close();
  }
}

async function listening(house: DecisionHouse, tell: () => Promise<void>): Promise<void> {
  const events = await openEvents(house);
  try {
    await tell();
  } finally {
    await events.close();
  }
}

interface Watched extends Disturbance {
  readonly watch: EffectWatch;
}

/** The step by a process whose effects pass through gates. */
async function byProcess(lane: Lane, house: DecisionHouse, step: RouteStep, watched: Watched): Promise<Run> {
  const env = await processEnv(lane.db, lane.redis, house.dingtalk);
  const gates = await openGates(env, watched.watch);
  const envs = { env, gated: { ...env, ...gates.env } };
  try {
    return step.by === 'server'
      ? await serve(house, step, envs, watched)
      : await workOff(house, step, envs, watched);
  } finally {
    await gates.close();
  }
}

interface Envs {
  readonly env: Env;
  /** Through the gates. */
  readonly gated: Env;
}

async function serve(house: DecisionHouse, step: ServerStep, envs: Envs, watched: Watched): Promise<Run> {
  const appUrl = envs.env['PUBLIC_URL'] ?? '';
  const address = { env: envs.env, appUrl, simulator: { apiBase: house.dingtalk.config.apiBase } };
  const ask = (): Promise<void> => step.ask(house, (userId) => signedIn(address, userId));
  const server = await startServer(envs.gated);
  watched.watch.start();
  const from = performance.now();
  let refusal: unknown = null;
  const asked = ask().catch((error: unknown) => (refusal = error));
  const wasKilled = await killedBefore(asked, server, watched);
  const tookMs = performance.now() - from;
  await server.stop();
  if (wasKilled) {
    const next = await startServer(envs.env);
    // What had happened before is refused as done, which the person sees.
    await ask().catch((error: unknown) => {
      if (!/: 409 /.test(String(error))) throw error;
    });
    await next.stop();
  } else if (refusal !== null) throw refusal as Error;
  return { wasKilled, tookMs, takenUpMs: null };
}

async function workOff(house: DecisionHouse, step: WorkerStep, envs: Envs, watched: Watched): Promise<Run> {
  const { db } = house;
  await step.prepare?.(house);
  const now = { BUSINESS_NOW: new Date(house.dingtalk.clock.now()).toISOString(), LOG_LEVEL: 'info' };
  watched.watch.start(watched.atEffect);
  const worker = startShigang(['worker'], { ...envs.gated, ...now });
  if (step.cause) {
    await Promise.race([up(worker), watched.watch.arrived]);
    await step.cause(house);
  }
  const from = performance.now();
  let isGone = false;
  const isOver = async (): Promise<boolean> => (await isWorkedOff(db)) && ((await step.isDone?.(db)) ?? true);
  const done = until(`the end of “${step.name}”`, async () =>
    isGone || (await isOver()) ? true : undefined,
  );
  const heir = watched.hasHeir ? await heirOf(watched.watch, db, { ...envs.env, ...now }) : null;
  const wasKilled = await killedBefore(done, worker, watched);
  const tookMs = performance.now() - from;
  isGone = true;
  await done;
  await worker.stop();
  const takenUpMs = heir === null ? null : await heir.takenUp();
  if (heir !== null) await until('the heir’s end', async () => ((await isOver()) ? true : undefined));
  await heir?.worker.stop();
  return { wasKilled, tookMs, takenUpMs };
}

const UP_MS = 120_000;
/** It listens to DingTalk, unless it was ended on the way there. */
const up = (worker: RunningShigang): Promise<unknown> =>
  worker.printed(/"event stream is open"/, UP_MS).catch((error: unknown) => {
    if (worker.child.signalCode !== 'SIGKILL') throw error;
  });
const LOOK_MS = 20;

interface Heir {
  readonly worker: RunningShigang;
  /** Ms from this call until something is tried that another had held. */
  takenUp(): Promise<number>;
}

/** Starts a second worker once the first stands at its point; resolves when it has done all that the first does not hold. */
async function heirOf(watch: EffectWatch, db: Database, env: Env): Promise<Heir> {
  await watch.arrived;
  const worker = startShigang(['worker'], env);
  await up(worker);
  await until('the heir’s own work', async () => ((await freeRows(db)) === 0 ? true : undefined));
  const tried = await attempts(db);
  return {
    worker,
    takenUp: async () => {
      const from = performance.now();
      while ((await attempts(db)) === tried) await new Promise((done) => setTimeout(done, LOOK_MS));
      return performance.now() - from;
    },
  };
}

async function attempts(db: Database): Promise<number> {
  const [sum] = await db.select<{ n: number }>(
    'SELECT (SELECT COALESCE(SUM(attempts), 0) FROM outbox) + (SELECT COALESCE(SUM(attempts), 0) FROM inbox) AS n',
  );
  return Number(sum?.n);
}

/** Kills the process when it stands at its point or its time has come, unless the work is over before. */
async function killedBefore(
  work: Promise<unknown>,
  { child }: RunningShigang,
  { watch, afterMs }: Watched,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const moment = new Promise<'killed'>((resolve) => {
    void watch.arrived.then(() => resolve('killed'));
    if (afterMs !== undefined) timer = setTimeout(() => resolve('killed'), afterMs);
  });
  const first = await Promise.race([moment, work]);
  clearTimeout(timer);
  if (first !== 'killed') return false;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
  return true;
}

/** Rows that are due and that nobody holds, in real time. */
async function freeRows(db: Database): Promise<number> {
  const now = new Date();
  const [open] = await db.select<{ n: number }>(
    `SELECT (SELECT COUNT(*) FROM outbox
              WHERE (state = 'pending' AND due_at <= ?) OR (state = 'sending' AND lease_until <= ?))
       + (SELECT COUNT(*) FROM inbox WHERE state = 'pending' AND (lease_until IS NULL OR lease_until <= ?)) AS n`,
    [now, now, now],
  );
  return Number(open?.n);
}

/** Nothing is due, in real time. */
async function isWorkedOff(db: Database): Promise<boolean> {
  const [open] = await db.select<{ n: number }>(
    `SELECT (SELECT COUNT(*) FROM outbox WHERE (state = 'pending' AND due_at <= ?) OR state = 'sending')
       + (SELECT COUNT(*) FROM inbox WHERE state = 'pending') AS n`,
    [new Date()],
  );
  return Number(open?.n) === 0;
}

async function openGates(env: Env, watch: EffectWatch): Promise<{ env: Env; close(): Promise<void> }> {
  const [database, api] = [new URL(env['DATABASE_URL'] ?? ''), new URL(env['DINGTALK_API_BASE'] ?? '')];
  const gates: Gate[] = [await openMysqlGate(database, watch), await openHttpGate(api, watch)];
  const [mysql, http] = gates.map(({ port }) => String(port));
  const through = (url: string | undefined, port: string | undefined): string =>
    Object.assign(new URL(url ?? ''), { hostname: '127.0.0.1', port }).href.replace(/\/$/, '');
  return {
    env: {
      DATABASE_URL: through(env['DATABASE_URL'], mysql),
      DINGTALK_API_BASE: through(env['DINGTALK_API_BASE'], http),
      DINGTALK_OAPI_BASE: through(env['DINGTALK_OAPI_BASE'], http),
    },
    close: async () => {
      for (const gate of gates) await gate.close();
    },
  };
}
