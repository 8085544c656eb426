import { systemViewer } from '../../access/index.ts';
import { ActionHouse } from '../../../../test/src/factories/action-house.ts';

const SYSTEM = systemViewer('test');

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

let house: ActionHouse;

beforeAll(async () => {
  house = await ActionHouse.open();
});
beforeEach(() => house.clear());

const hear = async (decisionId: string): Promise<void> => house.hear(await house.eventsOf(decisionId));
const paths = async (): Promise<string[]> =>
  (await house.dingtalk.newCalls()).filter((call) => call.metered).map((call) => call.path);

test('an approval runs once, from the deciding HR person to the manager, and its end is told once', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  const [instance] = await house.instances();
  expect(instance).toMatchObject({ state: 'running', starter: 'hr01', approvers: ['mgr01'] });
  expect(instance?.formValues).toMatchObject({
    员工: expect.stringMatching(/^李四（S\d+）$/),
    部门: '销售一部',
    现岗位: '中小客户销售',
    新岗位: '大客户销售',
    激励方案: '大客户激励方案',
    生效约定: '自双方同意的次月 1 日起',
    人力资源说明: '无',
    决定人: '周敏',
    编号: (await house.row('approvals', decisionId))['approval_id'],
  });
  expect(await house.stateOf(decisionId)).toBe('running');
  await house.answer(decisionId, 'agree', '支持');
  await hear(decisionId);
  await hear(decisionId);
  expect(await house.row('approvals', decisionId)).toMatchObject({
    state: 'agreed',
    settled_by: 'mgr01',
    remark: '支持',
  });
  expect(await house.told(decisionId)).toEqual([
    { decisionId, outcome: 'agreed', remark: '支持', by: 'mgr01', at: expect.any(Number) },
  ]);
  expect(await house.instances()).toHaveLength(1);
});

test('the form is made once and remembered', async () => {
  await house.offer('lisi');
  await house.offer('wangwu');
  await house.drain();
  const calls = await paths();
  expect(calls.filter((path) => path === '/v1.0/workflow/processInstances')).toHaveLength(2);
  expect(calls.filter((path) => path === '/v1.0/workflow/forms')).toHaveLength(0);
});

test('a form that was deleted in DingTalk is made anew', async () => {
  await house.db.execute("UPDATE approval_forms SET process_code = 'PROC-GONE'");
  const decisionId = await house.offer('lisi');
  await house.drainFor(16_000);
  expect(await house.stateOf(decisionId)).toBe('running');
  expect(await house.instances()).toHaveLength(1);
});

test('a form of new content is saved under its code', async () => {
  const [before] = await house.db.select<{ process_code: string }>('SELECT process_code FROM approval_forms');
  await house.db.execute("UPDATE approval_forms SET content_hash = 'older'");
  await house.offer('lisi');
  await house.drain();
  expect(await paths()).toEqual(['/v1.0/workflow/forms', '/v1.0/workflow/processInstances']);
  const [after] = await house.db.select<{ process_code: string }>('SELECT process_code FROM approval_forms');
  expect(after).toEqual(before);
});

test('a refusal comes back with its remark', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await house.answer(decisionId, 'refuse', '先把手上的客户交接完');
  await hear(decisionId);
  expect(await house.stateOf(decisionId)).toBe('refused');
  expect(await house.told(decisionId)).toMatchObject([
    { outcome: 'refused', remark: '先把手上的客户交接完', by: 'mgr01' },
  ]);
});

test('taken back in DingTalk by its starter', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await house.answer(decisionId, 'terminate', '发错了');
  await hear(decisionId);
  expect(await house.stateOf(decisionId)).toBe('terminated');
  expect(await house.told(decisionId)).toMatchObject([
    { outcome: 'withdrawn', remark: '发错了', by: 'hr01' },
  ]);
});

test('what an event says is not believed', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  const row = await house.row('approvals', decisionId);
  const { instance_id: processInstanceId, process_code: processCode } = row;
  const lie = { processInstanceId, processCode, type: 'finish', result: 'agree' };
  await house.hear([house.event('forged', lie)]);
  expect(await house.inboxState('forged')).toBe('applied');
  expect(await house.stateOf(decisionId)).toBe('running');
  expect(await house.told(decisionId)).toEqual([]);
});

test('events again and again, out of order, of others and of starts: one read in all', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await house.answer(decisionId, 'agree');
  await paths();
  const events = (await house.eventsOf(decisionId)).reverse();
  expect(events).toHaveLength(2);
  await house.hear([...events, ...events]);
  await house.hear(events.map((event, index) => ({ ...event, eventId: `again-${index}` })));
  await house.hear([
    house.event('foreign', { processInstanceId: 'x', processCode: 'PROC-OTHER', type: 'finish' }),
  ]);
  expect(await house.db.select("SELECT event_id FROM inbox WHERE state <> 'applied'")).toEqual([]);
  expect(await paths()).toEqual(['/v1.0/workflow/processInstances']);
  expect(await house.told(decisionId)).toHaveLength(1);
});

test('of an event nothing is kept that names people', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await house.hear(await house.eventsOf(decisionId));
  const [row] = await house.db.select<{ payload: string }>('SELECT payload FROM inbox');
  expect(JSON.parse(row?.payload ?? '')).toEqual({ type: 'start', processCode: 'PROC-SIM-0001' });
});

test('an event that overtakes our own transaction is tried again, and not for ever', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  const { process_code: processCode } = await house.row('approvals', decisionId);
  await house.hear([house.event('early', { processInstanceId: 'not-yet', processCode, type: 'finish' })]);
  expect(await house.inboxState('early')).toBe('pending');
  for (let tries = 1; tries < 5; tries += 1) {
    await house.pass(6_000);
    await house.hear([]);
  }
  expect(await house.inboxState('early')).toBe('applied');
});

test('the instance cannot be read for a while: the event is tried again', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await house.answer(decisionId, 'agree');
  await house.dingtalk.fault('GET /v1.0/workflow/processInstances', 'http500');
  await hear(decisionId);
  expect(await house.stateOf(decisionId)).toBe('running');
  await house.dingtalk.clearFaults();
  await house.pass(61_000);
  await house.hear([]);
  expect(await house.stateOf(decisionId)).toBe('agreed');
});

test('lost events: one list call finds every end, and without a running approval there is no call', async () => {
  const ended = [await house.offer('lisi'), await house.offer('wangwu'), await house.offer('zhouting')];
  const running = await house.offer('zhangsan');
  await house.drain();
  await house.answer(ended[0]!, 'agree');
  await house.answer(ended[1]!, 'refuse', '不合适');
  await house.answer(ended[2]!, 'terminate');
  await paths();
  expect(await house.approval.reconcile(SYSTEM)).toEqual({ calls: 4, settled: 3 });
  expect(await paths()).toHaveLength(4);
  expect(await Promise.all([...ended, running].map((id) => house.stateOf(id)))).toEqual([
    ...['agreed', 'refused', 'terminated', 'running'],
  ]);
  await hear(ended[0]!);
  expect(await house.told(ended[0]!)).toHaveLength(1);
  expect(await house.approval.reconcile(SYSTEM)).toEqual({ calls: 1, settled: 0 });
  await house.answer(running, 'agree');
  await house.approval.reconcile(SYSTEM);
  await paths();
  expect(await house.approval.reconcile(SYSTEM)).toEqual({ calls: 0, settled: 0 });
  expect(await paths()).toEqual([]);
});

test('a gated approval waits for its gate, and starts once after it', async () => {
  const decisionId = await house.offer('lisi', { gated: true });
  await house.drainFor(32_000);
  expect(await house.instances()).toHaveLength(0);
  expect(await house.stateOf(decisionId)).toBe('waiting');
  await house.within((tx) => house.approval.openGate(tx, decisionId));
  await house.within((tx) => house.approval.openGate(tx, decisionId));
  await house.drain();
  expect(await house.instances()).toHaveLength(1);
  expect(await house.stateOf(decisionId)).toBe('running');
});

test('a change that is back at HR does not start; with a ground it does', async () => {
  const decisionId = await house.offer('lisi');
  await house.setChange(decisionId, 'returned');
  await house.drainFor(32_000);
  expect(await house.instances()).toHaveLength(0);
  expect(await house.stateOf(decisionId)).toBe('waiting');
  await house.setChange(decisionId, 'open');
  await house.within((tx) => house.approval.openGate(tx, decisionId));
  await house.drain();
  expect(await house.instances()).toHaveLength(1);
});

test.each(['kept', 'replaced', 'cancelled'])(
  'a change that was %s before the start never starts',
  async (state) => {
    const decisionId = await house.offer('lisi');
    await house.setChange(decisionId, state);
    await house.drainFor(32_000);
    expect(await house.instances()).toHaveLength(0);
    expect(await house.stateOf(decisionId)).toBe('cancelled');
    expect(await house.told(decisionId)).toEqual([]);
  },
);

test('asked twice for one decision: one approval', async () => {
  const decisionId = await house.offer('lisi');
  await house.within((tx) =>
    house.approval.ask(tx, [
      {
        ...{ decisionId, cycleId: 'c', userId: 'lisi', fromRole: 'small_account', toRole: 'large_account' },
        ...{ decidedBy: 'hr01', isGated: false, consentText: 't', planName: null, reason: null },
      },
    ]),
  );
  await Promise.all([house.relay.drain('one'), house.relay.drain('two')]);
  expect(await house.instances()).toHaveLength(1);
});

test('both agreements date the change: the day is that of the answer, not of its arrival', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await house.answer(decisionId, 'agree');
  const events = await house.eventsOf(decisionId);
  await house.pass(3 * 86_400_000);
  await house.hear(events);
  const [told] = await house.told(decisionId);
  expect(new Date(told?.at ?? 0).toISOString().slice(0, 10)).toBe('2026-10-12');
});

test('found late without its event: the minute of its end counts, however DingTalk writes it', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  const answeredAt = house.dingtalk.clock.now();
  await house.answer(decisionId, 'agree');
  await house.pass(7 * 3_600_000);
  await house.approval.reconcile(SYSTEM);
  const [told] = await house.told(decisionId);
  expect(Math.abs((told?.at ?? 0) - answeredAt)).toBeLessThan(120_000);
});
