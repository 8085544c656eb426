import { systemViewer } from '../../../access/index.ts';
import { createTestDatabase, VirtualClock } from '@shigang/test';
import { period, type DayString } from '@shigang/shared';
import { largeFile, salesComponents, salesFile } from '../../../../../test/src/factories/incentive-cases.ts';
import {
  incentiveDeps,
  IncentiveHouse,
  salesVersionOne,
} from '../../../../../test/src/factories/incentive-house.ts';
import type { Database } from '../../../platform/database.ts';
import { createIncentive, type Incentive } from '../index.ts';

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

describe('plans', () => {
  test('the next version is created once; the same content again is unchanged', async () => {
    const apply = (file: unknown) => incentive.applyPlan(operator, file, { publish: true });
    expect(await apply(salesVersionOne)).toEqual({
      id: 'sales',
      version: 1,
      status: 'created',
      state: 'effective',
      validFrom: '2023-01-01',
    });
    expect(await apply(salesFile())).toMatchObject({ version: 2, status: 'created', state: 'effective' });
    expect(await apply(salesFile())).toMatchObject({ version: 2, status: 'unchanged' });
    expect(await apply(salesVersionOne)).toMatchObject({ version: 1, status: 'unchanged' });
    expect(await apply(salesFile({ validFrom: '2027-01-01' }))).toMatchObject({
      version: 3,
      state: 'published',
    });
    const records = await db.select<object>(
      'SELECT version, step, marked, recorded_by FROM plan_records ORDER BY version, step',
    );
    expect(records.slice(0, 2)).toEqual([
      { version: 1, step: 'consultation', marked: 'outside', recorded_by: 'cli:tester' },
      { version: 1, step: 'publication', marked: 'outside', recorded_by: 'cli:tester' },
    ]);
    expect(records).toHaveLength(6);
    const audit = await db.select<{ action: string; subject_id: string }>(
      'SELECT action, subject_id FROM audit_log ORDER BY seq',
    );
    expect(audit.map((row) => `${row.action} ${row.subject_id}`).slice(0, 4)).toEqual([
      'plan.created sales@1',
      'plan.published sales@1',
      'plan.created sales@2',
      'plan.published sales@2',
    ]);
    expect(audit).toHaveLength(6);
  });

  test('a draft prices nothing, is unchanged when applied again, and is published as it is', async () => {
    await house.zhangSan();
    const draft = await incentive.applyPlan(operator, salesFile(), { publish: false });
    expect(draft).toMatchObject({ version: 1, status: 'created', state: 'draft' });
    expect(await incentive.applyPlan(operator, salesFile(), { publish: false })).toMatchObject({
      status: 'unchanged',
      state: 'draft',
    });
    expect(await incentive.computeStatements(SYSTEM, Q3)).toMatchObject({ statements: 0 });
    expect(await incentive.applyPlan(operator, salesFile(), { publish: true })).toMatchObject({
      version: 1,
      status: 'unchanged',
      state: 'effective',
    });
    expect(await incentive.computeStatements(SYSTEM, Q3)).toMatchObject({ statements: 1, totalFen: 930_000 });
  });

  test('shows the version in force in the same form', async () => {
    await house.publishAll();
    const shown = await incentive.showPlan(SYSTEM, 'sales', '2026-06-30' as DayString);
    expect(shown).toMatchObject({ validFrom: '2023-01-01' });
    const now = await incentive.showPlan(SYSTEM, 'sales');
    expect(
      await incentive.applyPlan(operator, JSON.parse(JSON.stringify(now)), { publish: false }),
    ).toMatchObject({ version: 2, status: 'unchanged', state: 'effective' });
    await expect(incentive.showPlan(SYSTEM, 'sales', '2022-12-31' as DayString)).rejects.toMatchObject({
      code: 'plan.not_found',
    });
    await expect(incentive.showPlan(SYSTEM, 'none')).rejects.toMatchObject({ code: 'plan.not_found' });
  });

  test('a plan that is not in force yet is shown when no day is asked for', async () => {
    await incentive.applyPlan(operator, salesFile({ validFrom: '2027-01-01' }), { publish: false });
    expect(await incentive.showPlan(SYSTEM, 'sales')).toMatchObject({ validFrom: '2027-01-01' });
  });

  test('two plans for one role, and what is not built yet, are refused and leave nothing', async () => {
    await house.publishAll();
    const before = await db.select('SELECT plan_id, version FROM incentive_plans');
    await expect(
      incentive.applyPlan(operator, largeFile({ id: 'team', roles: ['sales_support'] }), { publish: false }),
    ).rejects.toMatchObject({ code: 'plan.role_overlap', params: { role: '销售支持', on: '2026-07-01' } });
    await expect(
      incentive.applyPlan(operator, largeFile({ capFen: 1 }), { publish: true }),
    ).rejects.toMatchObject({ code: 'plan.component_unsupported', params: { field: 'capFen' } });
    expect(await db.select('SELECT plan_id, version FROM incentive_plans')).toEqual(before);
  });

  test('a publication that would change a locked statement is refused', async () => {
    await house.publishAll();
    await house.zhangSan();
    await incentive.computeStatements(SYSTEM, Q3);
    await db.execute("UPDATE statements SET status = 'locked'");
    const cheaper = (validFrom: string) => salesFile({ validFrom, components: [salesComponents[0]] });
    await expect(
      incentive.applyPlan(operator, cheaper('2026-09-30'), { publish: true }),
    ).rejects.toMatchObject({
      code: 'plan.locked_period',
      params: { period: '2026Q3' },
    });
    expect(await incentive.applyPlan(operator, cheaper('2026-10-01'), { publish: true })).toMatchObject({
      version: 3,
    });
    expect(await incentive.applyPlan(operator, cheaper('2026-09-30'), { publish: false })).toMatchObject({
      state: 'draft',
    });
  });
});
