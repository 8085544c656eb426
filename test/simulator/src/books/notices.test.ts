import { DingTalkCaller } from '../testing/dingtalk-caller.ts';
import type { NoticeEntry } from './notices.ts';

let caller: DingTalkCaller;
beforeEach(async () => {
  caller = await DingTalkCaller.start();
});
afterEach(() => caller.simulator.close());

const SEND = '/topapi/message/corpconversation/asyncsend_v2';
const textOf = (content: string) => ({ msgtype: 'text', text: { content } });

const send = (userid_list: string, msg: unknown, more: object = {}) =>
  caller.post(SEND, { agent_id: caller.simulator.agentId, userid_list, msg, ...more });
const result = async (task_id: unknown) => {
  const body = { agent_id: caller.simulator.agentId, task_id };
  const answer = await caller.post('/topapi/message/corpconversation/getsendresult', body);
  return answer.body.send_result as Record<string, unknown>;
};
const books = async (): Promise<NoticeEntry[]> =>
  (await caller.control('GET', '/books')).body.notices as NoticeEntry[];

test('a message arrives, is read, and both show', async () => {
  const { body } = await send('hr01,nobody', textOf('你好'));
  expect(await result(body.task_id)).toMatchObject({
    invalid_user_id_list: ['nobody'],
    unread_user_id_list: ['hr01'],
    read_user_id_list: [],
  });
  await caller.control('POST', `/notices/${String(body.task_id)}/read`, { userId: 'hr01' });
  expect(await result(body.task_id)).toMatchObject({ read_user_id_list: ['hr01'], unread_user_id_list: [] });
  const [entry] = await books();
  expect(entry).toMatchObject({
    id: String(body.task_id),
    at: expect.stringMatching(/^2026-10-12T09:3\d:\d\d\+08:00$/),
    recipients: ['hr01', 'nobody'],
    content: textOf('你好'),
    state: 'read',
    delivery: 'mixed',
    deliveries: { hr01: 'delivered', nobody: 'invalid' },
  });
});

test('the same text to the same person on the same day is accepted and swallowed', async () => {
  await send('hr01', textOf('你好'));
  const again = await send('hr01,hr02', textOf('你好'));
  expect(again.body.errcode).toBe(0);
  expect(await result(again.body.task_id)).toMatchObject({
    forbidden_user_id_list: ['hr01'],
    unread_user_id_list: ['hr02'],
    forbidden_list: [{ code: '143106', count: 1, userid: 'hr01' }],
  });
  const third = await send('hr01', textOf('你好'));
  expect(third.body.errcode).toBe(0);
  expect((await books()).map((entry) => entry.delivery)).toEqual(['delivered', 'mixed', 143106]);
  await caller.control('POST', '/clock', { advance: 'P1D' });
  const tomorrow = await send('hr01', textOf('你好'));
  expect(await result(tomorrow.body.task_id)).toMatchObject({ unread_user_id_list: ['hr01'] });
});

test('an undelivered message is accepted, fails, and may be sent again', async () => {
  await caller.control('POST', '/faults', { match: SEND, kind: 'undelivered', times: 1 });
  const { body } = await send('hr01', textOf('你好'));
  expect(body.errcode).toBe(0);
  expect(await result(body.task_id)).toMatchObject({ failed_user_id_list: ['hr01'] });
  const again = await send('hr01', textOf('你好'));
  expect(await result(again.body.task_id)).toMatchObject({ unread_user_id_list: ['hr01'] });
});

test('departments reach everybody below them, to_all_user three times a day', async () => {
  const { body } = await caller.post(SEND, {
    agent_id: caller.simulator.agentId,
    dept_id_list: '11',
    msg: textOf('各位'),
  });
  expect((await result(body.task_id)).unread_user_id_list).toHaveLength(10);
  const toAll = (i: number) =>
    caller.post(SEND, { agent_id: caller.simulator.agentId, to_all_user: true, msg: textOf(`第${i}条`) });
  for (let i = 0; i < 3; i += 1) expect((await toAll(i)).body.errcode).toBe(0);
  expect((await toAll(3)).body).toMatchObject({ errcode: 41045 });
});

test('results and recall live for a day', async () => {
  const { body } = await send('hr01', textOf('你好'));
  const recall = () =>
    caller.post('/topapi/message/corpconversation/recall', {
      agent_id: caller.simulator.agentId,
      msg_task_id: body.task_id,
    });
  expect((await recall()).body).toMatchObject({ errcode: 0 });
  expect((await books())[0]?.state).toBe('recalled');
  await caller.control('POST', '/clock', { advance: 'P1DT1H' });
  expect((await recall()).body).toMatchObject({ errcode: 400002 });
  expect(await result(body.task_id)).toBeUndefined();
});

test('at most 500 messages a day reach one person', async () => {
  const { NoticeBook } = await import('./notices.ts');
  const { SimulatorClock } = await import('../clock/clock.ts');
  const { Directory } = await import('../org/directory.ts');
  const { demoOrg } = await import('../org/demo-org.ts');
  const clock = new SimulatorClock();
  clock.set(Date.parse('2026-10-12T09:30:00+08:00'));
  const book = new NoticeBook(clock, new Directory(demoOrg(), clock));
  const one = (i: number) =>
    book.send({ agentId: 1, userids: ['hr01'], content: textOf(`第${i}条`), isUndelivered: false });
  for (let i = 0; i < 501; i += 1) one(i);
  const deliveries = book.entries().map((entry) => entry.delivery);
  expect(deliveries.slice(0, 500).every((delivery) => delivery === 'delivered')).toBe(true);
  expect(deliveries[500]).toBe(143105);
});

const card = (action: object) => ({
  msgtype: 'action_card',
  action_card: { title: '题', markdown: '文', ...action },
});

test.each<[string, unknown, number]>([
  ['a text', textOf('你好'), 0],
  ['a card that jumps', card({ single_title: '看', single_url: 'https://x.example' }), 0],
  [
    'buttons',
    card({ btn_orientation: '1', btn_json_list: [{ title: '看', action_url: 'https://x.example' }] }),
    0,
  ],
  ['no message', undefined, 40035],
  ['an unknown type', { msgtype: 'poem', poem: { text: '静夜思' } }, 40035],
  ['a type without its content', { msgtype: 'text' }, 40035],
  ['a card without action', card({}), 40035],
  [
    'a card of both styles',
    card({ single_title: '看', single_url: 'https://x.example', btn_orientation: '1', btn_json_list: [] }),
    40035,
  ],
  [
    'a title of 21 characters',
    card({ single_title: '看'.repeat(21), single_url: 'https://x.example' }),
    40035,
  ],
  ['more than 2,048 bytes', textOf('你'.repeat(680)), 40035],
])('%s: errcode %s', async (_name, msg, errcode) => {
  expect((await send('hr01', msg)).body.errcode).toBe(errcode);
});

test('a wrong agent, nobody to send to, too many ids', async () => {
  const wrongAgent = await caller.post(SEND, { agent_id: 1, userid_list: 'hr01', msg: textOf('你好') });
  expect(wrongAgent.body.errcode).toBe(40056);
  expect((await send('', textOf('你好'))).body.errcode).toBe(40035);
  expect((await send(Array(101).fill('x').join(','), textOf('你好'))).body.errcode).toBe(40035);
});
