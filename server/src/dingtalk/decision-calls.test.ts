import { createTestDatabase, startTestDingTalk, testRedis, type TestDingTalk } from '@shigang/test';
import { demoOrg } from '@shigang/simulator';
import { DingTalkError, isRefusal } from './calling/errors.ts';
import type { DingTalk, DingTalkRun } from './gateway.ts';

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

/* Approvals, to-dos and transfers against the simulator, whose answers take the forms that the documents leave open. */

let dingtalk: TestDingTalk;
let gateway: DingTalk;
let run: DingTalkRun;
let processCode: string;

const FORM = {
  name: '适岗评议·岗位调整审批',
  description: '由适岗发起',
  fields: [
    { label: '审批编号', kind: 'text' },
    { label: '调整理由', kind: 'textarea' },
    { label: '生效日期', kind: 'date' },
  ],
} as const;

interface Books {
  approvals: { id: string; state: string; formValues: Record<string, string>; approvers: unknown }[];
  todos: { id: string; state: string; content: Record<string, unknown>; recipients: string[] }[];
  transfers: { userId: string; deptId: number | null; position: string }[];
}
const books = (): Promise<Books> => dingtalk.control<Books>('/books');
const failureOf = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => null,
    (error: unknown) => error,
  );

beforeAll(async () => {
  dingtalk = await startTestDingTalk({
    db: await createTestDatabase(),
    redis: await testRedis(),
    org: demoOrg(),
  });
  gateway = dingtalk.gateway();
  run = gateway.for('approval');
  expect(await run.approvals.codeOfForm(FORM.name)).toBeNull();
  processCode = await run.approvals.saveForm(FORM);
});
afterEach(() => dingtalk.clearFaults());

const start = (approvalNumber: string, approverUserId = 'mgr01'): Promise<string> =>
  run.approvals.start({
    processCode,
    starterUserId: 'hr01',
    approverUserId,
    values: [
      { name: '审批编号', value: approvalNumber },
      { name: '调整理由', value: '销售转售前' },
      { name: '生效日期', value: '2026-11-02' },
    ],
  });
const answer = (id: string, body: object): Promise<unknown> => dingtalk.control(`/approvals/${id}`, body);

test('a form is found by its name, gets new content under its code, and its name is taken', async () => {
  expect(await run.approvals.codeOfForm(FORM.name)).toBe(processCode);
  expect(await run.approvals.saveForm({ ...FORM, processCode })).toBe(processCode);
  expect(isRefusal(await failureOf(run.approvals.saveForm(FORM)), 'formName.error')).toBe(true);
  const gone = await failureOf(run.approvals.saveForm({ ...FORM, name: '另一张', processCode: 'PROC-GONE' }));
  expect(isRefusal(gone, 'processcode.error')).toBe(true);
});

test.each([
  ['agree', 'agreed', '可以', 'mgr01'],
  ['refuse', 'refused', '再看一个季度', 'mgr01'],
  ['terminate', 'terminated', null, 'hr01'],
] as const)(
  'an approval that ends with %s tells so, by whom and with what words',
  async (result, state, remark, by) => {
    const id = await start(`n-${result}`);
    const values = { 审批编号: `n-${result}`, 调整理由: '销售转售前', 生效日期: '2026-11-02' };
    const running = { instanceId: id, state: 'running', values, remark: null, settledBy: null };
    expect(await run.approvals.read(id)).toEqual({ ...running, starterUserId: 'hr01', finishedAtMs: null });
    await answer(id, { result, ...(remark === null ? {} : { remark }) });
    expect(await run.approvals.read(id)).toEqual({
      ...running,
      state,
      remark,
      settledBy: by,
      starterUserId: 'hr01',
      finishedAtMs: expect.any(Number),
    });
  },
);

test('a form that is gone, people who are and values that do not fit are refused by their codes', async () => {
  const request = { processCode, starterUserId: 'hr01', approverUserId: 'mgr01', values: [] };
  const codeOf = async (change: object): Promise<string> => {
    const error = await failureOf(run.approvals.start({ ...request, ...change }));
    return error instanceof DingTalkError ? `${error.kind} ${error.dingtalkCode}` : String(error);
  };
  expect(await codeOf({ processCode: 'PROC-GONE' })).toBe('giveUp processCodeError');
  expect(await codeOf({ starterUserId: 'nobody' })).toBe('giveUp processInstanceInvalidParameter');
  expect(await codeOf({ approverUserId: 'nobody' })).toBe('giveUp processInstanceInvalidParameter');
  expect(await codeOf({ values: [{ name: '生效日期', value: '下周' }] })).toBe('giveUp formConverterError');
  expect(isRefusal(await failureOf(run.approvals.read('unknown')), 'processInstanceNotExist')).toBe(true);
});

test('an approval is taken back by its starter once it is old enough, and only while it runs', async () => {
  const id = await start('n-back');
  const request = { instanceId: id, operatorUserId: 'hr01', remark: '改主意了' };
  const early = await failureOf(run.approvals.terminate(request));
  expect(isRefusal(early, 'aflowProcessInstStatusException')).toBe(true);
  await dingtalk.control('/clock', { advance: 'PT16S' });
  await run.approvals.terminate(request);
  expect(await run.approvals.read(id)).toMatchObject({
    state: 'terminated',
    remark: '改主意了',
    settledBy: 'hr01',
  });
  expect(
    isRefusal(await failureOf(run.approvals.terminate(request)), 'aflowProcessInstStatusException'),
  ).toBe(true);
  const other = await start('n-system');
  await dingtalk.control('/clock', { advance: 'PT16S' });
  await run.approvals.terminate({ instanceId: other, operatorUserId: null, remark: '发起人已离职' });
  expect(await run.approvals.read(other)).toMatchObject({ state: 'terminated' });
});

test('ids are listed over pages, by starter and state', async () => {
  const before = await run.approvals.listIds({ processCode, fromMs: 0, toMs: 1 }).catch(() => []);
  expect(before).toEqual([]);
  const fromMs = dingtalk.clock.now() - 1_000;
  const started = [];
  for (let n = 0; n < 21; n += 1) started.push(await start(`list-${n}`));
  await answer(started[0] ?? '', { result: 'agree' });
  await dingtalk.newCalls();
  const running = await run.approvals.listIds({
    processCode,
    fromMs,
    starterUserIds: ['hr01'],
    statuses: ['RUNNING'],
  });
  expect(running).toEqual(expect.arrayContaining(started.slice(1)));
  expect(running).not.toContain(started[0]);
  const all = await run.approvals.listIds({ processCode, fromMs, toMs: fromMs + 86_400_000 });
  expect(all).toEqual(expect.arrayContaining(started));
  expect((await dingtalk.newCalls()).length).toBeGreaterThanOrEqual(3);
  expect(await run.approvals.listIds({ processCode, fromMs, starterUserIds: ['hr02'] })).toEqual([]);
});

test('a start, a form, a to-do and a transfer whose answers are lost are made once', async () => {
  const [creatorUnionId, executorUnionId] = [await unionIdOf('hr01'), await unionIdOf('zhangsan')];
  const todo = { ...TODO, creatorUnionId, executorUnionId, sourceId: 'lost' };
  const calls: [string, () => Promise<unknown>][] = [
    ['POST /v1.0/workflow/processInstances', () => start('n-lost')],
    ['POST /v1.0/workflow/forms', () => run.approvals.saveForm({ ...FORM, processCode })],
    ['POST /v1.0/todo/users/{unionId}/tasks', () => run.todos.create(todo)],
    [
      'POST /v1.0/hrm/processes/transfer',
      () =>
        run.hrProcess.transfer({
          userId: 'lisi',
          deptId: null,
          positionName: '客户成功',
          operatorUserId: 'hr01',
        }),
    ],
  ];
  for (const [match, make] of calls) {
    await dingtalk.newCalls();
    await dingtalk.fault(match, 'truncate', 1);
    expect(await failureOf(make())).toMatchObject({ kind: 'retry', isOutcomeUnknown: true });
    expect(await dingtalk.newCalls()).toHaveLength(1);
    await dingtalk.clearFaults();
  }
  const { approvals, transfers } = await books();
  expect(approvals.filter((entry) => entry.formValues['审批编号'] === 'n-lost')).toHaveLength(1);
  expect(transfers.filter((entry) => entry.userId === 'lisi')).toHaveLength(1);
  // The to-do tells by its source that the first one arrived.
  expect(await run.todos.create(todo)).toBeNull();
  expect(await run.todos.idOf(todo)).toMatch(/./);
});

test('a to-do is found by its source among many of its creator, as long as it is open', async () => {
  const [creatorUnionId, executorUnionId] = [await unionIdOf('hr02'), await unionIdOf('lisi')];
  const ids: (string | null)[] = [];
  for (let n = 0; n < 45; n += 1)
    ids.push(await run.todos.create({ ...TODO, creatorUnionId, executorUnionId, sourceId: `many-${n}` }));
  const idOf = (n: number) => run.todos.idOf({ creatorUnionId, sourceId: `many-${n}` });
  expect([await idOf(0), await idOf(44)]).toEqual([ids[0], ids[44]]);
  expect(await idOf(45)).toBeNull();
  await run.todos.done({ creatorUnionId, todoId: ids[44] ?? '' });
  expect(await idOf(44)).toBeNull();
});

test('reading an approval and listing get over a hiccup', async () => {
  const id = await start('n-hiccup');
  for (const kind of ['qps', 'busy', 'http500', 'html', 'truncate', 'token'] as const) {
    await dingtalk.fault('GET /v1.0/workflow/processInstances', kind, 1);
    expect(await run.approvals.read(id)).toMatchObject({ state: 'running' });
    await dingtalk.clearFaults();
  }
});

test('a missing permission names what to apply for', async () => {
  await dingtalk.fault('/v1.0/*', 'denied');
  const permissions = [];
  const calls = [
    () => run.approvals.codeOfForm('x'),
    () => run.approvals.read('x'),
    () => start('x'),
    () => run.todos.remove({ creatorUnionId: 'x', todoId: 'y' }),
    () => run.hrProcess.transfer({ userId: 'x', deptId: null, positionName: 'x', operatorUserId: 'x' }),
  ];
  for (const call of calls) permissions.push(((await failureOf(call())) as DingTalkError).permission);
  expect(permissions).toEqual([
    'Workflow.Form.Read',
    'Workflow.Instance.Read',
    'Workflow.Instance.Write',
    'Todo.Todo.Write',
    'Hrm.Process.ReadWrite',
  ]);
});

const TODO = {
  subject: '完成培训：需求挖掘',
  description: '请在 30 天内完成',
  dueAtMs: Date.parse('2026-11-11T18:00:00+08:00'),
  url: 'https://shigang.example.com/h5/#/me',
};
const unionIdOf = async (userId: string): Promise<string> =>
  (await gateway.for('sync').contact.person(userId)).unionId ?? '';

test('a to-do is created once per source, ticked off, and taken out', async () => {
  const { todos } = gateway.for('todo');
  const [creatorUnionId, executorUnionId] = [await unionIdOf('hr01'), await unionIdOf('zhangsan')];
  const todo = { ...TODO, creatorUnionId, executorUnionId, sourceId: 'development/1' };
  const todoId = (await todos.create(todo)) ?? '';
  expect(await todos.create(todo)).toBeNull();
  const entry = async (): Promise<Books['todos'][number] | undefined> =>
    (await books()).todos.find(({ id }) => id === todoId);
  expect(await entry()).toMatchObject({ state: 'open', recipients: ['zhangsan'] });
  await todos.done({ creatorUnionId, todoId });
  expect(await entry()).toMatchObject({ state: 'done' });
  await todos.remove({ creatorUnionId, todoId });
  expect(await entry()).toMatchObject({ state: 'deleted' });
  await todos.remove({ creatorUnionId, todoId });
  const gone = await failureOf(todos.done({ creatorUnionId, todoId }));
  expect(isRefusal(gone, 'todo.taskUpdate.paramError', 'task not exist')).toBe(true);
});

test('a transfer takes effect in the address book, where it is read back', async () => {
  const { hrProcess, contact } = gateway.for('transfer');
  const before = await contact.person('wangwu');
  const target = before.departmentIds.includes(12) ? 11 : 12;
  await hrProcess.transfer({
    userId: 'wangwu',
    deptId: target,
    positionName: '售前顾问',
    operatorUserId: 'hr01',
  });
  expect(await contact.person('wangwu')).toMatchObject({ title: '售前顾问', departmentIds: [target] });
  await hrProcess.transfer({
    userId: 'wangwu',
    deptId: null,
    positionName: '客户经理',
    operatorUserId: 'hr01',
  });
  expect(await contact.person('wangwu')).toMatchObject({ title: '客户经理', departmentIds: [target] });
  const nobody = { userId: 'nobody', deptId: null, positionName: '售前顾问', operatorUserId: 'hr01' };
  expect(isRefusal(await failureOf(hrProcess.transfer(nobody)), 'invalidParameter')).toBe(true);
});

test('what is metered is counted: approvals and to-dos are, a transfer and reading back are not', async () => {
  const metered = async (work: (r: DingTalkRun) => Promise<unknown>): Promise<number> => {
    const each = gateway.for('approval');
    await work(each);
    return each.figures.meteredCalls;
  };
  expect(await metered((r) => r.approvals.codeOfForm(FORM.name))).toBe(1);
  expect(await metered((r) => r.contact.person('wangwu'))).toBe(0);
  const transfer = { userId: 'wangwu', deptId: null, positionName: '客户经理', operatorUserId: 'hr01' };
  expect(await metered((r) => r.hrProcess.transfer(transfer))).toBe(0);
});
