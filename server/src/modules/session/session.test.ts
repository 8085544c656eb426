import {
  buildEmployee,
  createTestDatabase,
  startTestDingTalk,
  testRedis,
  type TestDingTalk,
} from '@shigang/test';
import { demoOrg } from '@shigang/simulator';
import type { Database } from '../../platform/database.ts';
import { createSession, sessionEntities, type SessionModule } from './index.ts';

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

const HOUR_MS = 3_600_000;
let db: Database;
let dingtalk: TestDingTalk;
let session: SessionModule;

beforeAll(async () => {
  db = await createTestDatabase({ entities: sessionEntities });
  dingtalk = await startTestDingTalk({ db, redis: await testRedis(), org: demoOrg() });
  session = createSession({
    db,
    clock: dingtalk.clock,
    config: { sessionSecret: 'a secret of the tests' },
    dingtalk: dingtalk.gateway(),
  });
  for (const [userId, name, active] of [
    ['zhangsan', '张三', 1],
    ['lisi', '李四', 1],
    ['lvqian', '吕倩', 0],
  ] as const) {
    await buildEmployee(db, { userId, name, active: active === 1 });
  }
});
afterEach(() => dingtalk.clearFaults());

const codeOf = async (userId: string): Promise<string> =>
  (await dingtalk.control<{ authCode: string }>('/login', { userId })).authCode;
const signIn = async (userId: string, previousToken: string | null = null): Promise<string> => {
  const authCode = await codeOf(userId);
  return (await session.signIn({ corpId: dingtalk.simulator.corpId, authCode, previousToken })).token;
};

test('a code becomes a session whose token is nowhere in the database', async () => {
  const token = await signIn('zhangsan');
  expect(await session.sessionOf(token)).toEqual({ userId: 'zhangsan' });
  const rows = await db.select('SELECT * FROM sessions');
  expect(JSON.stringify(rows)).not.toContain(token);
});

test('a code works once, and only for this corp', async () => {
  const authCode = await codeOf('zhangsan');
  const input = { corpId: dingtalk.simulator.corpId, authCode, previousToken: null };
  await expect(session.signIn({ ...input, corpId: 'dingother' })).rejects.toMatchObject({
    code: 'session.wrong_corp',
    status: 403,
  });
  await session.signIn(input);
  await expect(session.signIn(input)).rejects.toMatchObject({ code: 'session.code_refused', status: 401 });
  await expect(session.signIn({ ...input, authCode: 'made-up' })).rejects.toMatchObject({
    code: 'session.code_refused',
  });
});

test('people who are not employees in service get none', async () => {
  await expect(signIn('wangwu')).rejects.toMatchObject({ code: 'session.not_employee', status: 403 });
  await db.execute("UPDATE employees SET active = 0 WHERE user_id = 'lisi'");
  await expect(signIn('lisi')).rejects.toMatchObject({ code: 'session.not_employee' });
  await db.execute("UPDATE employees SET active = 1 WHERE user_id = 'lisi'");
});

test('DingTalk down: a sentence, no session', async () => {
  const authCode = await codeOf('zhangsan');
  await dingtalk.fault('/topapi/v2/user/getuserinfo', 'http500');
  const input = { corpId: dingtalk.simulator.corpId, authCode, previousToken: null };
  await expect(session.signIn(input)).rejects.toMatchObject({ code: 'dingtalk.busy', status: 503 });
});

test('signing in again ends the session that the browser held', async () => {
  const first = await signIn('zhangsan');
  const second = await signIn('zhangsan', first);
  expect(await session.sessionOf(first)).toBeNull();
  expect(await session.sessionOf(second)).toEqual({ userId: 'zhangsan' });
  await session.end(second);
  expect(await session.sessionOf(second)).toBeNull();
});

test('made-up tokens are nobody', async () => {
  for (const token of ['', 'x', "' OR 1=1 --", 'a'.repeat(5_000)])
    expect(await session.sessionOf(token)).toBeNull();
});

test('an hour-old token is exchanged once; requests under way keep the old one for a minute', async () => {
  const old = await signIn('zhangsan');
  expect(await session.rotate(old)).toBeNull();
  dingtalk.clock.advance(HOUR_MS + 1);
  const results = await Promise.all([session.rotate(old), session.rotate(old)]);
  const fresh = results.filter((result) => result !== null);
  expect(fresh).toHaveLength(1);
  expect(await session.sessionOf(old)).toEqual({ userId: 'zhangsan' });
  dingtalk.clock.advance(60_001);
  expect(await session.sessionOf(old)).toBeNull();
  expect(await session.sessionOf(fresh[0]?.token ?? '')).toEqual({ userId: 'zhangsan' });
  expect(await session.rotate(old)).toBeNull();
});

test('an unused token ends after half a day, a renewed session after a week', async () => {
  const idle = await signIn('zhangsan');
  let token = await signIn('zhangsan');
  dingtalk.clock.advance(12 * HOUR_MS - 1_000);
  token = (await session.rotate(token))?.token ?? '';
  expect(await session.sessionOf(idle)).toEqual({ userId: 'zhangsan' });
  dingtalk.clock.advance(1_001);
  expect(await session.sessionOf(idle)).toBeNull();
  for (let renewals = 0; renewals < 14; renewals += 1) {
    expect(await session.sessionOf(token)).toEqual({ userId: 'zhangsan' });
    dingtalk.clock.advance(11 * HOUR_MS);
    token = (await session.rotate(token))?.token ?? '';
  }
  expect(await session.sessionOf(token)).toEqual({ userId: 'zhangsan' });
  dingtalk.clock.advance(2 * HOUR_MS);
  expect(await session.sessionOf(token)).toBeNull();
});

test('leaving ends every session at once', async () => {
  const tokens = [await signIn('lisi'), await signIn('lisi')];
  const other = await signIn('zhangsan');
  await db.transaction((tx) => session.endAll(tx, ['lisi']));
  for (const token of tokens) expect(await session.sessionOf(token)).toBeNull();
  expect(await session.sessionOf(other)).toEqual({ userId: 'zhangsan' });
  await db.transaction((tx) => session.endAll(tx, []));
});
