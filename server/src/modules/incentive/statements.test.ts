import { systemViewer } from '../../access/index.ts';
import { createTestDatabase, VirtualClock } from '@shigang/test';
import { period } from '@shigang/shared';
import { salesComponents, salesFile } from '../../../../test/src/factories/incentive-cases.ts';
import { incentiveDeps, IncentiveHouse } from '../../../../test/src/factories/incentive-house.ts';
import type { Database, SqlScalar } from '../../platform/database.ts';
import { createIncentive, markOpenStatements, type Incentive } from './index.ts';

const SYSTEM = systemViewer('test');

const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const Q3 = period('2026Q3');
let house: IncentiveHouse<Incentive>;
let incentive: Incentive;
let db: Database;
let operator: IncentiveHouse['operator'];

beforeAll(async () => {
  const database = await createTestDatabase();
  house = new IncentiveHouse(database, createIncentive(incentiveDeps(database, clock)));
  ({ incentive, db, operator } = house);
});
beforeEach(() => house.clear());

describe('statements', () => {
  beforeEach(() => house.publishAll());

  test('张三 2026Q3 is ¥9,300.00, under the old plan ¥1,500.00', async () => {
    await house.zhangSan();
    expect(await incentive.computeStatements(SYSTEM, Q3)).toEqual({
      statements: 1,
      lines: 11,
      totalFen: 930_000,
      written: 1,
    });
    expect(await house.statements()).toMatchObject([
      { user_id: 'zhangsan', total_fen: 930_000, old_total_fen: 150_000 },
    ]);
    expect(await house.totals('zhangsan')).toEqual([
      { plan_id: 'sales', component: 'coordination', amount_fen: 160_000, line_count: 8 },
      { plan_id: 'sales', component: 'deal', amount_fen: 120_000, line_count: 1 },
      { plan_id: 'sales', component: 'renewal', amount_fen: 150_000, line_count: 1 },
      { plan_id: 'sales', component: 'satisfaction', amount_fen: 500_000, line_count: 1 },
    ]);
    const explained = await incentive.explain(operator, { userId: 'zhangsan', period: Q3 });
    expect(explained).toMatchObject({
      userId: 'zhangsan',
      name: '名zhangsan',
      plan: { id: 'sales', version: 2, name: '销售激励方案' },
      status: 'open',
      totalFen: 930_000,
      oldPlanTotalFen: 150_000,
    });
    expect(explained.lines.find((line) => line.component === 'deal')).toEqual({
      id: 'zhangsan/2026Q3/sales/deal/deal/D1/0',
      component: 'deal',
      kind: 'revenue_commission',
      anchorOn: '2026-09-12',
      amountFen: 120_000,
      formula: '150,000.00 元 × 0.8% = 1,200.00 元',
      inputs: [
        { name: 'amountFen', unit: 'fen', value: 15_000_000 },
        { name: 'shareBp', unit: 'bp', value: 10_000 },
        { name: 'shareFen', unit: 'fen', value: 15_000_000 },
        { name: 'rateBp', unit: 'bp', value: 80 },
      ],
      source: { kind: 'deal', id: 'D1' },
      plan: { id: 'sales', version: 2, name: '销售激励方案' },
    });
    const bonus = explained.lines.find((line) => line.component === 'satisfaction');
    expect(bonus?.source).toEqual({ kind: 'period', id: '2026Q3' });
  });

  test('computing again writes nothing, byte for byte; one person alone gives the same', async () => {
    await house.zhangSan();
    await incentive.computeStatements(SYSTEM, Q3);
    const before = await house.statements();
    clock.advance(60_000);
    expect(await incentive.computeStatements(SYSTEM, Q3)).toMatchObject({ written: 0, totalFen: 930_000 });
    expect(await incentive.computeStatements(SYSTEM, Q3, 'zhangsan')).toMatchObject({
      statements: 1,
      written: 0,
    });
    expect(await house.statements()).toEqual(before);
    await db.execute('DELETE FROM statements');
    await incentive.computeStatements(SYSTEM, Q3, 'zhangsan');
    expect((await house.statements())[0]?.doc_hash).toBe(before[0]?.doc_hash);
  });

  test('a new deal changes one statement; won turned into lost or open takes the line away', async () => {
    await house.zhangSan();
    await house.person('lisi', [['small_account', '2022-03-07']]);
    await house.deal({
      id: 'D2',
      owner: 'zhangsan',
      credits: [
        ['zhangsan', 6_667],
        ['lisi', 3_333],
      ],
    });
    await incentive.computeStatements(SYSTEM, Q3);
    expect((await house.statements()).map((row) => row.total_fen)).toEqual([39_996, 1_010_004]);
    await house.deal({ id: 'D2', owner: 'zhangsan', status: 'lost' });
    expect(await incentive.computeStatements(SYSTEM, Q3)).toMatchObject({ written: 2, statements: 2 });
    expect((await house.statements()).map((row) => row.total_fen)).toEqual([0, 930_000]);
    await house.deal({ id: 'D1', owner: 'zhangsan', status: 'open' });
    await incentive.computeStatements(SYSTEM, Q3);
    expect(await house.totals('zhangsan')).toHaveLength(3);
  });

  test('a locked statement is left as it is', async () => {
    await house.zhangSan();
    await incentive.computeStatements(SYSTEM, Q3);
    await db.execute("UPDATE statements SET status = 'locked'");
    await house.deal({ id: 'D2', owner: 'zhangsan' });
    expect(await incentive.computeStatements(SYSTEM, Q3)).toMatchObject({ written: 0, totalFen: 930_000 });
  });

  test('吴磊: sales until 07-11, large from 07-12', async () => {
    await house.person('wulei', [
      ['small_account', '2021-08-02'],
      ['large_account', '2026-07-12'],
    ]);
    await house.collaboration('C1', 'wulei', '2026-07-11 23:59:59');
    await house.collaboration('C2', 'wulei', '2026-07-12 00:00:00');
    await house.feedback('F1', 'wulei', 92, '2026-07-03');
    await house.renewal('R1', 'wulei', { fen: 10_000_000, years: 1, on: '2026-07-10' });
    await incentive.computeStatements(SYSTEM, Q3);
    const explained = await incentive.explain(operator, { userId: 'wulei', period: Q3 });
    expect(explained.plan).toEqual({ id: 'large', version: 1, name: '大客户激励方案' });
    expect(explained.lines.map((line) => [line.plan.id, line.component, line.anchorOn])).toEqual([
      ['sales', 'renewal', '2026-07-10'],
      ['sales', 'coordination', '2026-07-11'],
      ['large', 'coordination', '2026-07-12'],
      ['large', 'satisfaction', '2026-09-30'],
      ['large', 'index', '2026-09-30'],
    ]);
    // satisfaction 30 + renewal rate 20 + solved 10, no deal: 60 % of 3,000
    expect(explained.lines.at(-1)?.amountFen).toBe(180_000);
    const view = await incentive.statementOf(operator, { userId: 'wulei', period: '2026Q3' });
    expect(view.groups.map((group) => [group.component, group.lines.length])).toEqual([
      ['deal', 0],
      ['satisfaction', 1],
      ['renewal', 1],
      ['coordination', 2],
      ['index', 1],
    ]);
  });

  test('everyone with a plan on any day has a statement, leavers too; nobody else has', async () => {
    await house.person('leaver', [['small_account', '2024-01-01']], '2026-07-01');
    await house.person('gone', [['small_account', '2024-01-01']], '2026-06-30');
    await house.person('later', [['small_account', '2026-10-01']]);
    await house.person('plain', []);
    await house.deal({ id: 'D1', owner: 'leaver', on: '2026-07-02' });
    expect(await incentive.computeStatements(SYSTEM, Q3)).toMatchObject({
      statements: 1,
      lines: 0,
      totalFen: 0,
    });
    expect((await house.statements())[0]).toMatchObject({ user_id: 'leaver', old_total_fen: 0 });
    await db.execute('DELETE FROM role_assignments WHERE user_id = ?', ['leaver']);
    expect(await incentive.computeStatements(SYSTEM, Q3)).toMatchObject({ statements: 0, written: 1 });
  });

  test('an amount beyond exact arithmetic ends the computation, not the process', async () => {
    await house.person('huge', [['small_account', '2026-01-01']]);
    await house.deal({ id: 'D1', owner: 'huge', fen: Number.MAX_SAFE_INTEGER });
    await house.renewal('R1', 'huge', { fen: Number.MAX_SAFE_INTEGER, years: 30_000 });
    await expect(incentive.computeStatements(SYSTEM, Q3)).rejects.toMatchObject({
      code: 'arithmetic.not_integer',
    });
    expect(await house.statements()).toEqual([]);
  });

  test('segments decide by the stated one, else by the setting', async () => {
    const large = salesFile({
      id: 'support',
      roles: ['sales_support'],
      components: [{ ...salesComponents[0], segments: ['large'] }],
    });
    const small = salesFile({ roles: ['small_account'], validFrom: '2026-07-02' });
    await incentive.applyPlan(operator, small, { publish: true });
    await incentive.applyPlan(operator, { ...large, validFrom: '2026-07-02' }, { publish: true });
    await house.person('help', [['sales_support', '2026-01-01']]);
    await house.deal({ id: 'small', owner: 'help', fen: 999_999 });
    await house.deal({ id: 'large', owner: 'help', fen: 1_000_000 });
    await house.deal({ id: 'stated', owner: 'help', fen: 100, segment: 'large' });
    await incentive.computeStatements(SYSTEM, Q3);
    const { lines } = await incentive.explain(operator, { userId: 'help', period: Q3 });
    expect(lines.map((line) => line.source.id)).toEqual(['large', 'stated']);
  });
});

describe('what changed', () => {
  test('marks are worked off once, and publishing marks everybody of the plan from its first quarter on', async () => {
    await house.person('zhangsan', [['small_account', '2023-04-01']]);
    await house.publishAll();
    await house.zhangSan();
    const marks = await db.select<{ quarter: number }>(
      "SELECT quarter FROM dirty_marks WHERE purpose = 'statement'",
    );
    expect(marks).toHaveLength(16);
    await house.insert('dirty_marks', {
      user_id: 'zhangsan',
      quarter: 8106,
      purpose: 'profile',
      marked_at: new Date(0),
      mark: 'x',
    });
    expect(await incentive.recomputeChanged(SYSTEM)).toEqual({ marks: 16, written: 15 });
    expect(await db.select('SELECT user_id FROM dirty_marks')).toHaveLength(1);
    expect(await incentive.recomputeChanged(SYSTEM)).toEqual({ marks: 0, written: 0 });
    expect(await incentive.periodsOf(operator, 'zhangsan')).toEqual(
      expect.arrayContaining(['2026Q4', '2026Q3', '2023Q2']),
    );
  });

  test('somebody who leaves loses the bonuses of the quarter with the next recompute', async () => {
    await house.publishAll();
    await house.zhangSan();
    await incentive.computeStatements(SYSTEM, period('2026Q2'));
    await incentive.computeStatements(SYSTEM, Q3);
    await db.execute("UPDATE statements SET status = 'locked' WHERE period = '2026Q2'");
    await db.execute('DELETE FROM dirty_marks');
    await house.insert('employment_periods', {
      user_id: 'zhangsan',
      hired_on: '2021-01-01',
      left_on: '2026-09-29',
    });
    await db.transaction((tx) => markOpenStatements(tx, ['zhangsan', 'nobody'], clock.now()));
    await db.transaction((tx) => markOpenStatements(tx, [], clock.now()));
    expect(await db.select('SELECT user_id, quarter, purpose FROM dirty_marks')).toEqual([
      { user_id: 'zhangsan', quarter: 8106, purpose: 'statement' },
    ]);
    expect(await incentive.recomputeChanged(SYSTEM)).toEqual({ marks: 1, written: 1 });
    // Without the bonus, and without the seven collaborations resolved on the day after the last one.
    const [, q3] = await house.statements();
    expect(q3?.total_fen).toBe(120_000 + 150_000 + 20_000);
  });

  test('many people of a quarter are computed by chunk', async () => {
    await house.publishAll();
    const rows = Array.from({ length: 60 }, (_, at): SqlScalar[] => [
      `p${String(at).padStart(3, '0')}`,
      'small_account',
      '2024-01-01',
      'import',
    ]);
    await db.insertMany('role_assignments', ['user_id', 'role', 'valid_from', 'source'], rows);
    await db.insertMany(
      'dirty_marks',
      ['user_id', 'quarter', 'purpose', 'marked_at', 'mark'],
      rows.map(([userId]) => [userId ?? null, 8106, 'statement', new Date(0), 'x']),
    );
    expect(await incentive.chunksOf(Q3)).toEqual([{ from: 'p000', to: 'p059' }]);
    expect(await incentive.recomputeChanged(SYSTEM)).toEqual({ marks: 60, written: 60 });
  });
});
