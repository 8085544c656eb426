import { formOf, saveForm, startApproval } from '../../testing/approvals.ts';
import type { Answered } from '../../testing/dingtalk-caller.ts';
import { DingTalkCaller } from '../../testing/dingtalk-caller.ts';

const INSTANCES = '/v1.0/workflow/processInstances';
const IDS = '/v1.0/workflow/processes/instanceIds/query';

interface Task {
  taskId: number;
  userId: string;
  status: string;
  result?: string;
}
interface Instance {
  status: string;
  result?: string;
  createTime: string;
  finishTime?: string;
  tasks: Task[];
  operationRecords: { userId: string; type: string; result: string; remark?: string }[];
}

let caller: DingTalkCaller;
beforeAll(async () => {
  caller = await DingTalkCaller.start();
});
/** 20 calls a second and API is DingTalk's limit: no test may meet what another one used up. */
const PACE_MS = 60;
let callsBefore = 0;
beforeEach(async () => {
  const { calls } = (await caller.control('GET', '/calls')).body as { calls: unknown[] };
  await new Promise((resolve) => setTimeout(resolve, (calls.length - callsBefore) * PACE_MS));
  callsBefore = calls.length;
});

afterAll(() => caller.simulator.close());

const codeOf = ({ status, body }: Answered): unknown => [status, body.code];
const started = async (processCode: string, fields = {}): Promise<string> =>
  String((await startApproval(caller, processCode, fields)).body.instanceId);
const read = async (id: string): Promise<Instance> => {
  const { body } = await caller.get(`${INSTANCES}?processInstanceId=${id}`);
  return body.result as Instance;
};
const execute = (processInstanceId: string, fields: Record<string, unknown>): Promise<Answered> =>
  caller.post(`${INSTANCES}/execute`, { processInstanceId, ...fields });
const terminate = (processInstanceId: string, fields: Record<string, unknown>): Promise<Answered> =>
  caller.post(`${INSTANCES}/terminate`, { processInstanceId, ...fields });
const bySystem = { isSystem: true };
const byStarter = { isSystem: false, operatingUserId: 'hr01' };

describe('forms', () => {
  test('a name is good once; the code changes the form that it names', async () => {
    const processCode = await saveForm(caller, '表单甲');
    expect(processCode).toMatch(/^PROC-/);
    const again = await caller.post('/v1.0/workflow/forms', formOf('表单甲'));
    expect(codeOf(again)).toEqual([400, 'formName.error']);
    const changed = await caller.post('/v1.0/workflow/forms', {
      ...formOf('表单甲'),
      processCode,
      description: '新的说明',
    });
    expect(changed.body).toEqual({ result: { processCode } });
    const schema = await caller.get(`/v1.0/workflow/forms/schemas/processCodes?processCode=${processCode}`);
    expect(schema.body).toMatchObject({
      result: {
        memo: '新的说明',
        schemaContent: {
          items: [
            { componentName: 'DDDateField', props: { id: 'DDDateField_A', label: '调整日期' } },
            {},
            { props: { options: ['转岗', '培训'] } },
          ],
        },
      },
    });
  });

  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown code', { processCode: 'PROC-X' }, 'processcode.error'],
    [
      'a label of 21 characters',
      { formComponents: [component({ label: '字'.repeat(21) })] },
      'schema.sysAttrs.error',
    ],
    [
      'a control without a name',
      { formComponents: [component({ componentId: undefined })] },
      'schema.sysAttrs.error',
    ],
    ['two of one name', { formComponents: [component({}), component({})] }, 'schema.sysAttrs.error'],
    ['no controls', { formComponents: [] }, 'internalError'],
  ])('%s is refused', async (_name, fields, code) => {
    const answer = await caller.post('/v1.0/workflow/forms', { ...formOf('坏表单'), ...fields });
    expect(codeOf(answer)).toEqual([400, code]);
  });

  test('names and codes that nobody knows', async () => {
    const byName = await caller.get('/v1.0/workflow/processCentres/schemaNames/processCodes?name=x');
    expect(codeOf(byName)).toEqual([400, 'process.error']);
    const schema = await caller.get('/v1.0/workflow/forms/schemas/processCodes?processCode=x');
    expect(codeOf(schema)).toEqual([400, 'formNotExist']);
  });
});

function component(props: Record<string, unknown>) {
  return { componentType: 'TextField', props: { componentId: 'TextField_A', label: '甲', ...props } };
}

describe('starting', () => {
  let processCode: string;
  beforeAll(async () => {
    processCode = await saveForm(caller, '转岗');
  });
  const value = (name: string, text: unknown) => ({ name, value: text });
  const day = value('调整日期', '2026-11-01');

  test.each<[string, Record<string, unknown>, string]>([
    ['an unknown form', { processCode: 'PROC-X' }, 'processCodeError'],
    ['no starter', { originatorUserId: '' }, 'invalidParameter'],
    ['a starter who left', { originatorUserId: 'jinhao' }, 'processInstanceInvalidParameter'],
    ['an approver who left', { approvers: [one('jinhao')] }, 'processInstanceInvalidParameter'],
    ['a department of others', { deptId: 20 }, 'processInstanceInvalidParameter'],
    ['no approvers and no department', { approvers: undefined }, 'invalidParameter'],
    ['no approvers', { approvers: undefined, deptId: -1 }, 'processGetFailed'],
    ['21 steps', { approvers: Array(21).fill(one('mgr01')) }, 'invalidParameter'],
    [
      'NONE for two',
      { approvers: [{ actionType: 'NONE', userIds: ['mgr01', 'mgr02'] }] },
      'invalidParameter',
    ],
    ['OR for one', { approvers: [{ actionType: 'OR', userIds: ['mgr01'] }] }, 'invalidParameter'],
    ['another agent', { microappAgentId: 1 }, 'invalidAgentId'],
    ['a page of its own', { bizDetailPageUrl: 'https://x.example' }, 'benefitStatusInvalid'],
    ['a required value missing', { formComponentValues: [value('原因', '好')] }, 'formConverterError'],
    ['an unknown control', { formComponentValues: [day, value('别的', '好')] }, 'formConverterError'],
    ['no day', { formComponentValues: [value('调整日期', '11月1日')] }, 'formConverterError'],
    ['no option', { formComponentValues: [day, value('类型', '升职')] }, 'formConverterError'],
    ['a number as value', { formComponentValues: [value('调整日期', 20261101)] }, 'illegalComponent'],
  ])('%s: refused', async (_name, fields, code) => {
    expect(codeOf(await startApproval(caller, processCode, fields))).toEqual([400, code]);
  });

  test('the bare answer, then the instance with its task; times have minutes', async () => {
    const answer = await startApproval(caller, processCode);
    expect(Object.keys(answer.body)).toEqual(['instanceId']);
    const { body } = await caller.get(`${INSTANCES}?processInstanceId=${String(answer.body.instanceId)}`);
    expect(body.success).toBe('true');
    expect(body.result).toMatchObject({
      title: '周敏提交的转岗',
      status: 'RUNNING',
      originatorUserId: 'hr01',
      approverUserIds: ['mgr01'],
      ccUserIds: ['hr02'],
      createTime: expect.stringMatching(/^2026-10-12T01:\d\dZ$/) as string,
      tasks: [{ userId: 'mgr01', status: 'RUNNING' }],
      operationRecords: [{ userId: 'hr01', type: 'START_PROCESS_INSTANCE', result: 'NONE' }],
    });
    expect(body.result).not.toHaveProperty('result');
    expect(codeOf(await caller.get(`${INSTANCES}?processInstanceId=x`))).toEqual([
      400,
      'processInstanceNotExist',
    ]);
  });
});

function one(userid: string) {
  return { actionType: 'NONE', userIds: [userid] };
}

describe('answering', () => {
  let processCode: string;
  beforeAll(async () => {
    processCode = await saveForm(caller, '逐级');
  });

  test('everybody of an AND step, the first of an OR step, then the end', async () => {
    const approvers = [
      { actionType: 'AND', userIds: ['mgr01', 'mgr02'] },
      { actionType: 'OR', userIds: ['hr01', 'hr02'] },
    ];
    const id = await started(processCode, { approvers });
    const agree = async (actionerUserId: string): Promise<void> => {
      const { tasks } = await read(id);
      const task = tasks.find(({ userId, status }) => userId === actionerUserId && status === 'RUNNING');
      const answer = await execute(id, { actionerUserId, taskId: task?.taskId, result: 'agree' });
      expect(answer.body).toEqual({ result: true, success: true });
    };
    await agree('mgr01');
    expect((await read(id)).tasks.map(({ status }) => status)).toEqual(['COMPLETED', 'RUNNING']);
    await agree('mgr02');
    expect((await read(id)).tasks.map(({ status }) => status).slice(2)).toEqual(['RUNNING', 'RUNNING']);
    await agree('hr02');
    const end = await read(id);
    expect(end).toMatchObject({ status: 'COMPLETED', result: 'agree' });
    expect(end.finishTime).toMatch(/^2026-10-12T01:\d\dZ$/);
    expect(end.tasks.map(({ status, result }) => [status, result])).toEqual([
      ['COMPLETED', 'AGREE'],
      ['COMPLETED', 'AGREE'],
      ['CANCELED', undefined],
      ['COMPLETED', 'AGREE'],
    ]);
  });

  test('one refusal ends it, with its remark', async () => {
    const id = await started(processCode, { approvers: [one('mgr01'), one('hr02')] });
    const taskId = (await read(id)).tasks[0]?.taskId;
    const answer = { actionerUserId: 'mgr01', taskId, result: 'refuse', remark: '人手不够' };
    expect((await execute(id, answer)).body).toEqual({ result: true, success: true });
    const end = await read(id);
    expect(end).toMatchObject({ status: 'COMPLETED', result: 'refuse' });
    expect(end.tasks).toHaveLength(1);
    expect(end.operationRecords).toContainEqual(
      expect.objectContaining({
        userId: 'mgr01',
        type: 'EXECUTE_TASK_NORMAL',
        result: 'REFUSE',
        remark: '人手不够',
      }),
    );
    expect(codeOf(await execute(id, answer))).toEqual([400, 'aflowProcessInstStatusException']);
  });

  test('a wrong task, person or answer', async () => {
    const id = await started(processCode);
    const taskId = (await read(id)).tasks[0]?.taskId;
    const good = { actionerUserId: 'mgr01', taskId, result: 'agree' };
    const codes = async (fields: object): Promise<unknown> =>
      (await execute(id, { ...good, ...fields })).body.code;
    expect(await codes({ actionerUserId: 'hr02' })).toBe('needAuth');
    expect(await codes({ actionerUserId: 'jinhao' })).toBe('userNotExist');
    expect(await codes({ taskId: 1 })).toBe('aflowProcessInstCanNotBeExecuted');
    expect(await codes({ taskId: undefined })).toBe('invalidInstanceExecuteTaskId');
    expect(await codes({ result: 'AGREE' })).toBe('invalidInstanceExecuteResult');
  });

  test('a comment stands in the record', async () => {
    const id = await started(processCode);
    await caller.post(`${INSTANCES}/comments`, {
      processInstanceId: id,
      text: '见附件',
      commentUserId: 'hr01',
    });
    expect((await read(id)).operationRecords.at(-1)).toMatchObject({ type: 'ADD_REMARK', remark: '见附件' });
    const empty = await caller.post(`${INSTANCES}/comments`, {
      processInstanceId: id,
      commentUserId: 'hr01',
    });
    expect(codeOf(empty)).toEqual([400, 'invalidInstanceCommentText']);
  });
});

describe('withdrawing', () => {
  let processCode: string;
  beforeAll(async () => {
    processCode = await saveForm(caller, '撤回');
  });

  test('not in the first 15 seconds, real or by the clock; then once', async () => {
    const id = await started(processCode);
    expect(codeOf(await terminate(id, bySystem))).toEqual([400, 'aflowProcessInstStatusException']);
    await caller.control('POST', '/clock', { advance: 'PT14S' });
    expect(codeOf(await terminate(id, byStarter))).toEqual([400, 'aflowProcessInstStatusException']);
    await caller.control('POST', '/clock', { advance: 'PT1S' });
    expect((await terminate(id, { ...byStarter, remark: '填错了' })).body).toEqual({
      result: true,
      success: true,
    });
    const end = await read(id);
    expect(end.status).toBe('TERMINATED');
    expect(end).not.toHaveProperty('result');
    expect(end.operationRecords.at(-1)).toMatchObject({
      type: 'TERMINATE_PROCESS_INSTANCE',
      remark: '填错了',
    });
    expect(codeOf(await terminate(id, bySystem))).toEqual([400, 'aflowProcessInstStatusException']);
  });

  test('who may, and what has to be said', async () => {
    const id = await started(processCode);
    await caller.control('POST', '/clock', { advance: 'PT20S' });
    const code = async (fields: Record<string, unknown>): Promise<unknown> =>
      (await terminate(id, fields)).body.code;
    expect(await code({})).toBe('invalidInstanceTerminateIsSystem');
    expect(await code({ isSystem: false })).toBe('invalidInstanceTerminateOperatingUserId');
    expect(await code({ isSystem: false, operatingUserId: 'jinhao' })).toBe('userNotExist');
    expect(await code({ isSystem: false, operatingUserId: 'mgr01' })).toBe('internalError');
    expect((await terminate('x', bySystem)).body.code).toBe('aflowProcessInstNotExist');
    expect((await terminate('', bySystem)).body.code).toBe('invalidInstanceId');
    expect((await terminate(id, bySystem)).status).toBe(200);
  });

  test('a form may forbid it', async () => {
    const { body } = await caller.post('/v1.0/workflow/forms', {
      ...formOf('不可撤回'),
      templateConfig: { disableStopProcessButton: true },
    });
    const id = await started((body.result as { processCode: string }).processCode);
    await caller.control('POST', '/clock', { advance: 'PT20S' });
    expect(codeOf(await terminate(id, bySystem))).toEqual([400, 'internalError']);
  });
});

describe('listing ids', () => {
  let processCode: string;
  const all: string[] = [];
  const startTime = Date.parse('2026-10-12T00:00+08:00');
  beforeAll(async () => {
    processCode = await saveForm(caller, '很多');
    for (let i = 0; i < 25; i += 1) {
      await new Promise((resolve) => setTimeout(resolve, PACE_MS));
      all.push(await started(processCode));
    }
  });
  const query = (fields: Record<string, unknown>): Promise<Answered> =>
    caller.post(IDS, { processCode, startTime, nextToken: 0, maxResults: 20, ...fields });

  test('20 at most; the cursor goes in as a number and comes out as text, until there is none', async () => {
    const first = await query({});
    expect(first.body).toEqual({ result: { list: all.slice(0, 20), nextToken: '20' }, success: true });
    const second = await query({ nextToken: 20 });
    expect(second.body).toEqual({ result: { list: all.slice(20) }, success: true });
  });

  test('by starter and by status', async () => {
    await caller.control('POST', `/approvals/${all[3] ?? ''}`, { result: 'agree' });
    expect((await query({ statuses: ['COMPLETED'] })).body.result).toEqual({ list: [all[3]] });
    expect((await query({ userIds: ['hr02'] })).body.result).toEqual({ list: [] });
  });

  const dayMs = 86_400_000;
  test.each<[string, Record<string, unknown>, string]>([
    ['21 a page', { maxResults: 21 }, 'invalidMaxResults'],
    ['no cursor', { nextToken: undefined }, 'invalidNextToken'],
    ['no form', { processCode: '' }, 'invalidProcessCode'],
    ['no start', { startTime: undefined }, 'invalidInstanceListIdsStartTime'],
    ['121 days back', { startTime: startTime - 121 * dayMs }, 'invalidInstanceListIdsStartTime'],
    ['a span of 121 days', { startTime: startTime - 121 * dayMs, endTime: startTime }, 'invalidEndTime'],
    ['an end before the start', { endTime: startTime - 1 }, 'invalidEndTime'],
    [
      'more than a year back',
      { startTime: startTime - 366 * dayMs, endTime: startTime - 300 * dayMs },
      'invalidInstanceListIdsStartTime',
    ],
    ['11 starters', { userIds: Array(11).fill('hr01') }, 'invalidUserIds'],
  ])('%s: refused', async (_name, fields, code) => {
    expect(codeOf(await query(fields))).toEqual([400, code]);
  });
});

describe('the gateway in front', () => {
  test('calls are metered, and a fault may be meant for one of two calls of a path', async () => {
    const processCode = await saveForm(caller, '故障');
    const before = await caller.control('GET', '/calls');
    await caller.control('POST', '/faults', { match: `POST ${INSTANCES}`, kind: 'truncate', times: 1 });
    await expect(startApproval(caller, processCode)).rejects.toThrow();
    const { body } = await caller.control('GET', '/books');
    const last = (body.approvals as { id: string; content: { title: string } }[]).at(-1);
    expect(last?.content.title).toBe('周敏提交的故障');
    await caller.control('POST', '/faults', { match: `POST ${INSTANCES}`, kind: 'busy', times: 1 });
    expect((await read(last?.id ?? '')).status).toBe('RUNNING');
    expect(codeOf(await startApproval(caller, processCode))).toEqual([503, 'systemBusy']);
    const after = await caller.control('GET', '/calls');
    const used = ({ body: { quota } }: Answered): number => (quota as { used: number }).used;
    expect(used(after) - used(before)).toBe(3);
  });

  test('the books show what was sent and what became of it', async () => {
    const id = await started(await saveForm(caller, '账本'), { approvers: [one('mgr01')] });
    const answered = await caller.control('POST', `/approvals/${id}`, { result: 'refuse', remark: '不同意' });
    expect(answered.body).toMatchObject({
      id,
      at: expect.stringMatching(/^2026-10-12T09:/) as string,
      recipients: ['mgr01'],
      state: 'refused',
      delivery: 'delivered',
      starter: 'hr01',
      approvers: ['mgr01'],
      formValues: { 调整日期: '2026-11-01', 原因: '能力与岗位匹配', 类型: '转岗' },
      remarks: [{ userId: 'mgr01', remark: '不同意' }],
    });
    expect((await caller.control('POST', `/approvals/${id}`, { result: 'agree' })).status).toBe(409);
    expect((await caller.control('POST', '/approvals/x', { result: 'agree' })).status).toBe(404);
  });
});
