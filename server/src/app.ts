import type { Redis } from 'ioredis';
import { AppError } from '@shigang/shared';
import { loadViewer, nobody, type Viewer } from './access/index.ts';
import { AuditLog } from './audit/audit-log.ts';
import type { Config, Need } from './config/env.ts';
import { createDingTalk, type DingTalk } from './dingtalk/index.ts';
import { createModules, entities, type Modules } from './modules.ts';
import { BusinessClock, type MovableClock } from './platform/clock.ts';
import { Database } from './platform/database.ts';
import { JobRuns } from './platform/job-runs/job-runs.ts';
import { createLog, type Log } from './platform/log.ts';
import { Outbox } from './platform/outbox/outbox.ts';
import type { Queues } from './platform/queue/queues.ts';
import { evictionPolicy, openRedis } from './platform/redis.ts';
import { ScheduleMarks } from './platform/schedule-marks.ts';

/** What every part of the house is built from: one typed object, constructors in order, no container. */
export interface Platform {
  readonly config: Config;
  readonly log: Log;
  readonly db: Database;
  readonly clock: MovableClock;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly scheduleMarks: ScheduleMarks;
  readonly jobRuns: JobRuns;
  /** Parts that the process did not ask for throw when touched. */
  readonly redis: Redis;
  readonly queues: Queues;
  readonly dingtalk: DingTalk;
}

/** The whole house. */
export interface App extends Platform {
  readonly modules: Modules;
  /** Rights of one employee in service; a leaver or unknown person gets those of nobody. */
  viewerOfEmployee(userId: string): Promise<Viewer>;
  /** Rights behind a session cookie's token; none or an ended one: those of nobody. */
  viewerOfSession(token: string | null): Promise<Viewer>;
  /** Names of the migrations that this start has run. */
  readonly appliedMigrations: readonly string[];
  close(): Promise<void>;
}

export interface BuildOptions {
  /** Name of the process in the log. */
  readonly name: string;
  /** `migrate`: run what is missing first. `allow`: work on a database that lacks migrations (doctor). */
  readonly migrations?: 'migrate' | 'allow';
  readonly overrides?: Overrides;
}

/** Parts taken as they are instead of opened as the configuration says; whoever gives one closes it. */
export type Overrides = Partial<Pick<Platform, 'log' | 'db' | 'clock' | 'redis' | 'dingtalk'>>;

type Closer = () => Promise<void> | void;

/**
 * Composition root: opens what `needs` names and builds the modules in the order in which they may know each other.
 * @throws AppError service.unavailable, database.not_migrated, redis.eviction
 */
export async function buildApp(config: Config, needs: readonly Need[], options: BuildOptions): Promise<App> {
  const closers: Closer[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const { platform, appliedMigrations } = await openPlatform(config, needs, { ...options, closers });
    const modules = createModules(platform);
    const viewerOfEmployee = async (userId: string): Promise<Viewer> =>
      loadViewer(platform.db, userId, await modules.settings.current());
    const viewerOfSession = async (token: string | null): Promise<Viewer> => {
      const session = token === null ? null : await modules.session.sessionOf(token);
      return session ? viewerOfEmployee(session.userId) : nobody;
    };
    // The platform's parts stay where they are (some throw when touched): they are inherited, not copied.
    const rest = { modules, viewerOfEmployee, viewerOfSession, appliedMigrations, close };
    return Object.setPrototypeOf(rest, platform) as App;
  } catch (error) {
    await close();
    throw error;
  }
}

async function openPlatform(
  config: Config,
  needs: readonly Need[],
  options: BuildOptions & { readonly closers: Closer[] },
): Promise<{ platform: Platform; appliedMigrations: string[] }> {
  const { closers, overrides = {} } = options;
  const log = overrides.log ?? createLog(config.logLevel, options.name);
  const db = overrides.db ?? (await openDatabase(config, closers));
  const appliedMigrations = options.migrations === 'migrate' ? await db.migrate() : [];
  if (options.migrations === undefined) await assertMigrated(db);
  const clock = overrides.clock ?? (await openClock(db, config, closers));
  const redis =
    overrides.redis ??
    (needs.some((need) => need !== 'database') ? await openCheckedRedis(config.redisUrl, closers) : null);
  const queues = redis && needs.includes('queues') ? await openQueues(redis, config.redisPrefix) : null;
  if (queues) closers.push(() => queues.close());
  const dingtalk = overrides.dingtalk ?? openDingTalk({ config, needs, redis, db, clock, log, closers });
  const platform: Platform = {
    config,
    log,
    db,
    clock,
    audit: new AuditLog(clock),
    outbox: new Outbox(db, clock),
    scheduleMarks: new ScheduleMarks(db, clock),
    jobRuns: new JobRuns(db, clock),
    get redis() {
      return present(redis, 'redis');
    },
    get queues() {
      return present(queues, 'queues');
    },
    get dingtalk() {
      return present(dingtalk, 'dingtalk');
    },
  };
  return { platform, appliedMigrations };
}

async function openDatabase({ databaseUrl }: Config, closers: Closer[]): Promise<Database> {
  const db = await Database.open(databaseUrl, entities);
  closers.push(() => db.close());
  return db;
}

async function openClock(db: Database, { businessNow }: Config, closers: Closer[]): Promise<MovableClock> {
  const clock = await BusinessClock.open(db, businessNow);
  closers.push(() => clock.close());
  return clock;
}

interface DingTalkParts extends Pick<Platform, 'config' | 'db' | 'clock' | 'log'> {
  readonly needs: readonly Need[];
  readonly redis: Redis | null;
  readonly closers: Closer[];
}

function openDingTalk({ config, needs, redis, closers, ...parts }: DingTalkParts): DingTalk | null {
  if (!redis || !config.dingtalk || !needs.includes('dingtalk')) return null;
  const { dingtalk, redisPrefix } = config;
  const opened = createDingTalk({ config: dingtalk, redis, redisPrefix, ...parts });
  closers.push(() => opened.close());
  return opened;
}

async function assertMigrated(db: Database): Promise<void> {
  const pending = await db.pendingMigrations();
  if (pending.length > 0) throw new AppError('database.not_migrated', { count: pending.length });
}

/** BullMQ is loaded where it is used: most commands of the command line never do. */
async function openQueues(redis: Redis, prefix: string): Promise<Queues> {
  const { Queues } = await import('./platform/queue/queues.ts');
  return new Queues(redis, prefix);
}

async function openCheckedRedis(url: string, closers: Closer[]): Promise<Redis> {
  const redis = await openRedis(url);
  closers.push(async () => {
    await redis.quit().catch(() => redis.disconnect());
  });
  const policy = await evictionPolicy(redis);
  if (policy !== 'noeviction') throw new AppError('redis.eviction', { policy });
  return redis;
}

function present<Part>(part: Part | null, need: Need): Part {
  if (part === null) throw new Error(`this process was built without ${need}`);
  return part;
}
