import { ActionHouse } from '../../../../test/src/factories/action-house.ts';

jest.setTimeout(120_000);

const START = 'POST /v1.0/workflow/processInstances';
const TERMINATE = 'POST /v1.0/workflow/processInstances/terminate';
const MINUTE_MS = 60_000;
const REMARK = '本人已离职';

let house: ActionHouse;

beforeAll(async () => {
  house = await ActionHouse.open();
});
beforeEach(() => house.clear());

/** As the review does it: the change is settled in the same transaction. */
async function withdraw(decisionId: string): Promise<void> {
  await house.setChange(decisionId, 'cancelled');
  await house.within((tx) => house.approval.withdraw(tx, decisionId, REMARK));
}
const booked = async (decisionId: string): Promise<string | undefined> =>
  (await house.instanceOf(decisionId))?.state;

test('never tried: cancelled with its row, and without a call', async () => {
  const decisionId = await house.offer('lisi');
  const gated = await house.offer('wangwu', { gated: true });
  await withdraw(decisionId);
  await withdraw(gated);
  await house.within((tx) => house.approval.openGate(tx, gated));
  await house.drainFor(MINUTE_MS);
  expect(await house.instances()).toHaveLength(0);
  for (const id of [decisionId, gated]) {
    expect(await house.stateOf(id)).toBe('cancelled');
    expect(await house.outboxState(`approval.start/${id}`)).toBe('cancelled');
    expect(await house.told(id)).toEqual([]);
  }
});

test('within 15 s of the start it waits; then it is taken back, which is no news to the review', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await withdraw(decisionId);
  await withdraw(decisionId);
  await house.dingtalk.newCalls();
  await house.drain();
  expect((await house.dingtalk.newCalls()).map((call) => call.path)).toEqual([]);
  expect(await booked(decisionId)).toBe('running');
  await house.pass(17_000);
  await house.drain();
  expect(await booked(decisionId)).toBe('terminated');
  expect(await house.row('approvals', decisionId)).toMatchObject({ state: 'withdrawn', remark: REMARK });
  await house.hear(await house.eventsOf(decisionId));
  expect(await house.stateOf(decisionId)).toBe('withdrawn');
  expect(await house.told(decisionId)).toEqual([]);
});

test('agreed meanwhile: that is what is written down', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await withdraw(decisionId);
  await house.answer(decisionId, 'agree');
  await house.drainFor(MINUTE_MS);
  expect(await house.stateOf(decisionId)).toBe('agreed');
  expect(await house.told(decisionId)).toMatchObject([{ outcome: 'agreed' }]);
});

test('taken back by its starter meanwhile', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await withdraw(decisionId);
  await house.answer(decisionId, 'terminate');
  await house.drainFor(MINUTE_MS);
  expect(await house.stateOf(decisionId)).toBe('withdrawn');
  expect(await house.told(decisionId)).toEqual([]);
});

test.each(['http500', 'html', 'truncate', 'hang', 'qps'] as const)(
  'answer lost by %s: taken back once',
  async (kind) => {
    const decisionId = await house.offer('lisi');
    await house.drain();
    await house.pass(17_000);
    await withdraw(decisionId);
    await house.dingtalk.fault(TERMINATE, kind, 1);
    await house.drainFor(2 * MINUTE_MS);
    expect(await booked(decisionId)).toBe('terminated');
    expect(await house.stateOf(decisionId)).toBe('withdrawn');
    expect(await house.outboxState(`approval.withdraw/${decisionId}`)).toBe('sent');
  },
);

test.each(['truncate', 'http500'] as const)(
  'withdrawn while the outcome of the start is unknown (%s): nothing runs in the end',
  async (kind) => {
    const decisionId = await house.offer('lisi');
    await house.dingtalk.fault(START, kind, 1);
    await house.drain();
    await withdraw(decisionId);
    await house.drainFor(3 * MINUTE_MS);
    const isOut = kind === 'truncate';
    expect((await house.instances()).map((each) => each.state)).toEqual(isOut ? ['terminated'] : []);
    expect(await house.stateOf(decisionId)).toBe(isOut ? 'withdrawn' : 'cancelled');
    expect(await house.outboxState(`approval.withdraw/${decisionId}`)).toBe('sent');
    expect(await house.told(decisionId)).toEqual([]);
  },
);

test('its starter is not in service any more: taken back by the system', async () => {
  const decisionId = await house.offer('lisi');
  await house.drain();
  await house.db.execute("UPDATE employees SET active = 0 WHERE user_id = 'hr01'");
  await withdraw(decisionId);
  await house.drainFor(MINUTE_MS);
  await house.db.execute("UPDATE employees SET active = 1 WHERE user_id = 'hr01'");
  expect(await booked(decisionId)).toBe('terminated');
  expect(await house.row('approvals', decisionId)).toMatchObject({ state: 'withdrawn', settled_by: null });
});
