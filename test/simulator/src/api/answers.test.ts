import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startSimulator } from '../simulator.ts';
import { demoOrg } from '../org/demo-org.ts';
import type { Answered } from '../testing/dingtalk-caller.ts';
import { formOf, saveForm, startApproval } from '../testing/approvals.ts';
import { DEMO_NOW, DingTalkCaller } from '../testing/dingtalk-caller.ts';
import { apiRoutes } from './index.ts';

interface Contract {
  name: string;
  host: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  needsToken: boolean;
  permission: string;
  metered: boolean;
  pageSizeMax?: number;
  fields: Record<string, string>;
  always: string[];
}

const contracts = JSON.parse(readFileSync(join(__dirname, '../vectors/calls.json'), 'utf8')) as Contract[];
const byName = new Map(contracts.map((contract) => [contract.name, contract]));

let caller: DingTalkCaller;
let agentId: number;
let taskId: unknown;
let unionIds: { hr01: string; mgr01: string };

beforeAll(async () => {
  caller = await DingTalkCaller.start({
    streamTiming: { retryMs: [10, 10], failedListMs: 0 },
  });
  unionIds = { hr01: await caller.unionIdOf('hr01'), mgr01: await caller.unionIdOf('mgr01') };
  agentId = caller.simulator.agentId;
  const sent = await caller.post('/topapi/message/corpconversation/asyncsend_v2', notice('hr01,nobody'));
  taskId = sent.body.task_id;
});
afterAll(() => caller.simulator.close());

const notice = (userid_list: string) => ({
  agent_id: agentId,
  userid_list,
  msg: { msgtype: 'text', text: { content: '你好' } },
});

/** A request per call that the documents would answer with their sample. */
const REQUESTS: Record<string, () => Promise<Answered>> = {
  gettoken: () =>
    caller.get(`/gettoken?appkey=${caller.simulator.clientId}&appsecret=${caller.simulator.clientSecret}`),
  'oauth2-access-token': () =>
    caller.post('/v1.0/oauth2/accessToken', {
      appKey: caller.simulator.clientId,
      appSecret: caller.simulator.clientSecret,
    }),
  'oauth2-jsapi-tickets': () => caller.post('/v1.0/oauth2/jsapiTickets'),
  'auth-scopes': () => caller.get('/auth/scopes'),
  'user-getuserinfo': async () => {
    const { body } = await caller.control('POST', '/login', { userId: 'zhangsan' });
    return caller.post('/topapi/v2/user/getuserinfo', { code: body.authCode });
  },
  'department-listsub': () => caller.post('/topapi/v2/department/listsub', { dept_id: 1, language: 'zh_CN' }),
  'department-listsubid': () => caller.post('/topapi/v2/department/listsubid', { dept_id: 1 }),
  'department-get': () => caller.post('/topapi/v2/department/get', { dept_id: 11 }),
  'department-listparentbyuser': () =>
    caller.post('/topapi/v2/department/listparentbyuser', { userid: 'mgr01' }),
  'user-list': () => caller.post('/topapi/v2/user/list', { dept_id: 11, cursor: 0, size: 5 }),
  'user-listsimple': () => caller.post('/topapi/user/listsimple', { dept_id: 11, cursor: 0, size: 100 }),
  'user-listid': () => caller.post('/topapi/user/listid', { dept_id: 11 }),
  'user-get': () => caller.post('/topapi/v2/user/get', { userid: 'hr01', language: 'zh_CN' }),
  'user-getbymobile': () => caller.post('/topapi/v2/user/getbymobile', { mobile: '13800000001' }),
  'user-getbyunionid': async () => {
    const { body } = await caller.post('/topapi/v2/user/get', { userid: 'zhangsan' });
    return caller.post('/topapi/user/getbyunionid', {
      unionid: (body.result as { unionid: string }).unionid,
    });
  },
  'user-listadmin': () => caller.post('/topapi/user/listadmin'),
  'role-list': () => caller.post('/topapi/role/list', { offset: 0, size: 200 }),
  'role-simplelist': () =>
    caller.post('/topapi/role/simplelist', { role_id: 1507113582, offset: 0, size: 100 }),
  'contact-emp-leave-records': () =>
    caller.get('/v1.0/contact/empLeaveRecords?startTime=2026-01-01T00:00:00Z&nextToken=0&maxResults=2'),
  'hrm-queryonjob': () =>
    caller.post('/topapi/smartwork/hrm/employee/queryonjob', {
      status_list: '2,3,5,-1',
      offset: 0,
      size: 10,
    }),
  'hrm-dismissions': () => caller.get('/v1.0/hrm/employees/dismissions?nextToken=0&maxResults=5'),
  'hrm-dimission-infos': () =>
    caller.get(`/v1.0/hrm/employees/dimissionInfos?userIdList=${encodeURIComponent('["jinhao"]')}`),
  'hrm-rosters-lists-query': () =>
    caller.post('/v1.0/hrm/rosters/lists/query', { userIdList: ['zhangsan'], appAgentId: agentId }),
  'message-asyncsend-v2': () => caller.post('/topapi/message/corpconversation/asyncsend_v2', notice('hr02')),
  'message-getsendprogress': () =>
    caller.post('/topapi/message/corpconversation/getsendprogress', { agent_id: agentId, task_id: taskId }),
  'message-getsendresult': async () => {
    const again = await caller.post('/topapi/message/corpconversation/asyncsend_v2', notice('hr01'));
    const task_id = again.body.task_id;
    return caller.post('/topapi/message/corpconversation/getsendresult', { agent_id: agentId, task_id });
  },
  'message-recall': () =>
    caller.post('/topapi/message/corpconversation/recall', { agent_id: agentId, msg_task_id: taskId }),
  'hrm-processes-transfer': () =>
    caller.post('/v1.0/hrm/processes/transfer', {
      userId: 'wulei',
      deptIdsAfterTransfer: [20],
      mainDeptIdAfterTransfer: 20,
      positionNameAfterTransfer: '大客户经理',
      positionLevelAfterTransfer: 'P6',
      operateUserId: 'hr01',
    }),
  'process-forms-save': () => caller.post('/v1.0/workflow/forms', formOf('调岗')),
  'process-form-schema': async () =>
    caller.get(`/v1.0/workflow/forms/schemas/processCodes?processCode=${await saveForm(caller, '转岗一')}`),
  'process-code-by-name': async () => {
    await saveForm(caller, '转岗二');
    const name = encodeURIComponent('转岗二');
    return caller.get(`/v1.0/workflow/processCentres/schemaNames/processCodes?name=${name}`);
  },
  'process-instance-create': async () => startApproval(caller, await saveForm(caller, '转岗三')),
  'process-instance-get': async () => {
    const processCode = await saveForm(caller, '转岗四');
    const { body } = await startApproval(caller, processCode);
    return caller.get(`/v1.0/workflow/processInstances?processInstanceId=${String(body.instanceId)}`);
  },
  'process-instance-ids-query': async () => {
    const processCode = await saveForm(caller, '转岗五');
    await startApproval(caller, processCode);
    await startApproval(caller, processCode);
    const page = { startTime: Date.parse('2026-10-01T00:00+08:00'), nextToken: 0, maxResults: 1 };
    return caller.post('/v1.0/workflow/processes/instanceIds/query', { processCode, ...page });
  },
  'process-instance-terminate': async () => {
    const { body } = await startApproval(caller, await saveForm(caller, '转岗六'));
    await caller.control('POST', '/clock', { advance: 'PT15S' });
    return caller.post('/v1.0/workflow/processInstances/terminate', {
      processInstanceId: body.instanceId,
      isSystem: false,
      operatingUserId: 'hr01',
      remark: '撤回',
    });
  },
  'process-instance-execute': async () => {
    const { body } = await startApproval(caller, await saveForm(caller, '转岗七'));
    const processInstanceId = String(body.instanceId);
    const read = await caller.get(`/v1.0/workflow/processInstances?processInstanceId=${processInstanceId}`);
    const { tasks } = read.body.result as { tasks: { taskId: number }[] };
    return caller.post('/v1.0/workflow/processInstances/execute', {
      processInstanceId,
      actionerUserId: 'mgr01',
      taskId: tasks[0]?.taskId,
      result: 'agree',
      remark: '同意',
    });
  },
  'process-instance-comment': async () => {
    const { body } = await startApproval(caller, await saveForm(caller, '转岗八'));
    const comment = { processInstanceId: body.instanceId, text: '依据见附件', commentUserId: 'hr01' };
    return caller.post('/v1.0/workflow/processInstances/comments', comment);
  },
  'todo-create': () => createTodo('测评一'),
  'todo-update': async () => {
    const task = await pathOfTodo('测评二');
    return caller.put(`${task}?operatorId=${unionIds.hr01}`, { done: true });
  },
  'todo-executor-status': async () => {
    const task = await pathOfTodo('测评三');
    const executorStatusList = [{ id: unionIds.mgr01, isDone: true }];
    return caller.put(`${task}/executorStatus?operatorId=${unionIds.hr01}`, { executorStatusList });
  },
  'todo-delete': async () => caller.delete(await pathOfTodo('测评四')),
  'gateway-connections-open': () =>
    caller.post('/v1.0/gateway/connections/open', {
      clientId: caller.simulator.clientId,
      clientSecret: caller.simulator.clientSecret,
      ua: '',
      subscriptions: [{ type: 'EVENT', topic: '*' }],
    }),
  'event-callbacks-failed-results': async () => {
    await caller.control('POST', '/org', { op: 'change', employee: { userid: 'lisi', title: '销售' } });
    await new Promise((resolve) => setTimeout(resolve, 100));
    return caller.get('/v1.0/event/callbacks/failedResults?beginTime=0');
  },
};

const createTodo = (sourceId: string): Promise<Answered> =>
  caller.post(`/v1.0/todo/users/${unionIds.hr01}/tasks?operatorId=${unionIds.hr01}`, {
    sourceId,
    subject: '能力测评还有 7 题',
    creatorId: unionIds.hr01,
    dueTime: Date.parse('2026-10-20T18:00+08:00'),
    executorIds: [unionIds.mgr01],
    detailUrl: { appUrl: 'http://127.0.0.1:7001/h5', pcUrl: 'http://127.0.0.1:7001/h5' },
    isOnlyShowExecutor: true,
    priority: 20,
    notifyConfigs: { dingNotify: '1' },
  });

async function pathOfTodo(sourceId: string): Promise<string> {
  const { body } = await createTodo(sourceId);
  return `/v1.0/todo/users/${unionIds.hr01}/tasks/${String(body.id)}`;
}

/** @returns every path of an answer with the JSON type found there */
function pathsOf(value: unknown, path = ''): [string, string][] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsOf(item, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, field]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return [[at, typeOf(field)] as [string, string], ...pathsOf(field, at)];
  });
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'list' : `${typeOf(value[0])}[]`;
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

const fits = (found: string, wanted: string): boolean =>
  found === wanted || (found === 'list' && wanted.endsWith('[]'));

describe('every call', () => {
  test.each(contracts.map((contract) => contract.name))('%s is routed as documented', (name) => {
    const contract = byName.get(name);
    const route = apiRoutes.find(
      (other) => other.path === contract?.path && other.method === contract.method,
    );
    expect(route).toMatchObject({
      host: contract?.host,
      method: contract?.method,
      needsToken: contract?.needsToken,
      permission: contract?.permission,
      metered: contract?.metered,
    });
  });

  test.each(contracts.map((contract) => contract.name))(
    '%s answers in the documented shape',
    async (name) => {
      const contract = byName.get(name);
      const fields = contract?.fields ?? {};
      const always = contract?.always ?? [];
      const request = REQUESTS[name];
      if (request === undefined) throw new Error(`no request for ${name}`);
      const answer = await request();
      expect(answer.status).toBe(200);
      const found = pathsOf(answer.body);
      const undocumented = found.filter(
        ([path]) => path !== 'request_id' && !(path in fields) && !isInside(path, fields),
      );
      expect(undocumented).toEqual([]);
      const wrongType = found.filter(([path, type]) => path in fields && !fits(type, fields[path] ?? ''));
      expect(wrongType).toEqual([]);
      const names = new Set(found.map(([path]) => path));
      expect(always.filter((path) => !names.has(path) && !isOptional(name, path))).toEqual([]);
    },
  );
});

/** Parents of documented fields are not listed themselves. */
const isInside = (path: string, fields: Record<string, string>): boolean =>
  Object.keys(fields).some((field) => field.startsWith(`${path}.`) || field.startsWith(`${path}[]`));

/** Samples show these; the texts say when they are there. */
const isOptional = (call: string, path: string): boolean =>
  (call === 'department-get' && path === 'result.org_dept_owner') ||
  (call === 'role-simplelist' && path.startsWith('result.list[].manageScopes'));

test('orders above 2^53 go out as exact numbers', async () => {
  const { text } = await caller.post('/topapi/v2/user/list', { dept_id: 11, cursor: 0, size: 2 });
  expect(text).toContain('"dept_order":176292145862172512');
  expect(text).toContain('"dept_order":176292145862172513');
  expect(text).not.toContain('big:');
});

test('forms that no source confirms vary under the seed, and the same seed repeats them', async () => {
  const sample = async (): Promise<string[]> => {
    const varied = new DingTalkCaller(
      await startSimulator({ org: demoOrg(), now: DEMO_NOW, variationSeed: 11 }),
    );
    await varied.login();
    const texts: string[] = [];
    for (let i = 0; i < 15; i += 1) {
      const { text } = await varied.post('/topapi/user/listsimple', { dept_id: 20, cursor: 0, size: 10 });
      texts.push(text.replace(/"request_id":"[^"]*"/, ''));
    }
    await varied.simulator.close();
    return texts;
  };
  const [first, second] = [await sample(), await sample()];
  expect(first).toEqual(second);
  expect(new Set(first).size).toBeGreaterThan(2);
  expect(first.some((text) => !text.includes('"errmsg"'))).toBe(true);
  expect(first.some((text) => text.includes('"next_cursor":0'))).toBe(true);
});
