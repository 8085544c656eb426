import { buildEmployee } from '@shigang/test';
import { systemViewer } from '../../access/index.ts';
import { ActionHouse } from '../../../../test/src/factories/action-house.ts';

const SYSTEM = systemViewer('test');

/** Real servers on a machine that may be busy. */
jest.setTimeout(120_000);

const START = 'POST /v1.0/workflow/processInstances';
const FORM = 'POST /v1.0/workflow/forms';
const MINUTE_MS = 60_000;
const KINDS = ['http500', 'busy', 'html', 'truncate', 'hang'] as const;

let house: ActionHouse;

beforeAll(async () => {
  house = await ActionHouse.open();
});
beforeEach(() => house.clear());

test.each(KINDS)('answer of a start lost by %s: one instance, which is the one we know', async (kind) => {
  const decisionId = await house.offer('lisi');
  await house.dingtalk.fault(START, kind, 1);
  await house.drainFor(2 * MINUTE_MS);
  const instances = await house.instances();
  expect(instances).toHaveLength(1);
  expect(await house.row('approvals', decisionId)).toMatchObject({
    state: 'running',
    instance_id: instances[0]?.id,
  });
});

test.each(KINDS)('answer of the form lost by %s: one form', async (kind) => {
  await house.db.execute('DELETE FROM approval_forms');
  const decisionId = await house.offer('lisi');
  await house.dingtalk.fault(FORM, kind, 1);
  await house.drainFor(2 * MINUTE_MS);
  expect(await house.stateOf(decisionId)).toBe('running');
  expect(await house.instances()).toHaveLength(1);
  const forms = await house.db.select('SELECT name, process_code FROM approval_forms');
  expect(forms).toEqual([{ name: '适岗转岗审批', process_code: 'PROC-SIM-0001' }]);
});

test('a form of an earlier installation is taken over', async () => {
  await house.offer('lisi');
  await house.drain();
  await house.db.execute('DELETE FROM approval_forms');
  const decisionId = await house.offer('wangwu');
  await house.drain();
  expect(await house.row('approvals', decisionId)).toMatchObject({
    state: 'running',
    process_code: 'PROC-SIM-0001',
  });
});

test.each(['qps', 'quota', 'token', 'denied'] as const)(
  'refused at the gate by %s: started later',
  async (kind) => {
    const decisionId = await house.offer('lisi');
    await house.dingtalk.fault(START, kind, kind === 'qps' ? 9 : 1);
    await house.drainFor(6 * 60 * MINUTE_MS + MINUTE_MS, 15 * MINUTE_MS);
    expect(await house.stateOf(decisionId)).toBe('running');
    expect(await house.instances()).toHaveLength(1);
  },
);

test('several starts at once, one of them lost: each finds its own', async () => {
  const people = ['lisi', 'wangwu', 'zhangsan', 'wulei'];
  const decisions: string[] = [];
  for (const userId of people) decisions.push(await house.offer(userId));
  await house.dingtalk.control('/faults', { match: START, kind: 'truncate', times: 1, after: 1 });
  await house.drainFor(2 * MINUTE_MS);
  expect(await house.instances()).toHaveLength(people.length);
  for (const decisionId of decisions) {
    const instance = await house.instanceOf(decisionId);
    expect(await house.row('approvals', decisionId)).toMatchObject({
      state: 'running',
      instance_id: instance?.id,
    });
  }
});

test('started by a worker that died, and answered before the next one looked: settled at once', async () => {
  const decisionId = await house.offer('lisi');
  await house.dingtalk.fault(START, 'truncate', 1);
  await house.drain();
  await house.answer(decisionId, 'refuse', '再等一个季度');
  await house.drainFor(MINUTE_MS);
  expect(await house.stateOf(decisionId)).toBe('refused');
  expect(await house.told(decisionId)).toMatchObject([{ outcome: 'refused', remark: '再等一个季度' }]);
  expect(await house.instances()).toHaveLength(1);
});

test('a worker that died before its call: the next one starts it', async () => {
  const decisionId = await house.offer('lisi');
  await house.db.execute(
    `UPDATE approvals SET first_tried_at = '2026-10-12 01:00:00', starter_user_id = 'hr01', process_code = 'PROC-SIM-0001'
     WHERE decision_id = ?`,
    [decisionId],
  );
  await house.drain();
  expect(await house.stateOf(decisionId)).toBe('running');
  expect(await house.instances()).toHaveLength(1);
});

test('refused for good: dead in the outbox, and back at HR with the reason', async () => {
  await house.db.execute("UPDATE employees SET manager_user_id = 'ghost' WHERE user_id = 'lisi'");
  await buildEmployee(house.db, { userId: 'ghost', name: '不在钉钉' });
  const decisionId = await house.offer('lisi');
  await house.drainFor(MINUTE_MS);
  await house.db.execute("UPDATE employees SET manager_user_id = 'mgr01' WHERE user_id = 'lisi'");
  expect(await house.instances()).toHaveLength(0);
  expect(await house.outboxState(`approval.start/${decisionId}`)).toBe('dead');
  expect(await house.stateOf(decisionId)).toBe('withdrawn');
  expect(await house.told(decisionId)).toMatchObject([
    { outcome: 'withdrawn', remark: expect.stringContaining('钉钉没有受理这次审批') },
  ]);
});

test.each(['truncate', 'http500'] as const)(
  'unknown to the last try (%s): the reconciliation settles it',
  async (kind) => {
    const decisionId = await house.offer('lisi');
    await house.dingtalk.fault(START, kind, 1);
    await house.dingtalk.fault('POST /v1.0/workflow/processes/instanceIds/query', 'http500');
    await house.drainFor(5 * 60 * MINUTE_MS, 15 * MINUTE_MS);
    expect(await house.outboxState(`approval.start/${decisionId}`)).toBe('dead');
    expect(await house.stateOf(decisionId)).toBe('starting');
    await house.dingtalk.clearFaults();
    await house.approval.reconcile(SYSTEM);
    const isOut = kind === 'truncate';
    expect(await house.instances()).toHaveLength(isOut ? 1 : 0);
    expect(await house.stateOf(decisionId)).toBe(isOut ? 'running' : 'withdrawn');
    expect(await house.told(decisionId)).toHaveLength(isOut ? 0 : 1);
  },
);

test('a start that died before any try is brought back to HR', async () => {
  const decisionId = await house.offer('lisi');
  await house.db.execute("UPDATE outbox SET state = 'dead' WHERE kind = 'approval.start'");
  expect(await house.approval.reconcile(SYSTEM)).toEqual({ calls: 0, settled: 1 });
  expect(await house.stateOf(decisionId)).toBe('withdrawn');
  expect(await house.told(decisionId)).toMatchObject([{ outcome: 'withdrawn' }]);
});
