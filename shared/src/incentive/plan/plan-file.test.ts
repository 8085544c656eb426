import {
  indexComponent,
  largeFile,
  oldPlan,
  salesComponents,
  salesFile,
  versionOf,
} from '../../../../test/src/factories/incentive-cases.ts';
import { canonicalPlan, planFile } from './canonical-plan.ts';
import { parsePlan } from './parse-plan.ts';
import { findRoleOverlap, PlanBook, planVersionInForce } from './plan-book.ts';
import { day } from '../../../../test/src/factories/incentive-cases.ts';

const [deal, satisfaction, renewal, coordination] = salesComponents;
const withComponent = (component: unknown): unknown => salesFile({ components: [component] });
const withIndicators = (...indicators: unknown[]): unknown =>
  withComponent({ ...indexComponent, indicators });
const indicator = { metric: 'revenue', floor: 0, target: 100, weight: 100 };
const refusal = (code: string, field: string): Error =>
  expect.objectContaining({ code, params: expect.objectContaining({ field }) }) as Error;

describe('reading a plan file', () => {
  test('takes the defaults of absent fields and keeps decimals as written', () => {
    const plan = parsePlan(largeFile({ roles: ['large_account'] }));
    expect(plan).toMatchObject({ id: 'large', payAfterLeaving: false, roles: ['large_account'] });
    expect(plan.components[0]).toEqual({
      id: 'deal',
      kind: 'revenue_commission',
      rateBp: 80,
      basis: 'signed',
      segments: null,
    });
    expect(plan.components[1]).toMatchObject({
      minCount: 1,
      steps: [{ atLeastHundredths: 900, amountFen: 500_000 }],
    });
    expect(plan.components[4]).toMatchObject({
      indicators: expect.arrayContaining([
        expect.objectContaining({ metric: 'renewal_rate', targetTenThousandths: 8_000 }),
        expect.objectContaining({ metric: 'revenue', targetTenThousandths: 300_000_000_000 }),
      ]),
    });
    expect(plan.comparison).toMatchObject({ name: '原方案' });
    expect(parsePlan(salesFile({ comparison: undefined })).comparison).toBeNull();
    expect(parsePlan(withComponent({ ...satisfaction, minCount: undefined })).components[0]).toMatchObject({
      minCount: 1,
    });
  });

  test('orders roles, segments and steps, so that equal contents have one text', () => {
    const steps = [
      { atLeast: 9, amountFen: 2 },
      { atLeast: 8.75, amountFen: 1 },
    ];
    const one = parsePlan(
      salesFile({
        roles: ['sales_support', 'small_account'],
        components: [
          { ...deal, segments: ['large', 'small'] },
          { ...satisfaction, steps },
        ],
      }),
    );
    const other = parsePlan(
      salesFile({
        roles: ['small_account', 'sales_support'],
        components: [
          { ...deal, segments: ['small', 'large'], capFen: null },
          { ...satisfaction, steps: [...steps].reverse() },
        ],
      }),
    );
    expect(canonicalPlan(one)).toBe(canonicalPlan(other));
    expect(one.components[1]).toMatchObject({
      steps: [{ atLeastHundredths: 875 }, { atLeastHundredths: 900 }],
    });
  });

  test.each([
    ['sales', salesFile()],
    ['large', largeFile()],
    ['no comparison', salesFile({ comparison: null })],
  ])('what is written of %s reads as the same content', (_, file) => {
    const content = parsePlan(file);
    expect(parsePlan(JSON.parse(canonicalPlan(content)))).toEqual(content);
    expect(planFile(content)).toMatchObject({ guarantee: null, capFen: null, payAfterLeaving: false });
  });

  test.each([
    ['a list', [], '(file)'],
    ['nothing', null, '(file)'],
    ['a bad id', salesFile({ id: 'sales plan' }), 'id'],
    ['no name', salesFile({ name: '' }), 'name'],
    ['no date', salesFile({ validFrom: '2026-02-30' }), 'validFrom'],
    ['a number as date', salesFile({ validFrom: 20260701 }), 'validFrom'],
    ['no roles', salesFile({ roles: [] }), 'roles'],
    ['an unknown role', salesFile({ roles: ['boss'] }), 'roles[0]'],
    ['a role twice', salesFile({ roles: ['small_account', 'small_account'] }), 'roles'],
    ['an unknown field', salesFile({ capfen: 1 }), 'capfen'],
    ['text for a switch', salesFile({ payAfterLeaving: 'no' }), 'payAfterLeaving'],
    ['no components', salesFile({ components: [] }), 'components'],
    [
      'a component id twice',
      salesFile({ components: [deal, { ...renewal, id: 'deal' }] }),
      'components[1].id',
    ],
    ['an unknown kind', withComponent({ id: 'x', kind: 'lottery' }), 'components[0].kind'],
    ['a rate with decimals', withComponent({ ...deal, rateBp: 80.5 }), 'components[0].rateBp'],
    ['a rate as text', withComponent({ ...deal, rateBp: '80' }), 'components[0].rateBp'],
    ['a rate over 100 %', withComponent({ ...deal, rateBp: 10_001 }), 'components[0].rateBp'],
    ['a negative amount', withComponent({ ...coordination, amountFen: -1 }), 'components[0].amountFen'],
    ['an unknown segment', withComponent({ ...deal, segments: ['huge'] }), 'components[0].segments[0]'],
    ['a segment twice', withComponent({ ...deal, segments: ['small', 'small'] }), 'components[0].segments'],
    ['a misspelt field', withComponent({ ...deal, segment: ['small'] }), 'components[0].segment'],
    ['no basis', withComponent({ ...deal, basis: undefined }), 'components[0].basis'],
    ['a bad period', withComponent({ ...satisfaction, period: 'year' }), 'components[0].period'],
    [
      'a threshold with three places',
      withComponent({ ...satisfaction, steps: [{ atLeast: 9.001, amountFen: 1 }] }),
      'components[0].steps[0].atLeast',
    ],
    [
      'a threshold over 10',
      withComponent({ ...satisfaction, steps: [{ atLeast: 10.01, amountFen: 1 }] }),
      'components[0].steps[0].atLeast',
    ],
    [
      'a threshold twice',
      withComponent({
        ...satisfaction,
        steps: [
          { atLeast: 9, amountFen: 1 },
          { atLeast: 9, amountFen: 2 },
        ],
      }),
      'components[0].steps',
    ],
    ['no minimum', withComponent({ ...satisfaction, minCount: 0 }), 'components[0].minCount'],
    ['weights of 99', withIndicators({ ...indicator, weight: 99 }), 'components[0].indicators'],
    [
      'an indicator twice',
      withIndicators({ ...indicator, weight: 50 }, { ...indicator, weight: 50 }),
      'components[0].indicators',
    ],
    [
      'a target below its floor',
      withIndicators({ ...indicator, floor: 100 }),
      'components[0].indicators[0].target',
    ],
    [
      'five decimals',
      withIndicators({ ...indicator, target: 0.00001 }),
      'components[0].indicators[0].target',
    ],
    ['a bad comparison', salesFile({ comparison: { ...oldPlan, extra: 1 } }), 'comparison.extra'],
    [
      'a bad comparison component',
      salesFile({ comparison: { ...oldPlan, components: [1] } }),
      'comparison.components[0]',
    ],
  ])('refuses %s and names the field', (_, file, field) => {
    expect(() => parsePlan(file)).toThrow(refusal('plan.invalid', field));
  });

  test.each([
    ['a guarantee', salesFile({ guarantee: { fen: 500_000, quarters: 2 } }), 'guarantee'],
    ['a cap per plan', salesFile({ capFen: 1 }), 'capFen'],
    [
      'brackets',
      withComponent({ ...deal, brackets: [{ fromFen: 0, rateBp: 80 }] }),
      'components[0].brackets',
    ],
    ['a cap per component', withComponent({ ...deal, capFen: 50_000 }), 'components[0].capFen'],
    ['a cap on renewals', withComponent({ ...renewal, capFen: 1 }), 'components[0].capFen'],
    ['a cap on rewards', withComponent({ ...coordination, capFen: 1 }), 'components[0].capFen'],
    ['collected money', withComponent({ ...deal, basis: 'collected' }), 'components[0].basis'],
    ['adjustments', withComponent({ id: 'x', kind: 'adjustment' }), 'components[0].kind'],
    [
      'a metric that no bonus measures',
      withIndicators({ ...indicator, metric: 'attendance_rate' }),
      'components[0].indicators[0].metric',
    ],
    [
      'collected money in the comparison',
      salesFile({ comparison: { name: '原', components: [{ ...deal, basis: 'collected' }] } }),
      'comparison.components[0].basis',
    ],
  ])('refuses %s as not built yet', (_, file, field) => {
    expect(() => parsePlan(file)).toThrow(refusal('plan.component_unsupported', field));
  });
});

describe('versions', () => {
  const versions = [
    versionOf(salesFile({ validFrom: '2023-01-01' }), 1),
    versionOf(salesFile({ validFrom: '2026-07-01' }), 2),
    versionOf(salesFile({ validFrom: '2026-07-01' }), 3),
    versionOf(salesFile({ validFrom: '2025-01-01' }), 4),
  ];

  test.each([
    ['2022-12-31', null],
    ['2023-01-01', 1],
    ['2024-12-31', 1],
    ['2025-01-01', 4],
    ['2026-06-30', 4],
    ['2026-07-01', 3],
    ['2030-01-01', 3],
  ])('on %s version %s is in force', (on, want) => {
    expect(planVersionInForce(versions, 'sales', day(on))?.version ?? null).toBe(want);
  });
  test('an unknown plan has none', () =>
    expect(planVersionInForce(versions, 'x', day('2026-07-01'))).toBeNull());

  const other = (over: Record<string, unknown>) => versionOf(salesFile({ id: 'team', ...over }));
  test.each([
    ['another role', other({ roles: ['large_account'] }), null],
    [
      'the same role',
      other({ validFrom: '2027-01-01' }),
      { role: 'small_account', on: '2027-01-01', id: 'sales', otherId: 'team' },
    ],
    [
      'the same role from before',
      other({ validFrom: '2020-01-01', roles: ['sales_support'] }),
      { role: 'sales_support', on: '2023-01-01', id: 'sales', otherId: 'team' },
    ],
  ])('a plan for %s', (_, plan, want) => {
    expect(findRoleOverlap([...versions, plan])).toEqual(want);
  });
  test('a role that a later version gives up is free from that day', () => {
    const given = [
      ...versions,
      versionOf(salesFile({ validFrom: '2027-01-01', roles: ['small_account'] }), 5),
    ];
    expect(
      findRoleOverlap([...given, other({ validFrom: '2027-01-01', roles: ['sales_support'] })]),
    ).toBeNull();
    expect(
      findRoleOverlap([...given, other({ validFrom: '2026-12-31', roles: ['sales_support'] })]),
    ).toMatchObject({ on: '2026-12-31' });
  });

  test('what a bonus measures is known before anything is read', () => {
    const bonus = { ...oldPlan, components: [indexComponent] };
    const measures = (...files: Record<string, unknown>[]): boolean =>
      new PlanBook(files.map((file) => versionOf(file))).measures('renewal_rate');
    expect([measures(), measures(salesFile()), measures(salesFile(), largeFile())]).toEqual([
      false,
      false,
      true,
    ]);
    expect(measures(salesFile({ comparison: bonus }))).toBe(true);
  });
});
