import {
  createTestDatabase,
  startTestDingTalk,
  testRedis,
  type FaultKind,
  type TestDingTalk,
} from '@shigang/test';
import { demoOrg } from '@shigang/simulator';
import type { Database } from '../platform/database.ts';
import type { DingTalkError } from './calling/errors.ts';
import type { DingTalk, DingTalkRun } from './gateway.ts';

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

let db: Database;
let dingtalk: TestDingTalk;
let gateway: DingTalk;
let run: DingTalkRun;

const TOKEN_PATH = '/v1.0/oauth2/accessToken';
const tokenFetches = async (): Promise<number> =>
  (await dingtalk.newCalls()).filter((call) => call.path === TOKEN_PATH).length;

beforeAll(async () => {
  db = await createTestDatabase();
  dingtalk = await startTestDingTalk({
    db,
    redis: await testRedis(),
    org: demoOrg(),
    options: { variationSeed: null },
  });
  gateway = dingtalk.gateway();
  run = gateway.for('sync');
});
afterEach(() => dingtalk.clearFaults());

test('two processes fetch one token between them', async () => {
  const other = dingtalk.gateway();
  await dingtalk.newCalls();
  await Promise.all([gateway, other, gateway, other].map((each) => each.for('sync').contact.department(1)));
  expect(await tokenFetches()).toBe(1);
});

test('a token revoked in the middle of a run is fetched once for both processes', async () => {
  const other = dingtalk.gateway();
  await other.checkToken();
  await dingtalk.newCalls();
  await dingtalk.fault('/topapi/v2/department/get', 'token', 1);
  const names = await Promise.all([gateway, other].map((each) => each.for('sync').contact.department(1)));
  expect(names.map((department) => department.name)).toEqual(['安心企服', '安心企服']);
  expect(await tokenFetches()).toBe(1);
});

test('a token is fetched again ten minutes before its end', async () => {
  await gateway.checkToken();
  await dingtalk.newCalls();
  dingtalk.clock.advance(6_590_000);
  await gateway.checkToken();
  expect(await tokenFetches()).toBe(0);
  dingtalk.clock.advance(20_000);
  await gateway.checkToken();
  expect(await tokenFetches()).toBe(1);
});

test('calls to one API are spaced over all processes so that none is refused', async () => {
  const other = dingtalk.gateway().for('sync');
  await other.contact.department(1);
  await dingtalk.newCalls();
  const started = process.hrtime.bigint();
  await Promise.all(Array.from({ length: 60 }, (_, i) => (i % 2 ? run : other).contact.department(1)));
  const tookMs = Number(process.hrtime.bigint() - started) / 1e6;
  expect(await dingtalk.newCalls()).toHaveLength(60);
  expect(tookMs).toBeGreaterThan(59 * 50);
});

/** Every read in use, by its path; the official clients' calls included. */
const READS: readonly [string, (run: DingTalkRun) => Promise<unknown>][] = [
  ['/topapi/v2/department/listsub', (r) => r.contact.subDepartments(1)],
  ['/topapi/v2/department/get', (r) => r.contact.department(11)],
  ['/topapi/v2/user/list', (r) => r.contact.members(11)],
  ['/topapi/v2/user/get', (r) => r.contact.person('zhangsan')],
  ['/topapi/role/list', (r) => r.contact.roles()],
  ['/topapi/smartwork/hrm/employee/queryonjob', (r) => r.roster.onJob()],
  ['/v1.0/hrm/rosters/lists/query', (r) => r.roster.values(['zhangsan'])],
  ['/v1.0/hrm/employees/dismissions', (r) => r.roster.dismissedIds()],
  ['/v1.0/hrm/employees/dimissionInfos', (r) => r.roster.dismissions(['lvqian'])],
  [
    '/v1.0/contact/empLeaveRecords',
    (r) => r.roster.leaveRecords(Date.parse('2026-01-01'), Date.parse('2026-10-01')),
  ],
];
const PASSING: readonly FaultKind[] = ['qps', 'busy', 'http500', 'html', 'truncate', 'token'];

test.each(READS)(
  '%s: one hiccup of any kind is got over',
  async (path, read) => {
    const expected = await read(run);
    for (const kind of PASSING) {
      await dingtalk.fault(path, kind, 1);
      await expect(read(run)).resolves.toEqual(expected);
      await dingtalk.clearFaults();
    }
  },
  30_000,
);

describe('hanging', () => {
  /** Each waits for its deadline, and all of them at once: one after the other it would be half a minute. */
  const answers = new Map<string, Promise<unknown>>();
  beforeAll(async () => {
    for (const [path] of READS) await dingtalk.fault(path, 'hang', 1);
    for (const [path, read] of READS) answers.set(path, read(run));
    await Promise.allSettled(answers.values());
  }, 30_000);

  test.each(READS)('%s: a hang ends at the deadline and the call is made again', async (path) => {
    await expect(answers.get(path)).resolves.toBeDefined();
  });
});

test.each(READS)('%s: a missing permission names what to apply for', async (path, read) => {
  await dingtalk.fault(path, 'denied');
  const error = await read(run).catch((cause: unknown) => cause as DingTalkError);
  expect(error).toMatchObject({ kind: 'administrator', trouble: 'permission', code: 'dingtalk.permission' });
  expect((error as DingTalkError).permission).toMatch(/^(qyapi_|Contact\.)/);
  expect((error as DingTalkError).message).toContain((error as DingTalkError).permission);
});

test.each([
  ['busy', 'retry', 4],
  ['html', 'retry', 4],
  ['qps', 'wait', 9],
  ['quota', 'wait', 1],
] as const)(
  '%s without end: %s after %i calls',
  async (kind, expected, calls) => {
    await dingtalk.newCalls();
    await dingtalk.fault('/topapi/v2/department/get', kind);
    await expect(run.contact.department(1)).rejects.toMatchObject({ kind: expected });
    const made = (await dingtalk.newCalls()).filter((call) => call.path === '/topapi/v2/department/get');
    expect(made).toHaveLength(calls);
  },
  20_000,
);

test('an unknown person is given up at once', async () => {
  await expect(run.contact.person('nobody')).rejects.toMatchObject({
    kind: 'giveUp',
    code: 'dingtalk.refused',
  });
});

test('wrong credentials say which settings to check', async () => {
  const config = { ...dingtalk.config, clientId: 'wrong', clientSecret: 'wrong' };
  const wrong = await gatewayWith(config);
  await expect(wrong.checkToken()).rejects.toMatchObject({
    trouble: 'credentials',
    code: 'dingtalk.credentials',
  });
});

test('nobody listening is a hiccup in one sentence, not a crash', async () => {
  const base = 'http://127.0.0.1:9';
  const wrong = await gatewayWith({ ...dingtalk.config, clientId: 'other', apiBase: base, oapiBase: base });
  await expect(wrong.for('sync').contact.department(1)).rejects.toMatchObject({
    kind: 'retry',
    code: 'dingtalk.busy',
  });
});

async function gatewayWith(config: TestDingTalk['config']): Promise<DingTalk> {
  const { createDingTalk, createLog } = await import('@shigang/server');
  const redis = await testRedis();
  return createDingTalk({
    config,
    redis: redis.client,
    redisPrefix: redis.prefix,
    db,
    clock: dingtalk.clock,
    log: createLog('silent', 'test'),
    timing: { hiccupPausesMs: [1, 1, 1] },
  });
}

test('every call is in the ledger with its purpose, refused ones unmetered', async () => {
  await gateway.close();
  await db.execute('DELETE FROM call_ledger');
  const notices = gateway.for('notice');
  const path = '/topapi/message/corpconversation/asyncsend_v2';
  await dingtalk.fault(path, 'qps', 1);
  const card = { title: '测试', markdown: '测试', buttonTitle: '查看', buttonUrl: 'https://example.com' };
  const taskId = await notices.messages.sendCard('hr01', card);
  expect(await notices.messages.delivery(taskId, 'hr01')).toEqual({ state: 'unread', code: null });
  await run.contact.department(1);
  await gateway.close();
  const rows = await db.select<Record<string, unknown>>(
    'SELECT month, path, purpose, metered, outcome, error_code FROM call_ledger ORDER BY metered, path, outcome',
  );
  expect(rows[0]?.['month']).toBe('2026-10');
  expect(rows.map((row) => Object.values(row).slice(1))).toEqual([
    [path, 'notice', 0, 'qps_app', '90018'],
    ['/topapi/v2/department/get', 'sync', 0, 'ok', null],
    [path, 'notice', 1, 'ok', null],
    ['/topapi/message/corpconversation/getsendresult', 'notice', 1, 'ok', null],
  ]);
  expect(notices.figures).toEqual({ calls: 3, meteredCalls: 2 });
});

test('a notice whose answer is lost is not sent again by the gateway', async () => {
  await dingtalk.newCalls();
  await dingtalk.fault('/topapi/message/corpconversation/asyncsend_v2', 'truncate', 1);
  const card = { title: '一次', markdown: '一次', buttonTitle: '查看', buttonUrl: 'https://example.com' };
  const error = await gateway
    .for('notice')
    .messages.sendCard('hr01', card)
    .catch((cause: unknown) => cause);
  expect(error).toMatchObject({ kind: 'retry', isOutcomeUnknown: true });
  expect(await dingtalk.newCalls()).toHaveLength(1);
});

test('login codes work once', async () => {
  const { authCode } = await dingtalk.control<{ authCode: string }>('/login', { userId: 'zhangsan' });
  const { login } = gateway.for('login');
  await expect(login.personByCode(authCode)).resolves.toMatchObject({ userId: 'zhangsan' });
  await expect(login.personByCode(authCode)).rejects.toMatchObject({ kind: 'giveUp', dingtalkCode: '40078' });
});
