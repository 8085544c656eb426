import type { Answered } from '../testing/dingtalk-caller.ts';
import { DingTalkCaller } from '../testing/dingtalk-caller.ts';

let caller: DingTalkCaller;
let hr: string;
let manager: string;
let salesman: string;
beforeAll(async () => {
  caller = await DingTalkCaller.start();
  hr = await caller.unionIdOf('hr01');
  manager = await caller.unionIdOf('mgr01');
  salesman = await caller.unionIdOf('lisi');
});
afterAll(() => caller.simulator.close());

const url = { appUrl: 'http://127.0.0.1:7001/h5', pcUrl: 'http://127.0.0.1:7001/h5' };
const create = (fields: Record<string, unknown> = {}): Promise<Answered> =>
  caller.post(`/v1.0/todo/users/${hr}/tasks?operatorId=${hr}`, {
    subject: '培训计划',
    executorIds: [manager, salesman],
    detailUrl: url,
    ...fields,
  });
const path = (id: unknown): string => `/v1.0/todo/users/${hr}/tasks/${String(id)}`;
interface Entry {
  id: string;
  state: string;
  doneBy: string[];
  delivery: string;
  recipients: string[];
}
const entry = async (id: unknown): Promise<Entry | undefined> => {
  const { todos } = (await caller.control('GET', '/books')).body as unknown as { todos: Entry[] };
  return todos.find((todo) => todo.id === id);
};

test.each<[string, Record<string, unknown>, string]>([
  ['no page to open', { detailUrl: undefined }, 'detailUrl is invalid'],
  ['no subject', { subject: undefined }, 'subject is empty'],
  ['a long subject', { subject: '字'.repeat(1_025) }, 'subject is oversize'],
  ['userids instead of union ids', { executorIds: ['lisi'] }, 'executorIds is invalid'],
  ['a day as due time', { dueTime: '2026-10-20' }, 'dueTime is invalid'],
])('%s: refused, the message tells', async (_name, fields, message) => {
  const { status, body } = await create(fields);
  expect([status, body.code, body.message]).toEqual([400, 'todo.taskCreate.paramError', message]);
});

test('one to-do per source id, until it is deleted', async () => {
  const first = await create({ sourceId: 'plan-1' });
  expect((await create({ sourceId: 'plan-1' })).body.message).toBe('task exist');
  await caller.delete(path(first.body.id));
  expect((await create({ sourceId: 'plan-1' })).status).toBe(200);
  expect((await entry(first.body.id))?.state).toBe('deleted');
  const again = await caller.delete(path(first.body.id));
  expect([again.status, again.body.code]).toEqual([400, 'todo.taskDelete.paramError']);
});

test('done when everybody has done it, each one alone or all at once', async () => {
  const { id } = (await create()).body;
  const done = (unionId: string) =>
    caller.put(`${path(id)}/executorStatus`, { executorStatusList: [{ id: unionId, isDone: true }] });
  expect((await done(manager)).body).toEqual({ result: true });
  expect(await entry(id)).toMatchObject({ state: 'open', doneBy: ['mgr01'], recipients: ['mgr01', 'lisi'] });
  await caller.control('POST', `/todos/${String(id)}/done`, { userId: 'lisi' });
  expect((await entry(id))?.state).toBe('done');
  await caller.put(path(id), { done: false, subject: '新计划' });
  expect(await entry(id)).toMatchObject({ state: 'open', content: { subject: '新计划' } });
  await caller.put(path(id), { done: true });
  expect((await entry(id))?.state).toBe('done');
  expect((await done(hr)).body.message).toBe('executor is invalid');
});

test('accepted and never there', async () => {
  await caller.control('POST', '/faults', { match: '/v1.0/todo/*', kind: 'undelivered', times: 1 });
  const { id } = (await create()).body;
  expect((await entry(id))?.delivery).toBe('failed');
});

test('the app is told of its own to-dos', async () => {
  const { events } = (await caller.control('GET', '/events')).body as unknown as {
    events: { type: string; data: unknown; metered: boolean }[];
  };
  const [first] = events;
  expect(first).toMatchObject({
    type: 'todo_task_create',
    metered: true,
    data: { unionIdList: [manager, salesman], taskId: 'simtask0001', bizTag: 'simapp' },
  });
  const deletion = events.find(({ type }) => type === 'todo_task_delete');
  expect(deletion?.data).toEqual({ unionIdList: [manager, salesman], taskId: 'simtask0001' });
});
