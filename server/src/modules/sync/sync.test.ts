import { systemViewer } from '../../access/index.ts';
import { createTestDatabase, startTestDingTalk, testRedis, type TestDingTalk } from '@shigang/test';
import { demoOrg } from '@shigang/simulator';
import { heardNews } from '../../../../test/src/factories/heard-news.ts';
import type { DingTalk } from '../../dingtalk/index.ts';
import type { Database } from '../../platform/database.ts';
import { createLog } from '../../platform/log.ts';
import { Outbox } from '../../platform/outbox/outbox.ts';
import { createOrg, orgEntities, personLeft, type ListedEmployee, type Org } from '../org/index.ts';
import { createSync, type Sync, type SyncReport } from './index.ts';

const SYSTEM = systemViewer('test');

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

let db: Database;
let dingtalk: TestDingTalk;
let gateway: DingTalk;
let org: Org;
let sync: Sync;
const ended: string[] = [];

beforeAll(async () => {
  db = await createTestDatabase({ entities: orgEntities });
  dingtalk = await startTestDingTalk({ db, redis: await testRedis(), org: demoOrg() });
  gateway = dingtalk.gateway();
  org = createOrg({ db, clock: dingtalk.clock });
  sync = createSync({
    db,
    dingtalk: gateway,
    clock: dingtalk.clock,
    log: createLog('silent', 'test'),
    news: heardNews(new Outbox(db, dingtalk.clock), [personLeft]),
    endSessions: async (_tx, userIds) => void ended.push(...userIds),
    reconcileApprovals: () => Promise.resolve({ calls: 0, settled: 0 }),
  });
});
afterEach(() => dingtalk.clearFaults());

/** Tables of the domain with their keys. */
const TABLES = {
  departments: 'dept_id',
  employees: 'user_id',
  employment_periods: 'user_id, hired_on',
  department_memberships: 'user_id, dept_id, valid_from',
  dingtalk_roles: 'user_id, role_name',
};
const books = (): Promise<object[][]> =>
  Promise.all(
    Object.entries(TABLES).map(([table, key]) => db.select(`SELECT * FROM ${table} ORDER BY ${key}`)),
  );
const withoutMoments = (tables: object[][]): object[][] =>
  tables.map((rows) => rows.map((row) => ({ ...row, updated_at: null })));
interface DepartmentRow {
  dept_id: number;
  name: string;
  parent_id: number | null;
  manager_user_ids: string;
}
/** Departments that exist today, by id. */
const departments = async (): Promise<Map<number, DepartmentRow>> => {
  const rows = await db.select<DepartmentRow>('SELECT * FROM departments WHERE active = 1 ORDER BY dept_id');
  return new Map(rows.map((row) => [row.dept_id, row]));
};
const scope = (report: SyncReport, name: string): SyncReport['scopes'][number] | undefined =>
  report.scopes.find((each) => each.name === name);
const employee = async (userId: string): Promise<ListedEmployee | undefined> =>
  (await org.listEmployees(SYSTEM)).find((each) => each.userId === userId);
const periodsOf = (userId: string): Promise<object[]> =>
  db.select(
    'SELECT hired_on, left_on, left_kind, left_reason FROM employment_periods WHERE user_id = ? ORDER BY hired_on',
    [userId],
  );
const membershipsOf = (userId: string): Promise<object[]> =>
  db.select(
    'SELECT dept_id, valid_from, valid_to, is_main FROM department_memberships WHERE user_id = ? ORDER BY valid_from, dept_id',
    [userId],
  );
const change = (op: string, body: object): Promise<unknown> => dingtalk.control('/org', { op, ...body });
const changeEmployee = (employee: object): Promise<unknown> => change('change', { employee });

test('the first sync brings the whole company, those gone before it included', async () => {
  const report = await sync.run(SYSTEM);
  expect(report).toMatchObject({ status: 'complete', startedAt: '2026-10-12T09:30:00.000+08:00' });
  expect(scope(report, 'org')).toMatchObject({ status: 'complete', meteredCalls: 0, deactivated: 0 });
  const file = demoOrg();
  const gone = (leftOn: string | null | undefined): boolean =>
    typeof leftOn === 'string' && leftOn < '2026-10-12';
  const people = await org.listEmployees(SYSTEM);
  expect(people.map((person) => person.userId)).toEqual(file.employees.map((person) => person.userid).sort());
  for (const written of file.employees) {
    expect(people.find((person) => person.userId === written.userid)).toEqual({
      userId: written.userid,
      name: written.name,
      jobNumber: written.jobNumber,
      departments: written.departments,
      role: null,
      hiredOn: written.hiredOn,
      leftOn: gone(written.leftOn) ? written.leftOn : null,
      active: !gone(written.leftOn),
    });
  }
  const [zhangsan] = await db.select(
    "SELECT manager_user_id, main_dept_id, gender, birth_year, title FROM employees WHERE user_id = 'zhangsan'",
  );
  expect(zhangsan).toEqual({
    manager_user_id: 'mgr01',
    main_dept_id: 11,
    gender: 'male',
    birth_year: 1992,
    title: '客户经理',
  });
  expect(await periodsOf('zhangyong')).toEqual([
    { hired_on: '2023-05-01', left_on: '2025-07-31', left_kind: 'involuntary', left_reason: '协商解除' },
  ]);
  const tree = await departments();
  expect([...tree.keys()]).toEqual(file.departments.map((each) => each.id).sort((a, b) => a - b));
  expect(tree.get(11)).toMatchObject({ name: '销售一部', parent_id: 1, manager_user_ids: '["mgr01"]' });
  expect(
    await db.select(
      "SELECT user_id, role_name FROM dingtalk_roles WHERE role_name LIKE 'HR%' ORDER BY role_name",
    ),
  ).toEqual([
    { user_id: 'hr01', role_name: 'HR' },
    { user_id: 'hr02', role_name: 'HR管理员' },
  ]);
});

test('a second sync without changes writes no row and asks nobody for managers again', async () => {
  const before = await books();
  await dingtalk.newCalls();
  dingtalk.clock.advance(60_000);
  const report = await sync.run(SYSTEM);
  expect(report.status).toBe('complete');
  expect(
    report.scopes.map(({ inserted, updated, deactivated }) => ({ inserted, updated, deactivated })),
  ).toEqual([
    { inserted: 0, updated: 0, deactivated: 0 },
    { inserted: 0, updated: 0, deactivated: 0 },
    { inserted: 0, updated: 0, deactivated: 0 },
  ]);
  expect(await books()).toEqual(before);
  expect((await dingtalk.newCalls()).filter((call) => call.path === '/topapi/v2/user/get')).toEqual([]);
});

test('a full sync asks for all managers and still writes nothing', async () => {
  const before = await books();
  await dingtalk.newCalls();
  await sync.run(SYSTEM, { full: true });
  expect(await books()).toEqual(before);
  expect((await dingtalk.newCalls()).filter((call) => call.path === '/topapi/v2/user/get')).toHaveLength(25);
});

/** Every call that a sync makes. */
const PATHS = [
  '/topapi/v2/department/listsub',
  '/topapi/v2/department/get',
  '/topapi/v2/user/list',
  '/topapi/v2/user/get',
  '/topapi/role/list',
  '/topapi/role/simplelist',
  '/topapi/smartwork/hrm/employee/queryonjob',
  '/v1.0/hrm/rosters/lists/query',
  '/v1.0/hrm/employees/dismissions',
  '/v1.0/hrm/employees/dimissionInfos',
  '/v1.0/contact/empLeaveRecords',
];
test.each(['qps', 'busy', 'http500', 'html', 'truncate', 'hang'] as const)(
  '%s on every call once: complete, and the books are the same',
  async (kind) => {
    const before = await books();
    for (const path of PATHS) await dingtalk.fault(path, kind, 1);
    expect((await sync.run(SYSTEM, { full: true })).status).toBe('complete');
    const { faults } = await dingtalk.control<{ faults: { hits: number }[] }>('/faults');
    expect(faults.every((fault) => fault.hits === 1)).toBe(true);
    expect(await books()).toEqual(before);
  },
);

test('a token that ends in the middle of a run: complete', async () => {
  await dingtalk.newCalls();
  await dingtalk.control('/faults', { match: '/topapi/v2/user/get', kind: 'token', after: 10, times: 1 });
  expect((await sync.run(SYSTEM, { full: true })).status).toBe('complete');
  const fetches = (await dingtalk.newCalls()).filter((call) => call.path === '/v1.0/oauth2/accessToken');
  expect(fetches).toHaveLength(1);
});

test('two syncs of an empty database at once have one effect', async () => {
  const before = await books();
  for (const table of Object.keys(TABLES)) await db.execute(`DELETE FROM ${table}`);
  const other = createSync({
    db,
    dingtalk: dingtalk.gateway(),
    clock: dingtalk.clock,
    log: createLog('silent', 'test'),
    news: heardNews(new Outbox(db, dingtalk.clock), [personLeft]),
    endSessions: () => Promise.resolve(),
    reconcileApprovals: () => Promise.resolve({ calls: 0, settled: 0 }),
  });
  const reports = await Promise.all([sync.run(SYSTEM), other.run(SYSTEM)]);
  expect(reports.map((report) => report.status)).toEqual(['complete', 'complete']);
  const inserted = reports.map((report) => report.scopes.reduce((sum, each) => sum + each.inserted, 0));
  expect(Math.min(...inserted)).toBe(0);
  expect(withoutMoments(await books())).toEqual(withoutMoments(before));
});

test('a move is dated, and only the person who moved is asked about', async () => {
  await changeEmployee({ userid: 'lisi', departments: [12, 20], title: '高级客户经理' });
  await dingtalk.newCalls();
  const report = await sync.run(SYSTEM);
  expect(scope(report, 'org')).toMatchObject({ status: 'complete', inserted: 0, updated: 1 });
  expect((await dingtalk.newCalls()).filter((call) => call.path === '/topapi/v2/user/get')).toHaveLength(1);
  expect(await membershipsOf('lisi')).toEqual([
    { dept_id: 11, valid_from: '2022-03-07', valid_to: '2026-10-11', is_main: 1 },
    { dept_id: 12, valid_from: '2026-10-12', valid_to: null, is_main: 1 },
    { dept_id: 20, valid_from: '2026-10-12', valid_to: null, is_main: 0 },
  ]);
  await changeEmployee({ userid: 'lisi', departments: [11], title: '客户经理' });
  await sync.run(SYSTEM);
  expect(await membershipsOf('lisi')).toEqual([
    { dept_id: 11, valid_from: '2022-03-07', valid_to: '2026-10-11', is_main: 1 },
    { dept_id: 11, valid_from: '2026-10-12', valid_to: null, is_main: 1 },
  ]);
});

test('a department that cannot be read: partial, nobody leaves', async () => {
  await change('leave', { employee: { userid: 'lisi' } });
  await dingtalk.control('/faults', { match: '/topapi/v2/user/list', kind: 'denied', after: 2, times: 1 });
  const report = await sync.run(SYSTEM);
  expect(report.status).toBe('partial');
  expect(scope(report, 'org')).toMatchObject({ status: 'partial', deactivated: 0 });
  expect(scope(report, 'org')?.error).toMatch(/没有让任何人离职/);
  expect((await employee('lisi'))?.active).toBe(true);
});

test('without Smart HR nobody leaves either', async () => {
  await dingtalk.fault('/v1.0/hrm/employees/dismissions', 'denied');
  const report = await sync.run(SYSTEM);
  expect(report.status).toBe('partial');
  expect(scope(report, 'roster')).toMatchObject({
    status: 'failed',
    error: expect.stringContaining('qyapi_hrm_read_user'),
  });
  expect((await employee('lisi'))?.active).toBe(true);
});

test('who is missing from a whole picture has left: dated, roles and sessions gone, record kept', async () => {
  const report = await sync.run(SYSTEM);
  expect(scope(report, 'org')).toMatchObject({ status: 'complete', deactivated: 1 });
  expect(await employee('lisi')).toMatchObject({ active: false, leftOn: '2026-10-12', departments: [11] });
  expect(ended).toEqual(['lisi']);
  expect(await membershipsOf('lisi')).toContainEqual({
    dept_id: 11,
    valid_from: '2026-10-12',
    valid_to: '2026-10-12',
    is_main: 1,
  });
});

test('somebody hired again keeps the identity and gets a second employment', async () => {
  dingtalk.clock.advance(7 * 86_400_000);
  await dingtalk.control('/clock', { now: '2026-10-19T09:30:00+08:00' });
  await change('rehire', { employee: { userid: 'lisi', hiredOn: '2026-10-19', departments: [12] } });
  await sync.run(SYSTEM);
  expect(await employee('lisi')).toMatchObject({
    active: true,
    hiredOn: '2026-10-19',
    leftOn: null,
    departments: [12],
  });
  expect(await periodsOf('lisi')).toEqual([
    { hired_on: '2022-03-07', left_on: '2026-10-12', left_kind: null, left_reason: null },
    { hired_on: '2026-10-19', left_on: null, left_kind: null, left_reason: null },
  ]);
});

test('departments are renamed, moved, closed and keep their key', async () => {
  await change('add-department', { department: { id: 30, name: '新部', parent: 11 } });
  await sync.run(SYSTEM);
  expect((await departments()).get(30)).toMatchObject({ name: '新部', parent_id: 11 });
  await change('change-department', { department: { id: 30, name: '新二部', parent: 12 } });
  await sync.run(SYSTEM);
  expect((await departments()).get(30)).toMatchObject({ name: '新二部', parent_id: 12 });
  await change('remove-department', { department: { id: 30 } });
  await sync.run(SYSTEM);
  expect((await departments()).has(30)).toBe(false);
});

test('more than five percent at once wait for an administrator', async () => {
  for (const userid of ['wangwu', 'zhaomin']) await change('leave', { employee: { userid } });
  const report = await sync.run(SYSTEM);
  expect(scope(report, 'org')).toMatchObject({
    status: 'partial',
    deactivated: 0,
    error: expect.stringMatching(/2 人离职.*5%/),
  });
  expect((await employee('wangwu'))?.active).toBe(true);
  for (const userid of ['wangwu', 'zhaomin'])
    await change('rehire', { employee: { userid, departments: [11] } });
  expect(scope(await sync.run(SYSTEM), 'org')?.status).toBe('complete');
});

test('a scope alone, and one of a later release', async () => {
  const report = await sync.run(SYSTEM, { only: ['roster'] });
  expect(report.scopes.map((each) => each.name)).toEqual(['roster']);
  expect(report.status).toBe('complete');
  await expect(sync.run(SYSTEM, { only: ['org', 'attendance'] })).rejects.toMatchObject({
    code: 'sync.scope_unsupported',
  });
});

test('DingTalk down: failed, in one sentence, and nothing has changed', async () => {
  const before = await books();
  await dingtalk.fault('/topapi/v2/department/*', 'http500');
  const report = await sync.run(SYSTEM);
  expect(scope(report, 'org')).toMatchObject({ status: 'failed', error: expect.stringContaining('钉钉') });
  expect(await books()).toEqual(before);
  const [kept] = await db.select<{ n: number }>(
    "SELECT COUNT(*) AS n FROM sync_runs WHERE status = 'running'",
  );
  expect(kept?.n).toBe(0);
});
