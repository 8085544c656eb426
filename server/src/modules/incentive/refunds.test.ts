import { systemViewer } from '../../access/index.ts';
import { createTestDatabase, VirtualClock } from '@shigang/test';
import { period } from '@shigang/shared';
import { incentiveDeps, IncentiveHouse } from '../../../../test/src/factories/incentive-house.ts';
import { createIncentive, type Incentive } from './index.ts';

const SYSTEM = systemViewer('test');

const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const Q3 = period('2026Q3');
let house: IncentiveHouse<Incentive>;
let incentive: Incentive;
let operator: IncentiveHouse['operator'];

beforeAll(async () => {
  const database = await createTestDatabase();
  house = new IncentiveHouse(database, createIncentive(incentiveDeps(database, clock)));
  ({ incentive, operator } = house);
});
beforeEach(() => house.clear());

describe('refunds', () => {
  beforeEach(async () => {
    await house.publishAll();
    await house.person('zhangsan', [['small_account', '2023-04-01']]);
    await house.person('lisi', [['small_account', '2023-04-01']]);
  });
  const linesOf = async (userId: string, quarter = Q3) =>
    (await incentive.explain(operator, { userId, period: quarter })).lines.map((line) => [
      line.kind,
      line.source.id,
      line.amountFen,
    ]);

  test('the refund columns take back what the deal paid, from everybody with a share, in the quarter of the refund', async () => {
    await house.deal({
      id: 'D1',
      owner: 'zhangsan',
      on: '2026-05-20',
      refunded: [7_500_000, '2026-08-01'],
      credits: [
        ['zhangsan', 5_000],
        ['lisi', 5_000],
      ],
    });
    await incentive.computeStatements(SYSTEM, Q3);
    expect(await linesOf('zhangsan')).toEqual([['clawback', 'D1', -37_500]]);
    expect(await linesOf('lisi')).toEqual([['clawback', 'D1', -37_500]]);
    const explained = await incentive.explain(operator, { userId: 'lisi', period: Q3 });
    expect(explained.lines[0]).toMatchObject({
      component: 'old',
      formula: '扣回 已发 750.00 元 × 退款 75,000.00 元 ÷ 150,000.00 元 = −375.00 元',
      plan: { id: 'sales', version: 1 },
    });
    expect(explained.lines[0]?.inputs).toContainEqual({
      name: 'line',
      unit: 'line',
      value: 'lisi/2026Q2/sales/old/deal/D1/0',
    });
    const view = await incentive.statementOf(operator, { userId: 'lisi', period: '2026-08' });
    expect(view).toMatchObject({ totalFen: -37_500, oldPlan: null, quarter: '2026Q3' });
    expect(view.groups.at(-1)).toMatchObject({
      component: 'old',
      kind: 'revenue_commission',
      amountFen: -37_500,
    });
  });

  test('a cancelled contract nets to exactly zero', async () => {
    await house.deal({ id: 'D1', owner: 'zhangsan', refunded: [15_000_000, '2026-09-20'] });
    expect(await incentive.computeStatements(SYSTEM, Q3)).toMatchObject({ totalFen: 0, lines: 2 });
    expect((await house.statements()).map((row) => row.old_total_fen)).toEqual([0, 0]);
    expect(await house.totals('zhangsan')).toEqual([
      { plan_id: 'sales', component: 'deal', amount_fen: 0, line_count: 2 },
    ]);
  });

  test('negative receipts cumulate over quarters and set the columns aside', async () => {
    await house.deal({ id: 'D1', owner: 'zhangsan', on: '2026-07-10', refunded: [15_000_000, '2026-08-01'] });
    const receipt = (id: string, on: string, amount: number) =>
      house.insert('receipts', { receipt_id: id, deal_id: 'D1', received_on: on, amount_fen: amount });
    await receipt('H1', '2026-07-20', 15_000_000);
    await incentive.computeStatements(SYSTEM, Q3);
    expect(await linesOf('zhangsan')).toEqual([['revenue_commission', 'D1', 120_000]]);
    await receipt('H2', '2026-08-05', -5_000_001);
    await receipt('H3', '2026-10-05', -9_999_999);
    await incentive.computeStatements(SYSTEM, Q3);
    await incentive.computeStatements(SYSTEM, period('2026Q4'));
    expect(await linesOf('zhangsan')).toEqual([
      ['revenue_commission', 'D1', 120_000],
      ['clawback', 'D1', -40_000],
    ]);
    expect(await linesOf('zhangsan', period('2026Q4'))).toEqual([['clawback', 'D1', -80_000]]);
  });

  test('a refund dated before the deal closed counts in the quarter in which it closed', async () => {
    await house.deal({ id: 'D1', owner: 'zhangsan', on: '2026-07-10', refunded: [15_000_000, '2026-06-01'] });
    await house.deal({ id: 'D2', owner: 'zhangsan', on: '2026-07-11' });
    await house.insert('receipts', {
      receipt_id: 'H',
      deal_id: 'D2',
      received_on: '2026-06-02',
      amount_fen: -15_000_000,
    });
    expect(await incentive.computeStatements(SYSTEM, Q3)).toMatchObject({ totalFen: 0, lines: 4 });
  });
});
