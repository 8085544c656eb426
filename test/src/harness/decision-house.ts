import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  buildApp,
  createLog,
  operatorViewer,
  readConfig,
  type App,
  type Platform,
  type Database,
  type Viewer,
  systemViewer,
} from '@shigang/server';
import { dataRoutes } from '@shigang/server/http';
import { period, type SalesRole, type Tier } from '@shigang/shared';
import { demoOrg } from '@shigang/simulator';
import { entities } from '../../../server/src/modules.ts';
import { databaseOfRun } from './databases/database-of-run.ts';
import { freePort } from './processes/free-port.ts';
import { ROOT } from './root.ts';
import { createTestDatabase, urlOf } from './databases/test-database.ts';
import { startTestDingTalk, type TestDingTalk } from './test-dingtalk.ts';
import { testRedis, type TestRedis } from './test-redis.ts';

const SYSTEM = systemViewer('test');

/* The decision's route in one process: real modules, real servers, DingTalk over sockets, and a clock that the test moves. */

export const DECISION_PERIOD = period('2026Q3');
export const DECISION_CYCLE = '2026Q3-large_account';
export const MODEL_ROLE: SalesRole = 'large_account';
export const CYCLE_REF = { period: DECISION_PERIOD, role: MODEL_ROLE } as const;
/** When the story begins. */
export const STARTS_AT = '2026-10-12T09:30:00+08:00';

export interface Person {
  readonly userId: string;
  readonly tier: Tier;
  readonly targetRole?: SalesRole;
  readonly reason?: string;
}

const WHY = '根据本季度的记录，与本人谈过之后的决定。';
/** One of each kind, all of one team: an approval that starts at once, one that waits, a training plan, a notice alone. */
export const SMALL_TEAM: readonly Person[] = [
  { userId: 'zhangsan', tier: 'transition' },
  { userId: 'lisi', tier: 'train' },
  { userId: 'xuqiang', tier: 'reassign', targetRole: 'sales_support', reason: WHY },
  { userId: 'wulei', tier: 'insufficient_data', reason: WHY },
];
export const MANAGER = 'mgr01';
export const HR = 'hr01';
export const HR_ADMIN = 'hr02';

/** Parts over one database and one DingTalk. */
export interface DecisionHouse {
  readonly db: Database;
  readonly dingtalk: TestDingTalk;
  readonly modules: App['modules'];
  readonly platform: Platform;
  readonly routes: ReturnType<typeof dataRoutes>;
  viewer(userId: string): Promise<Viewer>;
}

/** A migrated database with the demo company, its figures and the computed cycle of these people, in `review`. */
export async function preparedDatabase(people: readonly Person[]): Promise<Database> {
  const rowsOf = await databaseOfRun('the demo company in review', prepare, entities);
  const db = await createTestDatabase({ entities, rowsOf });
  await db.execute('DELETE FROM cycle_members WHERE cycle_id = ? AND user_id NOT IN (?)', [
    DECISION_CYCLE,
    people.map((person) => person.userId),
  ]);
  return db;
}

async function prepare(db: Database): Promise<void> {
  const redis = await testRedis();
  const dingtalk = await startTestDingTalk({ db, redis, org: demoOrg(), now: STARTS_AT });
  const { modules } = await houseOver(db, redis, dingtalk);
  const operator = operatorViewer('tester');
  await modules.settings.applySettings(operator, example('settings.json'));
  await modules.sync.run(SYSTEM, { full: true });
  await modules.intake.importFile(operator, {
    kind: 'workbook',
    path: join(ROOT, 'examples/demo/history.xlsx'),
  });
  await modules.match.applyRoleModel(operator, example('large-account-2025Q4.json'));
  for (const plan of ['sales-v1.json', 'sales-v2.json', 'large.json'])
    await modules.incentive.applyPlan(operator, example(plan), { publish: true });
  await modules.review.runCycle(operator, CYCLE_REF);
  await db.execute('DELETE FROM dirty_marks');
}

/** Everybody decided as written down, by the person of HR. */
export async function decideAll(house: DecisionHouse, people: readonly Person[]): Promise<void> {
  const hr = await house.viewer(HR);
  for (const person of people) await house.modules.review.decide(hr, CYCLE_REF, person);
}

/** The modules over a database and a DingTalk, with short pauses between calls; no queues, the test drives what a worker would. */
export async function houseOver(
  db: Database,
  redis: TestRedis,
  dingtalk: TestDingTalk,
): Promise<DecisionHouse> {
  const needs = ['database', 'redis', 'dingtalk', 'http'] as const;
  const { clock } = dingtalk;
  const app = await buildApp(readConfig(houseEnv(db, redis, dingtalk), needs), needs, {
    name: 'test',
    overrides: {
      db,
      clock,
      redis: redis.client,
      dingtalk: dingtalk.gateway(),
      log: createLog('silent', 'test'),
    },
  });
  const { modules, viewerOfEmployee: viewer } = app;
  return { db, dingtalk, modules, platform: app, routes: dataRoutes(app), viewer };
}

/** Environment of a process that works on the same servers. */
export const houseEnv = (
  db: Database,
  redis: TestRedis,
  { config }: Pick<TestDingTalk, 'config'>,
): Record<string, string> => ({
  DATABASE_URL: urlOf(db),
  REDIS_URL: redis.url,
  SHIGANG_REDIS_PREFIX: redis.prefix,
  PORT: '0',
  PUBLIC_URL: 'http://127.0.0.1:7001',
  SESSION_SECRET: 'a secret of the tests alone',
  DINGTALK_CORP_ID: config.corpId,
  DINGTALK_CLIENT_ID: config.clientId,
  DINGTALK_CLIENT_SECRET: config.clientSecret,
  DINGTALK_AGENT_ID: config.agentId,
  DINGTALK_API_BASE: config.apiBase,
  DINGTALK_OAPI_BASE: config.oapiBase,
});

/** Environment of a server or worker of its own beside the house, whose events it hears. */
export const processEnv = async (
  db: Database,
  redis: TestRedis,
  dingtalk: TestDingTalk,
): Promise<Record<string, string>> => {
  const port = await freePort();
  return {
    ...houseEnv(db, redis, dingtalk),
    ...{ PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` },
    ...{ DINGTALK_EVENT_MODE: 'stream', BUSINESS_NOW: new Date(dingtalk.clock.now()).toISOString() },
  };
};

const example = (name: string): unknown =>
  JSON.parse(readFileSync(join(ROOT, 'examples/demo', name), 'utf8')) as unknown;
