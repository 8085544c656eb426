import { createTestDatabase, VirtualClock } from '@shigang/test';
import { period } from '@shigang/shared';
import { salesComponents } from '../../../../test/src/factories/incentive-cases.ts';
import { incentiveDeps, IncentiveHouse } from '../../../../test/src/factories/incentive-house.ts';
import { loadViewer, type Viewer, systemViewer } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import { assertAnswer } from '../../platform/http/validate.ts';
import {
  createIncentive,
  HomeStatement,
  incentiveRoutes,
  ownStatement,
  StatementAnswer,
  type Incentive,
} from './index.ts';

const SYSTEM = systemViewer('test');

const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const Q3 = period('2026Q3');
const access = { accessRoles: { hr: ['HR'], hrAdmin: ['HR管理员'], auditor: ['审计'] }, hrScopes: {} };
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

describe('reading', () => {
  let self: Viewer;
  beforeEach(async () => {
    await house.publishAll();
    await house.zhangSan();
    await house.person('lisi', [['small_account', '2022-03-07']]);
    await incentive.computeStatements(SYSTEM, period('2026Q2'));
    await incentive.computeStatements(SYSTEM, Q3);
    self = await loadViewer(db, 'zhangsan', access);
  });

  test('a statement is its owner’s; absent and forbidden look alike, and the operator’s look is audited', async () => {
    const view = await incentive.statementOf(self, { userId: 'zhangsan', period: '2026Q3' });
    expect(view).toMatchObject({
      totalFen: 930_000,
      oldPlan: { name: '原方案', totalFen: 150_000 },
      periods: ['2026Q3', '2026Q2'],
      corrections: [],
    });
    expect(view.groups.map((group) => group.component)).toEqual(
      salesComponents.map((component) => component.id),
    );
    expect(view.groups[0]?.lines[0]).toMatchObject({
      source: { kind: 'deal', id: 'D1', label: '恒远医疗 · 年度服务合同' },
      plan: { id: 'sales', version: 2, name: '销售激励方案', validFrom: '2026-07-01' },
    });
    expect(view.groups[2]?.lines[0]?.source.label).toBe('恒远医疗 · 续约 2 年');
    expect(view.groups[3]?.lines[0]?.source.label).toBe('技术支持部 · 接口联调方案');
    for (const asked of [
      { userId: 'lisi', period: Q3 },
      { userId: 'nobody', period: Q3 },
    ]) {
      await expect(incentive.statementOf(self, asked)).rejects.toMatchObject({
        code: 'statement.not_found',
        status: 404,
      });
      await expect(incentive.explain(self, asked)).rejects.toMatchObject({ code: 'statement.not_found' });
      await expect(incentive.homeStatement(self, asked)).rejects.toMatchObject({
        code: 'statement.not_found',
      });
    }
    expect(await incentive.periodsOf(self, 'lisi')).toEqual([]);
    const reads = () => db.select<object>("SELECT actor FROM audit_log WHERE action = 'statement.read'");
    expect(await reads()).toEqual([]);
    await incentive.explain(operator, { userId: 'lisi', period: Q3 });
    expect(await reads()).toEqual([{ actor: 'cli:tester' }]);
  });

  test('a month shows the lines anchored in it; the bonus of the quarter in its last', async () => {
    const [july, september] = await Promise.all(
      ['2026-07', '2026-09'].map((month) =>
        incentive.statementOf(self, { userId: 'zhangsan', period: month }),
      ),
    );
    expect(july).toMatchObject({ totalFen: 20_000, oldPlan: null, quarter: '2026Q3' });
    expect(september?.totalFen).toBe(910_000);
    await expect(
      incentive.statementOf(self, { userId: 'zhangsan', period: '2026-13' }),
    ).rejects.toMatchObject({ code: 'period.invalid' });
  });

  test('the home head: total, the quarter before, the old plan, sums in the plan’s order', async () => {
    expect(await incentive.homeStatement(self, { userId: 'zhangsan', period: Q3 })).toMatchObject({
      status: 'open',
      totalFen: 930_000,
      previousTotalFen: 0,
      oldPlan: { name: '原方案', totalFen: 150_000 },
      components: [
        { component: 'deal', kind: 'revenue_commission', amountFen: 120_000 },
        { component: 'satisfaction', kind: 'satisfaction_bonus', amountFen: 500_000 },
        { component: 'renewal', kind: 'renewal_commission', amountFen: 150_000 },
        { component: 'coordination', kind: 'coordination_reward', amountFen: 160_000 },
      ],
    });
    expect(
      await incentive.homeStatement(self, { userId: 'zhangsan', period: period('2026Q2') }),
    ).toMatchObject({
      previousTotalFen: null,
      oldPlan: null,
      components: [{ component: 'old', amountFen: 0 }],
    });
  });

  test('the endpoint’s answer keeps its contract, for the newest quarter with earnings and for a month', async () => {
    const deps = { db, clock, incentive };
    await incentive.computeStatements(SYSTEM, period('2026Q4'));
    const answer = await ownStatement(deps, self, {});
    await assertAnswer(StatementAnswer, JSON.parse(JSON.stringify(answer)) as object);
    expect(answer).toMatchObject({
      viewer: { userId: 'zhangsan', abilities: { seesOwnFigures: true } },
      nowAt: '2026-10-12T09:30:00+08:00',
      dataAt: '2026-10-12T09:30:00+08:00',
      period: '2026Q3',
      periods: ['2026Q4', '2026Q3', '2026Q2'],
      totalFen: 930_000,
    });
    const month = await ownStatement(deps, self, { period: '2026-09' });
    await assertAnswer(StatementAnswer, JSON.parse(JSON.stringify(month)) as object);
    const [route] = incentiveRoutes(deps);
    expect(route?.contract).toMatchObject({ method: 'GET', path: '/me/statement', may: 'own.read' });
    const other = await loadViewer(db, 'nobody', access);
    await expect(ownStatement(deps, other, {})).rejects.toMatchObject({ code: 'statement.not_found' });
    const home = await incentive.homeStatement(self, { userId: 'zhangsan', period: Q3 });
    const { computedAt, ...shown } = home;
    await assertAnswer(HomeStatement, shown);
    expect(computedAt).toBeInstanceOf(Date);
  });
});
