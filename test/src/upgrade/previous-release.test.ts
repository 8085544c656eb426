import { Database, systemViewer } from '@shigang/server';
import { demoOrg } from '@shigang/simulator';
import { entities } from '../../../server/src/modules.ts';
import {
  CYCLE_REF,
  DECISION_CYCLE,
  decideAll,
  HR,
  HR_ADMIN,
  houseOver,
  preparedDatabase,
  SMALL_TEAM,
  STARTS_AT,
  type DecisionHouse,
} from '../harness/decision-house.ts';
import { createTestDatabase, nameOf, urlOf } from '../harness/databases/test-database.ts';
import { startTestDingTalk } from '../harness/test-dingtalk.ts';
import { testRedis } from '../harness/test-redis.ts';
import type { Books } from '../harness/processes/simulator-control.ts';

const SYSTEM = systemViewer('test');

/*
 * A database of the release that only told HR about a published cycle is taken over: that cycle stays as its people
 * know it. Nothing is ever sent for it, nobody can offer anything in it, and it can be closed.
 */

const SLOW = 120_000;
/** Migrations of the release before decisions had effects. */
const RELEASED = 6;

/** A database with the tables of the earlier release. */
async function earlierDatabase(): Promise<Database> {
  const db = await createTestDatabase({ migrate: false, entities });
  const earlier = await Database.open(urlOf(db), [], 1);
  earlier.dataSource.migrations.splice(RELEASED);
  await earlier.migrate();
  await earlier.close();
  return db;
}

/** Rows of every table that the earlier release knew, with the columns it knew. */
async function copyRows(from: Database, to: Database): Promise<void> {
  const columns = await to.select<{ table_name: string; column_name: string }>(
    `SELECT table_name AS table_name, column_name AS column_name FROM information_schema.columns
     WHERE table_schema = ? AND table_name <> 'migrations' ORDER BY table_name, ordinal_position`,
    [nameOf(to)],
  );
  const byTable = new Map<string, string[]>();
  for (const { table_name: table, column_name: column } of columns)
    byTable.set(table, [...(byTable.get(table) ?? []), `\`${column}\``]);
  for (const [table, names] of byTable) {
    await to.execute(`DELETE FROM ${table}`);
    await to.execute(
      `INSERT INTO ${table} (${names.join(',')}) SELECT ${names.join(',')} FROM ${nameOf(from)}.${table}`,
    );
  }
}

/** The cycle as the earlier release published it: HR's cards alone, sent. */
async function publishAsBefore(db: Database): Promise<void> {
  await db.execute(
    "UPDATE review_cycles SET state = 'published', published_at = '2026-10-12 02:00:00', published_by = ? WHERE cycle_id = ?",
    [HR_ADMIN, DECISION_CYCLE],
  );
  const columns = ['id', 'kind', 'business_key', 'payload', 'state', 'cycle_id', 'created_at', 'due_at'];
  await db.insertMany(
    'outbox',
    columns,
    [HR, HR_ADMIN].map((userId) => [
      ...[
        `card-of-${userId}`,
        'notice.cycle_published',
        `notice.cycle_published/${DECISION_CYCLE}/${userId}`,
      ],
      ...['{}', 'sent', DECISION_CYCLE, '2026-10-12 02:00:00', '2026-10-12 02:00:00'],
    ]),
  );
}

describe('a database of the release before', () => {
  let db: Database;
  let house: DecisionHouse;

  beforeAll(async () => {
    const filled = await preparedDatabase(SMALL_TEAM);
    const redis = await testRedis();
    const dingtalk = await startTestDingTalk({ db: filled, redis, org: demoOrg(), now: STARTS_AT });
    await decideAll(await houseOver(filled, redis, dingtalk), SMALL_TEAM);
    db = await earlierDatabase();
    await copyRows(filled, db);
    await publishAsBefore(db);
    expect(await db.migrate()).toEqual(await missingIn(RELEASED));
    house = await houseOver(db, redis, dingtalk);
  }, SLOW);

  const missingIn = async (released: number): Promise<string[]> => {
    const empty = await createTestDatabase({ migrate: false });
    return (await empty.pendingMigrations()).slice(released);
  };
  const rowsOfOutbox = (): Promise<object[]> =>
    db.select('SELECT business_key, state, attempts FROM outbox ORDER BY business_key');

  test('is brought up to this release, its cycle marked as one without actions', async () => {
    expect(await db.pendingMigrations()).toEqual([]);
    const [cycle] = await db.select('SELECT state, actions FROM review_cycles WHERE cycle_id = ?', [
      DECISION_CYCLE,
    ]);
    expect(cycle).toEqual({ state: 'published', actions: 'none' });
    const [decisions] = await db.select<{ n: number }>('SELECT COUNT(*) AS n FROM decisions');
    expect(Number(decisions?.n)).toBe(SMALL_TEAM.length);
  });

  test('nothing is ever sent for it, however time goes on', async () => {
    const before = await rowsOfOutbox();
    for (const day of ['2026-10-13', '2026-10-20', '2026-11-01', '2027-01-01']) {
      house.dingtalk.clock.moveTo(`${day}T00:05:00+08:00`);
      expect(await house.modules.roleChange.passDay(SYSTEM)).toEqual({
        effective: 0,
        returned: 0,
        cancelled: 0,
      });
      await house.modules.development.settlePassed(SYSTEM);
      await house.modules.relay.drain('tick');
    }
    expect(await rowsOfOutbox()).toEqual(before);
    expect(await house.dingtalk.control<Books>('/books')).toMatchObject({
      notices: [],
      approvals: [],
      todos: [],
      transfers: [],
    });
    for (const table of ['role_changes', 'approvals', 'training_plans', 'roster_transfers'])
      expect(await db.select(`SELECT * FROM ${table}`)).toEqual([]);
  });

  test('publishing it again starts nothing', async () => {
    await house.modules.review.publish(await house.viewer(HR_ADMIN), CYCLE_REF);
    expect(await db.select("SELECT 1 FROM outbox WHERE state <> 'sent'")).toEqual([]);
  });

  test('nobody is offered anything in it', async () => {
    const hr = await house.viewer(HR);
    const decided = house.modules.review.decide(hr, CYCLE_REF, {
      userId: 'lisi',
      tier: 'transition',
      reason: '想法变了，与本人谈过。',
    });
    await expect(decided).rejects.toMatchObject({ code: 'decision.actions_none' });
    expect(await db.select("SELECT 1 FROM outbox WHERE state <> 'sent'")).toEqual([]);
  });

  test('it is closed without being asked for a reply', async () => {
    const closed = await house.modules.review.close(await house.viewer(HR_ADMIN), CYCLE_REF);
    expect(closed).toMatchObject({ state: 'closed' });
  });
});

test('an empty database comes up to this release, and a second time nothing is left to do', async () => {
  const db = await createTestDatabase({ migrate: false });
  const pending = await db.pendingMigrations();
  expect(pending.length).toBeGreaterThan(RELEASED);
  expect(await db.migrate()).toEqual(pending);
  expect(await db.migrate()).toEqual([]);
});
