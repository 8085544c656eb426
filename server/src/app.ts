import type { Redis } from 'ioredis';
import { AppError } from '@shigang/shared';
import { loadViewer, type Viewer } from './access/index.ts';
import { AuditLog } from './audit/audit-log.ts';
import type { Config, Need } from './config/env.ts';
import { createModules, type Modules } from './modules.ts';
import { BusinessClock } from './platform/clock.ts';
import { Database } from './platform/database.ts';
import { createLog, type Log } from './platform/log.ts';
import { Outbox } from './platform/outbox/outbox.ts';
import { Queues } from './platform/queue/queues.ts';
import { evictionPolicy, openRedis } from './platform/redis.ts';
import { ScheduleMarks } from './platform/schedule-marks.ts';

/** What every part of the house is built from: one typed object, constructors in order, no container. */
export interface Platform {
  readonly config: Config;
  readonly log: Log;
  readonly db: Database;
  readonly clock: BusinessClock;
  readonly audit: AuditLog;
  readonly outbox: Outbox;
  readonly scheduleMarks: ScheduleMarks;
}

/** The whole house. Parts that the process did not ask for throw when touched. */
export interface App extends Platform {
  readonly modules: Modules;
  /** Rights of one employee in service; a leaver or unknown person gets those of nobody. */
  viewerOfEmployee(userId: string): Promise<Viewer>;
  /** Names of the migrations that this start has run. */
  readonly appliedMigrations: readonly string[];
  readonly redis: Redis;
  readonly queues: Queues;
  close(): Promise<void>;
}

export interface BuildOptions {
  /** Name of the process in the log. */
  readonly name: string;
  /** `migrate`: run what is missing first. `allow`: work on a database that lacks migrations (doctor). */
  readonly migrations?: 'migrate' | 'allow';
}

/**
 * Composition root: opens what `needs` names and builds the modules in the order in which they may know each other.
 * @throws AppError service.unavailable, database.not_migrated, redis.eviction
 */
export async function buildApp(config: Config, needs: readonly Need[], options: BuildOptions): Promise<App> {
  const log = createLog(config.logLevel, options.name);
  const db = await Database.open(config.databaseUrl);
  const closers: (() => Promise<void> | void)[] = [() => db.close()];
  const close = async (): Promise<void> => {
    for (const closer of closers.reverse()) await closer();
  };
  try {
    const appliedMigrations = options.migrations === 'migrate' ? await db.migrate() : [];
    if (options.migrations === undefined) await assertMigrated(db);
    const clock = await BusinessClock.open(db, config.businessNow);
    closers.push(() => clock.close());
    const platform: Platform = {
      config,
      log,
      db,
      clock,
      audit: new AuditLog(clock),
      outbox: new Outbox(db, clock),
      scheduleMarks: new ScheduleMarks(db, clock),
    };
    const redis = needs.includes('redis') ? await openCheckedRedis(config.redisUrl, closers) : null;
    const queues = redis ? new Queues(redis, config.redisPrefix) : null;
    if (queues) closers.push(() => queues.close());
    const modules = createModules(platform);
    const viewerOfEmployee = async (userId: string): Promise<Viewer> =>
      loadViewer(db, userId, await modules.settings.current());
    return {
      ...platform,
      modules,
      viewerOfEmployee,
      appliedMigrations,
      get redis() {
        return present(redis, 'redis');
      },
      get queues() {
        return present(queues, 'redis');
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function assertMigrated(db: Database): Promise<void> {
  const pending = await db.pendingMigrations();
  if (pending.length > 0) throw new AppError('database.not_migrated', { count: pending.length });
}

async function openCheckedRedis(url: string, closers: (() => Promise<void> | void)[]): Promise<Redis> {
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
