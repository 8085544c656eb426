import {
  day,
  deal,
  indexComponent,
  largeFile,
  oldPlan,
  price,
  renewal,
  salesComponents,
  salesFile,
  smallAccount,
  versionOf,
} from '../../../test/src/factories/incentive-cases.ts';
import { DOCUMENT_FORMAT } from './document.ts';
import type { EmployeeFacts } from './facts.ts';
import { renderFormula } from './formula.ts';
import { linesInOrder, type Statement } from './statement.ts';
import { yuanText } from './yuan-text.ts';

const versionOne = versionOf(
  salesFile({ validFrom: '2023-01-01', components: oldPlan.components, comparison: null }),
  1,
);
const sales = versionOf(salesFile(), 2);
const large = versionOf(largeFile());

const solved = (count: number, on = '2026-09-24', from = 1) =>
  Array.from({ length: count }, (_, step) => ({
    anchorOn: day(on),
    collaborationId: `C${from + step}`,
    isSolved: true,
  }));
const scores = (count: number, scoreTenths: number, on = '2026-08-01') =>
  Array.from({ length: count }, () => ({ givenOn: day(on), scoreTenths }));
const formulas = (statement: Statement): string[] =>
  linesInOrder(statement).map((line) => renderFormula(DOCUMENT_FORMAT, line));
const amounts = (statement: Statement): number[] => linesInOrder(statement).map((line) => line.amountFen);

const zhangSan: EmployeeFacts = {
  deals: [deal({ dealId: 'D1' })],
  renewals: [renewal({ renewalId: 'R1', years: 2 })],
  scores: scores(23, 92),
  collaborations: solved(8),
  dueRenewals: [],
};

describe('the worked example', () => {
  const statement = price({ plans: [versionOne, sales, large], facts: zhangSan });

  test('1,200 + 5,000 + 1,500 + 8 × 200 = 9,300.00; old plan 1,500.00', () => {
    expect(statement.groups.map((group) => [group.head.component, group.amountFen])).toEqual([
      ['deal', 120_000],
      ['satisfaction', 500_000],
      ['renewal', 150_000],
      ['coordination', 160_000],
    ]);
    expect(statement.totalFen).toBe(930_000);
    expect(statement.lineCount).toBe(11);
    expect(statement.comparison).toEqual({ name: '原方案', totalFen: 150_000 });
    expect(statement.plans).toEqual([{ id: 'sales', version: 2 }]);
  });

  test('the formulas hold the numbers (golden texts of format 1)', () => {
    expect(formulas(statement)).toEqual([
      '150,000.00 元 × 0.8% = 1,200.00 元',
      '150,000.00 元 × 0.5% × 2 年 = 1,500.00 元',
      ...Array.from({ length: 8 }, () => '已解决协作 1 次 × 200.00 元 = 200.00 元'),
      '211.6 分 ÷ 23 条评价 = 平均 9.20 分，达到 9.0 分，奖励 5,000.00 元',
    ]);
  });

  test('under the large plan the index is measured over the quarter', () => {
    const moved = price({
      plans: [versionOne, sales, large],
      facts: zhangSan,
      person: { roles: [{ role: 'large_account', validFrom: day('2026-07-01') }], lastWorkingDays: [] },
    });
    // revenue 15,000,000 of 30,000,000 → 20 of 40 · satisfaction 9.2 → 30 · no contract due → 0 · all solved → 10
    expect(linesInOrder(moved).at(-1)).toMatchObject({ kind: 'weighted_index_bonus', amountFen: 180_000 });
    expect(formulas(moved).at(-1)).toBe(
      '3,000.00 元 ×（业绩 40% × 达成 50.00% + 客户满意度 30% × 达成 100.00% + 续约率 20% × 0（没有记录） + 协作解决率 10% × 达成 100.00%）= 1,800.00 元',
    );
    expect(moved.totalFen).toBe(930_000 + 180_000);
  });

  test('the version before 2026-07-01 is the old plan itself and compares with nothing', () => {
    const before = price({
      plans: [versionOne, sales],
      period: '2026Q2',
      facts: { ...zhangSan, deals: [deal({ dealId: 'D1', anchorOn: day('2026-06-30') })] },
    });
    expect(before.totalFen).toBe(150_000);
    expect(before.comparison).toBeNull();
  });
});

describe('what prices a fact', () => {
  test('a role change in mid-quarter splits the quarter on its day', () => {
    const person = {
      roles: [
        { role: 'large_account' as const, validFrom: day('2026-07-12') },
        { role: 'small_account' as const, validFrom: day('2021-08-02') },
      ],
      lastWorkingDays: [],
    };
    const facts = {
      deals: [
        deal({ dealId: 'D1', anchorOn: day('2026-07-11') }),
        deal({ dealId: 'D2', anchorOn: day('2026-07-12') }),
      ],
      collaborations: [...solved(1, '2026-07-11'), ...solved(1, '2026-07-12', 2)],
      scores: scores(1, 90, '2026-07-05'),
    };
    const statement = price({ plans: [versionOne, sales, large], facts, person });
    expect(linesInOrder(statement).map((line) => [line.head.planId, line.head.component])).toEqual([
      ['sales', 'deal'],
      ['sales', 'coordination'],
      ['large', 'deal'],
      ['large', 'coordination'],
      ['large', 'satisfaction'],
      ['large', 'index'],
    ]);
    expect(statement.plans).toEqual([
      { id: 'sales', version: 2 },
      { id: 'large', version: 1 },
    ]);
    expect(statement.comparison?.totalFen).toBe(300_000);
  });

  test('a new version prices what is anchored on or after its first day', () => {
    const dearer = versionOf(
      salesFile({ validFrom: '2026-08-15', components: [{ ...salesComponents[0], rateBp: 100 }] }),
      3,
    );
    const facts = {
      deals: ['2026-08-14', '2026-08-15'].map((on) => deal({ dealId: on, anchorOn: day(on) })),
    };
    const statement = price({ plans: [sales, dearer], facts });
    expect(amounts(statement)).toEqual([120_000, 150_000]);
    expect(linesInOrder(statement).map((line) => line.head.planVersion)).toEqual([2, 3]);
  });

  test('no role, or a role without a plan: no lines, no plan, no comparison', () => {
    const none = { roles: [], lastWorkingDays: [] };
    expect(price({ plans: [sales], facts: zhangSan, person: none })).toMatchObject({
      plans: [],
      groups: [],
      totalFen: 0,
      comparison: null,
    });
    expect(price({ plans: [large], facts: zhangSan }).lineCount).toBe(0);
  });

  test.each([
    [
      'facts anchored on the last working day are paid, later ones and bonuses are not',
      '2026-09-12',
      false,
      [120_000],
    ],
    [
      'a plan may pay facts after leaving, bonuses still need employment',
      '2026-09-11',
      true,
      [120_000, 150_000],
    ],
    [
      'whoever works to the last day of the quarter gets the bonus',
      '2026-09-30',
      false,
      [120_000, 150_000, 500_000],
    ],
  ])('%s', (_, lastDay, payAfterLeaving, want) => {
    const statement = price({
      plans: [versionOf(salesFile({ payAfterLeaving }))],
      facts: { ...zhangSan, collaborations: [] },
      person: smallAccount(lastDay),
    });
    expect(amounts(statement)).toEqual(want);
  });

  test('someone hired again needs a new role, and one who left before the role began keeps it', () => {
    const plans = [versionOf(salesFile({ validFrom: '2020-01-01' }))];
    const facts = { deals: [deal({ dealId: 'D1' })] };
    const again = {
      roles: [{ role: 'small_account' as const, validFrom: day('2026-08-01') }],
      lastWorkingDays: [day('2025-03-31')],
    };
    expect(price({ plans, facts, person: again }).totalFen).toBe(120_000);
    expect(price({ plans, facts, person: smallAccount('2026-10-31', '2025-03-31') }).totalFen).toBe(0);
  });

  test('only the named segments are priced; a deal without a segment is none of them', () => {
    const plan = versionOf(
      salesFile({
        components: [{ ...salesComponents[0], segments: ['large'] }],
        comparison: { name: '原方案', components: [{ ...salesComponents[0], segments: ['small'] }] },
      }),
    );
    const deals = (['small', 'large', null] as const).map((segment, at) =>
      deal({ dealId: `D${at}`, segment }),
    );
    const statement = price({ plans: [plan], facts: { deals } });
    expect(linesInOrder(statement).map((line) => line.sourceId)).toEqual(['D1']);
    expect(statement.comparison?.totalFen).toBe(120_000);
  });
});

describe('satisfaction bonus', () => {
  const steps = [
    { atLeast: 9, amountFen: 500_000 },
    { atLeast: 8, amountFen: 200_000 },
  ];
  const bonus = (over: Record<string, unknown> = {}) =>
    versionOf(salesFile({ components: [{ ...salesComponents[1], steps, ...over }] }));

  test.each([
    ['9.0 exactly', [90, 90], [500_000]],
    ['8.95 is not 9.0: the exact mean counts, and one step only', [90, 89], [200_000]],
    ['below every step', [79], []],
    ['no score', [], []],
  ])('%s', (_, tenths, want) => {
    const facts = { scores: tenths.map((scoreTenths) => ({ givenOn: day('2026-07-01'), scoreTenths })) };
    expect(amounts(price({ plans: [bonus()], facts }))).toEqual(want);
  });

  test('under the minimum there is none', () => {
    expect(price({ plans: [bonus({ minCount: 3 })], facts: { scores: scores(2, 100) } }).lineCount).toBe(0);
  });

  test('by month: each on its last day, with its own scores', () => {
    const facts = {
      scores: [
        ...scores(1, 90, '2026-07-31'),
        ...scores(1, 80, '2026-09-30'),
        ...scores(1, 100, '2026-10-01'),
      ],
    };
    const lines = linesInOrder(price({ plans: [bonus({ period: 'month' })], facts }));
    expect(lines.map((line) => [line.anchorOn, line.sourceId, line.amountFen])).toEqual([
      ['2026-07-31', '2026-07', 500_000],
      ['2026-09-30', '2026-09', 200_000],
    ]);
  });
});

describe('index bonus', () => {
  const plan = versionOf(salesFile({ components: [indexComponent] }));
  test('without any record it is a line of 0 that says so', () => {
    const [line] = linesInOrder(price({ plans: [plan], facts: {} }));
    expect(line).toMatchObject({ amountFen: 0 });
    expect(renderFormula(DOCUMENT_FORMAT, line!)).toContain('业绩 40% × 0（没有记录）');
  });
  test('attainment is clamped at both ends and measured on rounded values', () => {
    const facts = {
      deals: [deal({ dealId: 'D1', dealFen: 90_000_000 })],
      scores: scores(1, 50),
      dueRenewals: [true, true, false].map((isRenewed) => ({ dueOn: day('2026-07-15'), isRenewed })),
      collaborations: [...solved(2), { anchorOn: day('2026-07-02'), collaborationId: 'X', isSolved: false }],
    };
    // 40 + 0 + 20 × 0.6667/0.8 + 10 × 0.6667/0.8 = 65.00125 → 195,003.75 fen
    expect(amounts(price({ plans: [plan], facts }))).toEqual([195_004]);
  });
});

describe('shares', () => {
  test('a share is priced from its fen, and the formula shows both', () => {
    const facts = {
      deals: [deal({ dealId: 'D1', shareBp: 3_333, shareFen: 4_999_500 })],
      renewals: [renewal({ renewalId: 'R1', shareBp: 5_000, shareFen: 7_500_000, years: 3 })],
    };
    expect(formulas(price({ plans: [sales], facts }))).toEqual([
      '49,995.00 元（150,000.00 元 × 归属 33.33%） × 0.8% = 399.96 元',
      '75,000.00 元（150,000.00 元 × 归属 50%） × 0.5% × 3 年 = 1,125.00 元',
    ]);
  });
  test.each([
    [125, 40, 1],
    [124, 40, 0],
    [15_000_000, 80, 120_000],
    [0, 80, 0],
  ])('%i fen at %i bp pays %i fen (half up)', (fen, rateBp, want) => {
    const plan = versionOf(salesFile({ components: [{ ...salesComponents[0], rateBp }] }));
    expect(
      amounts(price({ plans: [plan], facts: { deals: [deal({ dealId: 'D', dealFen: fen })] } })),
    ).toEqual([want]);
  });
  test.each([
    [0, '0.00'],
    [7, '0.07'],
    [99_999, '999.99'],
    [100_000, '1,000.00'],
    [100_000_005, '1,000,000.05'],
    [-123_456, '−1,234.56'],
  ])('%i fen reads %s', (fen, want) => expect(yuanText(fen)).toBe(want));
});
