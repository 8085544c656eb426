import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SimulatorClock } from '../clock/clock.ts';
import { DingTalkCaller } from '../testing/dingtalk-caller.ts';
import { demoOrg } from './demo-org.ts';
import { Directory } from './directory.ts';
import { generateOrg } from './generate-org.ts';
import type { OrgEmployee } from './org-file.ts';
import { loadOrgFile, readOrg } from './read-org-file.ts';

const isEmployedOn = (employee: OrgEmployee, day: string): boolean =>
  (employee.hiredOn ?? '') <= day && (!employee.leftOn || employee.leftOn > day);

describe('the demo company', () => {
  const org = demoOrg();
  const sales = org.employees.filter((employee) => employee.jobNumber?.startsWith('S'));
  const isIn = (id: number) => (employee: OrgEmployee) =>
    !employee.leftOn && employee.departments.includes(id) && sales.includes(employee);

  test('is a valid organisation file', () => expect(readOrg(org).employees).toHaveLength(37));

  test('departments: 9 and 11 salespeople, nobody in 大客户部, none in the sub-department', () => {
    expect(sales.filter(isIn(11))).toHaveLength(9);
    expect(sales.filter(isIn(12))).toHaveLength(11);
    expect(org.employees.filter((employee) => employee.departments.includes(20))).toEqual([]);
    expect(sales.filter(isIn(13))).toEqual([]);
  });

  /** Leavers within the days over the mean of the headcounts at the ends of the day before and the last day. */
  const turnover = (people: OrgEmployee[], dayBefore: string, lastDay: string): [number, number] => {
    const leavers = people.filter(({ leftOn }) => leftOn && leftOn > dayBefore && leftOn <= lastDay);
    const headcount = (day: string) => people.filter((employee) => isEmployedOn(employee, day)).length;
    return [leavers.length, (headcount(dayBefore) + headcount(lastDay)) / 2];
  };

  test.each<[string, OrgEmployee[], [dayBefore: string, lastDay: string], [number, number]]>([
    ['sales, the year before', sales, ['2024-09-30', '2025-09-30'], [7, 20]],
    ['sales, the year after', sales, ['2025-09-30', '2026-09-30'], [2, 20]],
    ['everybody, 2025Q3', org.employees, ['2025-06-30', '2025-09-30'], [6, 24]],
    ['everybody, 2026Q3', org.employees, ['2026-06-30', '2026-09-30'], [2, 25]],
  ])('turnover of %s', (_name, people, window, expected) => {
    expect(turnover(people, ...window)).toEqual(expected);
  });
});

describe('a generated company', () => {
  test('is valid, of the size asked for, and the same for the same seed', () => {
    const org = readOrg(generateOrg(500, 3));
    expect(org.employees.filter((employee) => !employee.leftOn)).toHaveLength(500);
    expect(org.employees.filter((employee) => employee.leftOn)).toHaveLength(80);
    expect(generateOrg(500, 3)).toEqual(generateOrg(500, 3));
    expect(generateOrg(500, 4)).not.toEqual(generateOrg(500, 3));
    expect(org.employees.every(({ hiredOn, leftOn }) => !leftOn || (hiredOn ?? '') < leftOn)).toBe(true);
  });

  test('one person is enough', () => expect(readOrg(generateOrg(1, 1)).employees).toHaveLength(1));
  test('nobody is not', () => expect(() => generateOrg(0, 1)).toThrow(RangeError));
});

describe('an organisation file', () => {
  const root = { id: 1, name: '总部', parent: null };
  const org = (employees: unknown[], departments: unknown[] = [root]) => ({ departments, employees });

  test.each<[string, unknown, string]>([
    ['no object', [], '对象'],
    ['no departments', { employees: [] }, 'departments'],
    ['no root', org([], []), '根部门'],
    ['an unknown parent', org([], [root, { id: 2, name: '甲', parent: 9 }]), '上级 9'],
    ['a circle', org([], [root, { id: 2, name: '甲', parent: 3 }, { id: 3, name: '乙', parent: 2 }]), '成环'],
    ['no userid', org([{ name: '甲', departments: [1] }]), 'userid'],
    [
      'a userid twice',
      org([
        { userid: 'a', name: '甲', departments: [1] },
        { userid: 'a', name: '乙', departments: [1] },
      ]),
      '重复',
    ],
    ['an unknown department', org([{ userid: 'a', name: '甲', departments: [7] }]), '部门 7'],
    ['a bad day', org([{ userid: 'a', name: '甲', departments: [1], hiredOn: '2026/1/1' }]), 'hiredOn'],
    ['a bad kind', org([{ userid: 'a', name: '甲', departments: [1], leftKind: 'x' }]), 'leftKind'],
  ])('%s is refused', (_name, value, word) => {
    expect(() => readOrg(value)).toThrow(word);
  });

  test('is read from disk, with defaults for the company', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'simulator-org-')), 'org.json');
    await writeFile(path, JSON.stringify(org([{ userid: 'a', name: '甲', departments: [1] }])));
    expect((await loadOrgFile(path)).corp).toMatchObject({ corpId: 'dingdemo', edition: 'standard' });
    await writeFile(path, '{');
    await expect(loadOrgFile(path)).rejects.toThrow('无法读取');
  });
});

test('the clock decides who is in the address book', () => {
  const clock = new SimulatorClock();
  const directory = new Directory(demoOrg(), clock);
  const isPresentOn = (userid: string, instant: string): boolean => {
    clock.set(Date.parse(instant));
    const person = directory.person(userid);
    return person !== undefined && directory.isPresent(person);
  };
  expect(isPresentOn('mgr03', '2026-06-12T23:00:00+08:00')).toBe(true);
  expect(isPresentOn('mgr03', '2026-06-13T00:01:00+08:00')).toBe(false);
  expect(isPresentOn('mgr02', '2026-06-30T23:00:00+08:00')).toBe(false);
  expect(isPresentOn('mgr02', '2026-07-01T08:00:00+08:00')).toBe(true);
});

describe('changes by /_sim/org', () => {
  let caller: DingTalkCaller;
  beforeAll(async () => {
    caller = await DingTalkCaller.start();
  });
  afterAll(() => caller.simulator.close());

  const change = (op: string, employee: object) => caller.control('POST', '/org', { op, employee });
  const changeDepartment = (op: string, department: object) =>
    caller.control('POST', '/org', { op, department });
  const get = async (userid: string) => (await caller.post('/topapi/v2/user/get', { userid })).body;
  const leaverIds = async () =>
    (await caller.get('/v1.0/hrm/employees/dismissions?maxResults=50')).body.userIdList as string[];

  test('somebody is hired, moves, leaves and comes back', async () => {
    expect((await change('hire', { userid: 'new1', name: '新人', departments: [11] })).status).toBe(200);
    expect(await get('new1')).toMatchObject({ result: { name: '新人', dept_id_list: [11] } });
    await change('change', { userid: 'new1', departments: [12], title: '大客户经理' });
    expect(await get('new1')).toMatchObject({ result: { dept_id_list: [12], title: '大客户经理' } });
    await change('leave', { userid: 'new1', leftKind: 'involuntary', leftReason: '试用期不符' });
    expect(await get('new1')).toMatchObject({ errcode: 60121 });
    expect(await leaverIds()).toContain('new1');
    const infos = await caller.get(
      `/v1.0/hrm/employees/dimissionInfos?userIdList=${encodeURIComponent('["new1"]')}`,
    );
    expect(infos.body).toMatchObject({
      result: [{ status: 2, passiveReason: ['试用期不符'], voluntaryReason: [] }],
    });
    await change('rehire', { userid: 'new1', departments: [11] });
    expect(await get('new1')).toMatchObject({ errcode: 0, result: { dept_id_list: [11] } });
    expect(await leaverIds()).not.toContain('new1');
    const records = await caller.get(
      '/v1.0/contact/empLeaveRecords?startTime=2026-10-01T00:00:00Z&maxResults=50&endTime=2026-10-31T00:00:00Z',
    );
    expect(records.body.records).toMatchObject([{ userId: 'new1' }]);
  });

  test('departments come, move and go', async () => {
    await changeDepartment('add-department', { id: 30, name: '渠道部', managers: ['mgr02'] });
    await changeDepartment('change-department', { id: 30, parent: 12 });
    const answer = await caller.post('/topapi/v2/department/get', { dept_id: 30 });
    expect(answer.body).toMatchObject({ result: { name: '渠道部', parent_id: 12 } });
    expect((await changeDepartment('remove-department', { id: 30 })).status).toBe(200);
    expect((await caller.post('/topapi/v2/department/get', { dept_id: 30 })).body.errcode).toBe(60003);
  });

  test.each([
    [{ op: 'promote' }, 'op'],
    [{ op: 'hire', employee: { userid: 'zhangsan', name: '张三' } }, '已经存在'],
    [{ op: 'hire', employee: { userid: 'x', name: '甲', departments: [99] } }, '没有部门'],
    [{ op: 'leave', employee: { userid: 'nobody' } }, '没有'],
    [{ op: 'rehire', employee: { userid: 'zhangsan' } }, '还在职'],
    [{ op: 'remove-department', department: { id: 11 } }, '子部门'],
    [{ op: 'remove-department', department: { id: 12 } }, '成员'],
    [{ op: 'change-department', department: { id: 11, parent: 13 } }, '下级'],
  ])('%j is refused', async (body, word) => {
    const answer = await caller.control('POST', '/org', body);
    expect(answer.status).toBe(400);
    expect(answer.text).toContain(word);
  });
});
