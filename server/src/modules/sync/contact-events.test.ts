import { systemViewer } from '../../access/index.ts';
import { createTestDatabase, startTestDingTalk, testRedis, until, type TestDingTalk } from '@shigang/test';
import { demoOrg } from '@shigang/simulator';
import { heardNews } from '../../../../test/src/factories/heard-news.ts';
import type { EventStream } from '../../dingtalk/index.ts';
import type { Database } from '../../platform/database.ts';
import { Inbox } from '../../platform/inbox/inbox.ts';
import { InboxReader } from '../../platform/inbox/reader.ts';
import { createLog } from '../../platform/log.ts';
import { Outbox } from '../../platform/outbox/outbox.ts';
import { orgEntities, personLeft } from '../org/index.ts';
import { createSync } from './index.ts';

const SYSTEM = systemViewer('test');

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

let db: Database;
let dingtalk: TestDingTalk;
let reader: InboxReader;
let stream: EventStream;
const left: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase({ entities: orgEntities });
  dingtalk = await startTestDingTalk({ db, redis: await testRedis(), org: demoOrg() });
  const log = createLog('silent', 'test');
  const gateway = dingtalk.gateway();
  const sync = createSync({
    db,
    dingtalk: gateway,
    clock: dingtalk.clock,
    log,
    news: heardNews(new Outbox(db, dingtalk.clock), [personLeft]),
    endSessions: async (_tx, userIds) => void left.push(...userIds),
    reconcileApprovals: () => Promise.resolve({ calls: 0, settled: 0 }),
  });
  await sync.run(SYSTEM, { full: true });
  reader = new InboxReader(new Inbox(db, dingtalk.clock), sync.inboxHandlers, log);
  stream = gateway.openStream((event) => reader.receive(event));
  await until('the connection', async () => ((await connections()) > 0 ? true : undefined));
});
afterAll(() => stream.close());

const connections = async (): Promise<number> =>
  (await dingtalk.control<{ connections: unknown[] }>('/events')).connections.length;
const change = (op: string, body: object): Promise<unknown> => dingtalk.control('/org', { op, ...body });
const pending = (): Promise<object[]> => db.select("SELECT 1 FROM inbox WHERE state = 'pending'");
const runs = async (): Promise<number> =>
  (await db.select("SELECT 1 FROM sync_runs WHERE scope = 'org'")).length;
/** Waits until something has arrived, then lets time pass until everything is applied. */
const apply = async (count = 1): Promise<void> => {
  await until('events', async () => ((await pending()).length >= count ? true : undefined));
  for (let round = 0; (await pending()).length > 0; round += 1) {
    if (round > 10) throw new Error('never applied');
    dingtalk.clock.advance(20_000);
    await reader.drain('test');
  }
};

test('a hire and a change show without a nightly sync, one run for both', async () => {
  const before = await runs();
  await change('hire', {
    employee: {
      userid: 'newcomer',
      name: '高敏',
      mobile: '13900000001',
      title: '客户经理',
      departments: [11],
      manager: 'mgr01',
      hiredOn: '2026-10-12',
    },
  });
  await change('change', { employee: { userid: 'lisi', departments: [12] } });
  await change('change', { employee: { userid: 'zhangsan', manager: 'mgr02' } });
  await apply(3);
  expect(
    await db.select(
      "SELECT user_id, main_dept_id FROM employees WHERE user_id IN ('newcomer', 'lisi') ORDER BY 1",
    ),
  ).toEqual([
    { user_id: 'lisi', main_dept_id: 12 },
    { user_id: 'newcomer', main_dept_id: 11 },
  ]);
  const [zhangsan] = await db.select("SELECT manager_user_id FROM employees WHERE user_id = 'zhangsan'");
  expect(zhangsan).toEqual({ manager_user_id: 'mgr02' });
  expect((await runs()) - before).toBe(1);
});

test('a leaver loses access with the event, whose payload alone ends nobody’s', async () => {
  await reader.receive({
    eventId: 'made-up',
    type: 'user_leave_org',
    bornAt: dingtalk.clock.now(),
    data: { userId: ['wangwu'] },
  });
  await change('leave', { employee: { userid: 'newcomer' } });
  await apply(2);
  expect([...new Set(left)]).toEqual(['newcomer']);
  expect(
    await db.select(
      "SELECT user_id, active FROM employees WHERE user_id IN ('newcomer', 'wangwu') ORDER BY 1",
    ),
  ).toEqual([
    { user_id: 'newcomer', active: 0 },
    { user_id: 'wangwu', active: 1 },
  ]);
});

test('the same event again changes nothing and reads nothing', async () => {
  const before = await runs();
  await dingtalk.control('/events/replay', { mode: 'duplicate', count: 2, match: 'user_*' });
  await until('the repeats', async () => {
    const { events } = await dingtalk.control<{ events: { pushes: number }[] }>('/events');
    return events.some((event) => event.pushes > 1) ? true : undefined;
  });
  await reader.drain('test');
  expect(await pending()).toEqual([]);
  expect(await runs()).toBe(before);
});

test('an event that is ahead of a clock which jumps is looked at again soon', async () => {
  const [row] = await db.select<{ n: number }>('SELECT COUNT(*) AS n FROM inbox');
  const bornAt = dingtalk.clock.now() + 20 * 86_400_000;
  await reader.receive({ eventId: `ahead-${row?.n}`, type: 'user_modify_org', bornAt, data: {} });
  await reader.drain('test');
  const [waiting] = await db.select<{ due_at: Date }>("SELECT due_at FROM inbox WHERE state = 'pending'");
  expect(waiting?.due_at.getTime()).toBeLessThanOrEqual(dingtalk.clock.real() + 15_000);
});
