import { AppError } from '@shigang/shared';
import {
  buildApp,
  Database,
  evictionPolicy,
  openRedis,
  readConfig,
  realClock,
  type App,
  type Config,
  type Env,
  type Need,
} from '@shigang/server';
import { bad, good, type Check } from './doctor-check.ts';
import { checkDeadRows } from './doctor-dead-rows.ts';
import { checkFailedImports } from './doctor-failed-imports.ts';

/** Looks at everything that this release needs, one thing after the other; a failed one never hides the next. */
export async function checkAll(env: Env): Promise<Check[]> {
  const settings = checkSettings(env);
  const config = readConfigLoosely(env);
  if (config === null) return [settings];
  const database = await checkDatabase(config);
  const redis = await checkRedis(config);
  const isReady = [settings, ...database, redis].every((check) => check.ok);
  const dead = database.every((check) => check.ok) ? await checkDead(config) : [];
  return [settings, ...database, redis, ...(isReady ? await checkDingTalk(config) : []), ...dead];
}

const NEEDS: readonly Need[] = ['database', 'redis', 'dingtalk', 'http'];

function checkSettings(env: Env): Check {
  try {
    readConfig(env, NEEDS);
    return good('settings', '启动设置完整');
  } catch (error) {
    return bad('settings', error, '按 .env.example 补全或更正这些设置。');
  }
}

function readConfigLoosely(env: Env): Config | null {
  try {
    return readConfig(env, []);
  } catch {
    return null;
  }
}

async function checkDatabase(config: Config): Promise<Check[]> {
  const fix = '检查 DATABASE_URL，并确认数据库已启动、账号有权限。';
  if (config.databaseUrl === '') return [bad('database', '没有设置 DATABASE_URL', fix)];
  let db: Database | null = null;
  try {
    db = await Database.open(config.databaseUrl);
    const [version] = await db.select<{ version: string }>('SELECT VERSION() AS version');
    const pending = await db.pendingMigrations();
    const migrations =
      pending.length === 0
        ? good('migrations', '没有待执行的迁移')
        : bad('migrations', `还差 ${pending.length} 个迁移`, '运行 npx shigang migrate。');
    return [good('database', version?.version ?? ''), migrations];
  } catch (error) {
    return [bad('database', error, fix)];
  } finally {
    await db?.close();
  }
}

async function checkDead(config: Config): Promise<Check[]> {
  const db = await Database.open(config.databaseUrl);
  try {
    return [...(await checkDeadRows(db, realClock)), await checkFailedImports(db)];
  } finally {
    await db.close();
  }
}

async function checkRedis(config: Config): Promise<Check> {
  const fix = '检查 REDIS_URL，并确认 Redis 已启动，maxmemory-policy 为 noeviction。';
  if (config.redisUrl === '') return bad('redis', '没有设置 REDIS_URL', fix);
  try {
    const redis = await openRedis(config.redisUrl);
    const policy = await evictionPolicy(redis);
    redis.disconnect();
    if (policy !== 'noeviction') return bad('redis', new AppError('redis.eviction', { policy }), fix);
    return good('redis', `淘汰策略 ${policy}`);
  } catch (error) {
    return bad('redis', error, fix);
  }
}

/** Token first; the event stream only where it is switched on. */
async function checkDingTalk(config: Config): Promise<Check[]> {
  const fix = '检查 DINGTALK_CLIENT_ID 和 DINGTALK_CLIENT_SECRET，以及能否访问钉钉。';
  try {
    const app = await buildApp(config, NEEDS, { name: 'doctor' });
    try {
      await app.dingtalk.checkToken();
      return [good('token', '能从钉钉取得应用凭证'), await checkEvents(app)];
    } finally {
      await app.close();
    }
  } catch (error) {
    return [bad('token', error, fix)];
  }
}

async function checkEvents(app: App): Promise<Check> {
  if (app.config.eventMode === 'off')
    return good('events', '没有订阅事件：变动由每晚的同步发现（DINGTALK_EVENT_MODE=off）');
  try {
    await app.dingtalk.checkStream();
    return good('events', 'Stream 连接可以打开');
  } catch (error) {
    return bad('events', error, '在开发者后台的“事件订阅”里选择 Stream 模式，并勾选需要的事件。');
  }
}
