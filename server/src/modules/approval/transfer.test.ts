import { ActionHouse, CYCLE } from '../../../../test/src/factories/action-house.ts';

jest.setTimeout(120_000);

const TRANSFER = '/v1.0/hrm/processes/transfer';
const PERSON = '/topapi/v2/user/get';
const MINUTE_MS = 60_000;
const TARGET = { deptId: 20, positionName: '大客户经理' };

let house: ActionHouse;

beforeAll(async () => {
  house = await ActionHouse.open();
});
beforeEach(async () => {
  await house.clear();
  await house.apply({ rosterTransfer: true, roleTargets: { large_account: TARGET } });
});

/** A role change of this person takes effect. */
async function takeEffect(userId: string): Promise<string> {
  const decisionId = await house.offer(userId);
  await house.setChange(decisionId, 'effective');
  await house.within((tx) =>
    house.approval.transfer(tx, { decisionId, cycleId: CYCLE, userId, toRole: 'large_account' }),
  );
  return decisionId;
}
const paths = async (): Promise<string[]> => (await house.dingtalk.newCalls()).map((call) => call.path);
const state = async (decisionId: string): Promise<unknown> =>
  (await house.row('roster_transfers', decisionId))['state'];

test('the roster gets department and position once', async () => {
  const decisionId = await takeEffect('lisi');
  await house.drainFor(MINUTE_MS);
  expect(await house.transfersOf('lisi')).toMatchObject([{ deptId: 20, position: '大客户经理' }]);
  expect(await house.row('roster_transfers', decisionId)).toMatchObject({ state: 'done', detail: null });
});

test('already there, per the roster: no call', async () => {
  await house.dingtalk.control('/org', {
    op: 'change',
    employee: { userid: 'wulei', departments: [20], title: '大客户经理' },
  });
  const decisionId = await takeEffect('wulei');
  await house.drain();
  expect(await state(decisionId)).toBe('already');
  expect((await paths()).filter((path) => path === TRANSFER)).toEqual([]);
});

test.each([
  [{ roleTargets: {} }, /没有这个岗位/],
  [{ rosterTransfer: false }, /没有开启/],
])('%j: nothing is called, and that is written down', async (settings, detail) => {
  await house.apply(settings);
  const decisionId = await takeEffect('fengtao');
  await house.drain();
  expect(await house.row('roster_transfers', decisionId)).toMatchObject({
    state: 'not_mapped',
    detail: expect.stringMatching(detail),
    settled_at: expect.any(Date),
  });
  expect((await paths()).filter((path) => path === TRANSFER || path === PERSON)).toEqual([]);
});

test.each([
  ['http500', 'zhaomin'],
  ['html', 'yangfan'],
  ['truncate', 'xuqiang'],
  ['hang', 'zhouting'],
  ['qps', 'sunhao'],
] as const)('answer lost by %s: one transfer', async (kind, userId) => {
  const decisionId = await takeEffect(userId);
  await house.dingtalk.fault(TRANSFER, kind, 1);
  await house.drainFor(2 * MINUTE_MS);
  expect(await house.transfersOf(userId)).toHaveLength(1);
  expect(await state(decisionId)).toBe('done');
});

test('refused for good: failed with the reason, and dead in the outbox', async () => {
  await house.apply({ roleTargets: { large_account: { ...TARGET, deptId: 999 } } });
  const decisionId = await takeEffect('zhengjie');
  await house.drainFor(MINUTE_MS);
  expect(await house.row('roster_transfers', decisionId)).toMatchObject({
    state: 'failed',
    detail: expect.stringContaining('invalidParameter'),
  });
  expect(await house.outboxState(`roster.transfer/${decisionId}`)).toBe('dead');
  expect(await house.transfersOf('zhengjie')).toEqual([]);
});

test('a right that is missing: tried again until it is given', async () => {
  const decisionId = await takeEffect('chenchen');
  await house.dingtalk.fault(TRANSFER, 'denied', 1);
  await house.drain();
  expect(await state(decisionId)).toBe('waiting');
  await house.drainFor(16 * MINUTE_MS, 16 * MINUTE_MS);
  expect(await state(decisionId)).toBe('done');
});
