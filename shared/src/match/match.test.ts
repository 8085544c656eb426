import fc from 'fast-check';
import { formatDecimal, parseDecimal } from '../money/decimal.ts';
import { baseMetrics, type MetricId } from '../metric/catalogue.ts';
import { divHalfUpBig } from '../rounding/half-up.ts';
import { factsOfModel, indicatorsOf, type RoleModel } from '../role-model/content.ts';
import { parseRoleModel } from '../role-model/parse.ts';
import { sumLayout } from '../metric/sums.ts';
import { defaultModelFile } from '../../../test/src/vectors/default-model.ts';
import { compileModel, maskOf } from './compile.ts';
import { asTwoDecimals, contributions, explainMatch } from './explain.ts';
import {
  bigScore,
  largestGap,
  matchPerson,
  matchScore,
  presenceOf,
  reachesOf,
  roundedScore,
} from './score.ts';
import { tierOfScore } from './tier.ts';

const thisQuarter = parseRoleModel(defaultModelFile('2026Q3'));
const nextQuarter = parseRoleModel(defaultModelFile('2026Q4', [30, 40, 30]));
const metrics = sumLayout(factsOfModel(thisQuarter)).metrics;
const settled = { employedDays: 400, scheduled: 0, leave: 0 };

/** Values of the default model's nine indicators in its order; null = absent. */
const row = (values: readonly (string | number | null)[], model = thisQuarter): (number | null)[] => {
  const given = new Map(
    indicatorsOf(model).map((indicator, index) => [indicator.metric, values[index] ?? null]),
  );
  return metrics.map((metric) => {
    const value = given.get(metric) ?? null;
    return value === null ? null : parseDecimal(String(value), 4);
  });
};

/** The demo company's twenty: indicators in the model's order, score and tier, and the score under the next weights. */
const company: [string, (string | null)[], string, string, string][] = [
  [
    '王五',
    ['80', '9.1', '0.2308', '8', '8.3694', '0.8857', '0.85', '34', '24.0164'],
    '88.64',
    'transition',
    '90.69',
  ],
  [
    '张三',
    ['82', '9.2', '0.3', '4.5833', '11.8103', '0.8', '0.75', '25', '18.5955'],
    '85.20',
    'transition',
    '86.06',
  ],
  [
    '赵敏',
    ['81', '8.9', '0.25', '9', '9.3065', '0.8594', '0.75', '28', '10.0862'],
    '83.75',
    'transition',
    '85.64',
  ],
  [
    '孙浩',
    ['50', '9.1', '0.3636', '5.1667', '24.6358', '0.82', '0.8333', '27', '16.2957'],
    '81.06',
    'transition',
    '82.09',
  ],
  [
    '周婷',
    ['80', '9', '0.3333', '4.5', '38.3491', '0.7895', '0.8182', '26', '15.6715'],
    '80.00',
    'transition',
    '78.59',
  ],
  ['吴磊', ['96', '9.2', '0', '8', '10.6316', '0.8333', '0.8333', '36', '2.6283'], '78.42', 'train', '81.39'],
  ['郑洁', ['78', '9', '0.3', '4.1667', '27.4183', '0.8', '0.8', '16', '9.8891'], '75.10', 'train', '74.61'],
  ['冯涛', ['56', '9', '0.25', '7', '23.4169', '0.76', '0.7', '21', '9.4620'], '72.88', 'train', '74.46'],
  [
    '陈晨',
    ['80', '8.8', '0.2727', '4.3333', '29.4853', '0.7879', '0.4', '22', '11.4990'],
    '70.35',
    'train',
    '70.12',
  ],
  [
    '褚云',
    ['78', '8.8', '0.2222', '4.5833', '29.5294', '0.4444', '0.6667', '20', '9.2649'],
    '67.90',
    'train',
    '67.04',
  ],
  [
    '卫东',
    ['79', '8.8', '0.0833', '4.0833', '30.3673', '0.7273', '0.6154', '21', '8.5092'],
    '65.12',
    'train',
    '65.86',
  ],
  [
    '蒋欣',
    ['77', '8.9', '0.2222', '1.6822', '31.4556', '0.75', '0.6667', '15', '6.2423'],
    '61.47',
    'train',
    '59.23',
  ],
  ['李四', ['93', '9', '0', '1', '10', '0.8', '0.8', '10', '0'], '60.00', 'train', '59.93'],
  [
    '沈悦',
    ['70', '8.5', '0.1', '2.4167', '14.1264', '0.72', '0.64', '11', '7.3922'],
    '58.73',
    'reassign',
    '59.86',
  ],
  [
    '韩磊',
    ['72', '8.6', '0.125', '3.6667', '25.6250', '0.6452', '0.2222', '16', '10.3491'],
    '56.20',
    'reassign',
    '56.82',
  ],
  [
    '杨帆',
    ['40', '8', '0.1111', '5', '26.6125', '0.625', '0.5556', '12', '8.3121'],
    '53.94',
    'reassign',
    '57.46',
  ],
  [
    '尤佳',
    ['60', '8.7', '0.1111', '2.5', '26.3533', '0.5556', '0.3636', '13', '5.7166'],
    '50.08',
    'reassign',
    '49.86',
  ],
  [
    '朱林',
    ['38', '8.2', '0.125', '2.9309', '23.9981', '0.6', '0.375', '12', '4.4353'],
    '46.50',
    'reassign',
    '48.24',
  ],
  [
    '秦川',
    ['58', '8.3', '0.125', '1.0833', '29.1205', '0.4286', '0.3333', '11', '3.4825'],
    '41.33',
    'reassign',
    '39.67',
  ],
  ['许强', ['76', '8.6', '0.1667', '0', null, null, '0', '20', '19.8111'], '37.60', 'reassign', '30.71'],
];

describe('the demo company under the default model', () => {
  const compiled = compileModel(thisQuarter, metrics);
  const later = compileModel(nextQuarter, metrics);
  test.each(company)('%s', (_, values, score, tier, nextScore) => {
    const now = matchPerson(compiled, row(values), settled);
    expect([formatDecimal(now.score ?? -1, 2), now.tier]).toEqual([score, tier]);
    expect(formatDecimal(matchScore(later, row(values)).score ?? -1, 2)).toBe(nextScore);
  });

  test('five, eight, seven; with the next weights four, seven, nine', () => {
    const tiersOf = (model: typeof compiled) =>
      company.map(([, values]) => matchPerson(model, row(values), settled).tier);
    const count = (all: string[]) =>
      ['transition', 'train', 'reassign'].map((tier) => all.filter((one) => one === tier).length);
    expect(count(tiersOf(compiled))).toEqual([5, 8, 7]);
    expect(count(tiersOf(later))).toEqual([4, 7, 9]);
  });

  test('吴磊 stays in train under the next weights: the must-have is not met, and it says so', () => {
    const wulei = matchPerson(later, row(company[5]?.[1] ?? []), settled);
    expect(wulei).toMatchObject({
      score: 8_139,
      tier: 'train',
      isCapped: true,
      unmet: ['large_account_tenure_months'],
    });
  });

  test('许强 covers 82 %, everyone else all', () => {
    const coverages = company.map(([, values]) => matchScore(compiled, row(values)).coverage);
    expect(coverages).toEqual([...Array.from({ length: 19 }, () => 10_000), 8_200]);
  });

  test('张三 by indicator', () => {
    const explained = explainMatch(compiled, row(company[1]?.[1] ?? []).map(withN), settled);
    expect(explained.dimensions.map((dimension) => dimension.indicators.map((part) => part.points))).toEqual([
      [1_312, 1_200, 900],
      [1_100, 814, 900],
      [1_125, 704, 465],
    ]);
    expect(explained.dimensions.map((dimension) => dimension.score)).toEqual([8_530, 9_381, 7_647]);
    expect(explained.dimensions[0]?.indicators[2]).toEqual({
      metric: 'large_deal_win_rate',
      name: '大单赢单率',
      value: 3_000,
      n: 7,
      floor: 0,
      target: 4_000,
      direction: 'up',
      weight: 30,
      attainment: 7_500,
      points: 900,
      fullPoints: 1_200,
    });
    expect(explained.missing).toEqual([]);
    expect(asTwoDecimals(explained.score ?? 0)).toBe(85.2);
  });

  test('the largest gap is the indicator with most points to be got among those present', () => {
    const gapOf = (index: number) => {
      const found = largestGap(compiled, row(company[index]?.[1] ?? []));
      return found < 0 ? null : indicatorsOf(thisQuarter)[found]?.metric;
    };
    expect(gapOf(1)).toBe('large_account_tenure_months');
    expect(gapOf(12)).toBe('large_deal_win_rate');
    expect(gapOf(19)).toBe('collaborations_per_month');
    const full = row(['100', '9', '0.4', '5', '8', '0.8', '0.8', '30', '36']);
    expect(largestGap(compiled, full)).toBe(-1);
    expect(largestGap(compiled, row([]))).toBe(-1);
  });

  test('许强: what is missing is named with what would supply it, and counts in no weight', () => {
    const explained = explainMatch(compiled, row(company[19]?.[1] ?? []).map(withN), settled);
    expect(explained.missing).toEqual([
      { metric: 'collaboration_response_hours', name: '协作响应时长', suppliedBy: 'collaborations' },
      { metric: 'collaboration_solved_rate', name: '协作解决率', suppliedBy: 'collaborations' },
    ]);
    expect(
      explained.dimensions[1]?.indicators.map((part) => [part.attainment, part.points, part.fullPoints]),
    ).toEqual([
      [0, 0, 3_000],
      [null, null, null],
      [null, null, null],
    ]);
  });
});

const withN = (value: number | null) => (value === null ? null : { value, n: 7 });

/** A model of one indicator per dimension on courses, values 0–1, so that scores are easy to aim at. */
const plainModel = (overrides: Partial<RoleModel> = {}): RoleModel => ({
  ...thisQuarter,
  minCoverage: 0,
  minEmployedDays: 90,
  mustHave: [],
  dimensions: [
    {
      id: 'a',
      name: '甲',
      weight: 100,
      courses: [],
      indicators: [{ metric: 'satisfaction_avg', floor: 0, target: 100_000, weight: 100 }],
    },
  ],
  ...overrides,
});
const plainMetrics: MetricId[] = ['satisfaction_avg', 'renewal_rate'];

describe('tiers', () => {
  const compiled = compileModel(plainModel(), plainMetrics);
  test.each([
    [60_000, 6_000, 'train'],
    [59_999, 6_000, 'train'],
    [59_995, 6_000, 'train'],
    [59_994, 5_999, 'reassign'],
    [80_000, 8_000, 'transition'],
    [79_995, 8_000, 'transition'],
    [79_994, 7_999, 'train'],
    [0, 0, 'reassign'],
    [200_000, 10_000, 'transition'],
    [-5, 0, 'reassign'],
  ])('value %i → score %i → %s', (value, score, tier) => {
    expect(matchPerson(compiled, [value, null], settled)).toMatchObject({ score, tier });
  });

  test.each([
    ['89 days', { ...settled, employedDays: 89 }, ['employed_days']],
    ['90 days', { ...settled, employedDays: 90 }, []],
    ['hire date unknown', { ...settled, employedDays: null }, []],
    ['a third on leave', { employedDays: 400, scheduled: 60, leave: 20 }, []],
    ['more than a third', { employedDays: 400, scheduled: 60, leave: 21 }, ['leave']],
    ['both', { employedDays: 1, scheduled: 3, leave: 3 }, ['employed_days', 'leave']],
  ])('%s', (_, standing, insufficient) => {
    const result = matchPerson(compiled, [90_000, null], standing);
    expect(result.insufficient).toEqual(insufficient);
    expect(result.tier).toBe(insufficient.length > 0 ? 'insufficient_data' : 'transition');
    expect(result.isCapped).toBe(false);
  });

  test('coverage below the minimum, and exactly at it', () => {
    const dimensions = [70, 30].map((weight, index) => ({
      id: String(index),
      name: '甲',
      weight,
      courses: [],
      indicators: [{ metric: plainMetrics[index] ?? 'satisfaction_avg', floor: 0, target: 100, weight: 100 }],
    }));
    const at = (minCoverage: number) => compileModel(plainModel({ minCoverage, dimensions }), plainMetrics);
    expect(matchPerson(at(7_001), [90, null], settled)).toMatchObject({
      score: 9_000,
      coverage: 7_000,
      tier: 'insufficient_data',
      insufficient: ['coverage'],
    });
    expect(matchPerson(at(7_000), [90, null], settled).tier).toBe('transition');
  });

  test('no metric at all: no score, and the tier says so even where the model asks for no coverage', () => {
    const result = explainMatch(compiled, [null, null], settled);
    expect(result).toMatchObject({
      score: null,
      coverage: 0,
      tier: 'insufficient_data',
      insufficient: ['coverage'],
    });
    expect(result.dimensions[0]).toMatchObject({
      score: null,
      indicators: [{ points: null, fullPoints: null }],
    });
  });

  test('a must-have caps transition, absent counts as not met, and lower tiers stay', () => {
    const model = compileModel(
      plainModel({ mustHave: [{ metric: 'renewal_rate', atLeast: 5_000 }] }),
      plainMetrics,
    );
    expect(matchPerson(model, [90_000, 5_000], settled)).toMatchObject({ tier: 'transition', unmet: [] });
    expect(matchPerson(model, [90_000, 4_999], settled)).toMatchObject({ tier: 'train', isCapped: true });
    expect(matchPerson(model, [90_000, null], settled)).toMatchObject({
      tier: 'train',
      unmet: ['renewal_rate'],
    });
    expect(matchPerson(model, [10_000, null], settled)).toMatchObject({ tier: 'reassign', isCapped: false });
  });

  test('less is better where the floor lies above the target', () => {
    const indicators = [{ metric: 'renewal_rate' as const, floor: 480_000, target: 80_000, weight: 100 }];
    const model = compileModel(
      plainModel({ dimensions: [{ id: 'a', name: '甲', weight: 100, courses: [], indicators }] }),
      plainMetrics,
    );
    const scoreOf = (value: number) => matchScore(model, [null, value]).score;
    expect([480_000, 280_000, 80_000, 0, 999_999].map(scoreOf)).toEqual([0, 5_000, 10_000, 10_000, 0]);
  });

  test('thresholds decide by the rounded score', () => {
    expect([5_999, 6_000, 7_999, 8_000].map((score) => tierOfScore(thisQuarter, score))).toEqual([
      'reassign',
      'train',
      'train',
      'transition',
    ]);
  });
});

test('a layout that lacks a metric of the model is refused', () => {
  expect(() => compileModel(thisQuarter, ['satisfaction_avg'])).toThrow(
    expect.objectContaining({ code: 'model.invalid' }),
  );
});

/** Random models over the base metrics, and random people for them. */
const weights = (count: number) =>
  fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: count, maxLength: count }).map((raw) => {
    const sum = raw.reduce((total, part) => total + part, 0);
    const spare = 100 - count;
    const floors = raw.map((part) => 1 + Math.floor((part * spare) / sum));
    floors[0] = (floors[0] ?? 0) + 100 - floors.reduce((total, part) => total + part, 0);
    return floors;
  });
const span = fc
  .tuple(fc.integer({ min: 0, max: 2_000_000 }), fc.integer({ min: 0, max: 2_000_000 }))
  .filter(([floor, target]) => floor !== target);
const randomModel = fc
  .array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })
  .chain((sizes) =>
    fc.record({
      dimensionWeights: weights(sizes.length),
      indicatorWeights: fc.tuple(...sizes.map((size) => weights(size))),
      spans: fc.array(span, { minLength: 12, maxLength: 12 }),
      sizes: fc.constant(sizes),
    }),
  )
  .map(({ dimensionWeights, indicatorWeights, spans, sizes }): RoleModel => {
    let next = 0;
    return plainModel({
      dimensions: sizes.map((size, position) => ({
        id: String(position),
        name: String(position),
        weight: dimensionWeights[position] ?? 1,
        courses: [],
        indicators: Array.from({ length: size }, (_, index) => {
          const [floor, target] = spans[next] ?? [0, 1];
          const metric = baseMetrics[next] ?? 'satisfaction_avg';
          next += 1;
          return { metric, floor, target, weight: indicatorWeights[position]?.[index] ?? 1 };
        }),
      })),
    });
  });
const randomRow = fc.array(fc.option(fc.integer({ min: 0, max: 2_000_000 }), { freq: 4 }), {
  minLength: baseMetrics.length,
  maxLength: baseMetrics.length,
});

/** Fractions with BigInt, straight from the spec's three formulas. */
function scoreByTheBook(model: RoleModel, values: readonly (number | null)[]): number | null {
  let [top, bottom, weightSum] = [0n, 1n, 0n];
  for (const dimension of model.dimensions) {
    let [dimensionTop, dimensionBottom, present] = [0n, 1n, 0n];
    for (const indicator of dimension.indicators) {
      const value = values[baseMetrics.indexOf(indicator.metric as never)] ?? null;
      if (value === null) continue;
      const width = BigInt(indicator.target - indicator.floor);
      let [attained, whole] = [BigInt(value - indicator.floor), width];
      if (whole < 0n) [attained, whole] = [-attained, -whole];
      if (attained < 0n) attained = 0n;
      if (attained > whole) attained = whole;
      dimensionTop = dimensionTop * whole + BigInt(indicator.weight) * attained * dimensionBottom;
      dimensionBottom *= whole;
      present += BigInt(indicator.weight);
    }
    if (present === 0n) continue;
    top = top * dimensionBottom * present + BigInt(dimension.weight) * dimensionTop * bottom;
    bottom *= dimensionBottom * present;
    weightSum += BigInt(dimension.weight);
  }
  return weightSum === 0n ? null : Number(divHalfUpBig(10_000n * top, bottom * weightSum));
}

describe('properties', () => {
  test('the compiled score is the spec’s fraction rounded once, in doubles and in BigInt alike', () => {
    fc.assert(
      fc.property(randomModel, randomRow, (model, values) => {
        const compiled = compileModel(model, baseMetrics);
        const { score } = matchScore(compiled, values);
        expect(score).toBe(scoreByTheBook(model, values));
        const presence = presenceOf(compiled, values);
        if (presence === 0) return;
        const mask = maskOf(compiled, presence);
        expect(bigScore(mask, reachesOf(compiled, values))).toBe(score);
        expect(roundedScore({ ...mask, isExact: false }, reachesOf(compiled, values))).toBe(score);
      }),
      { numRuns: 500 },
    );
  });

  test('contributions sum to the score exactly, and stay within one hundredth of their own fraction', () => {
    fc.assert(
      fc.property(randomModel, randomRow, (model, values) => {
        const compiled = compileModel(model, baseMetrics);
        const { score } = matchScore(compiled, values);
        if (score === null) return;
        const mask = maskOf(compiled, presenceOf(compiled, values));
        const reaches = reachesOf(compiled, values);
        const points = contributions(mask, reaches, score);
        expect(points.reduce((sum, part) => sum + part, 0)).toBe(score);
        points.forEach((part, index) => {
          const floor = Number((BigInt(reaches[index] ?? 0) * (mask.big.k[index] ?? 0n)) / mask.big.q);
          expect(part - floor).toBeGreaterThanOrEqual(0);
          expect(part - floor).toBeLessThanOrEqual(1);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('scores stay between 0 and 100, coverage too, and a better value never lowers the score', () => {
    fc.assert(
      fc.property(randomModel, randomRow, fc.nat(11), fc.nat(100_000), (model, values, at, more) => {
        const compiled = compileModel(model, baseMetrics);
        const before = matchScore(compiled, values);
        expect(before.coverage).toBeGreaterThanOrEqual(0);
        expect(before.coverage).toBeLessThanOrEqual(10_000);
        if (before.score === null) return;
        expect(before.score).toBeGreaterThanOrEqual(0);
        expect(before.score).toBeLessThanOrEqual(10_000);
        const indicator = compiled.indicators.find((one) => one.metric === baseMetrics[at]);
        const value = values[at] ?? null;
        if (!indicator || value === null) return;
        const better = indicator.target > indicator.floor ? value + more : value - more;
        const after = matchScore(
          compiled,
          values.map((old, index) => (index === at ? better : old)),
        );
        expect(after.score ?? -1).toBeGreaterThanOrEqual(before.score);
      }),
    );
  });

  test('the order of dimensions does not change the score', () => {
    fc.assert(
      fc.property(randomModel, randomRow, (model, values) => {
        const turned = { ...model, dimensions: [...model.dimensions].reverse() };
        expect(matchScore(compileModel(turned, baseMetrics), values)).toEqual(
          matchScore(compileModel(model, baseMetrics), values),
        );
      }),
    );
  });

  test('halves of a hundredth go up: x.xx5', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 9_999 }), (hundredths) => {
        const compiled = compileModel(plainModel(), plainMetrics);
        expect(matchScore(compiled, [hundredths * 10 + 5, null]).score).toBe(hundredths + 1);
        expect(matchScore(compiled, [hundredths * 10 + 4, null]).score).toBe(hundredths);
      }),
    );
  });

  test('a model whose integers would pass 2⁵³ falls back to BigInt', () => {
    // Prime spans have no common multiple that an exact double could hold.
    const primes = [1_999_993, 1_999_979, 1_999_969, 1_999_957];
    const indicators = primes.map((target, index) => ({
      metric: baseMetrics[index] ?? 'renewal_rate',
      floor: 0,
      target,
      weight: 25,
    }));
    const model = plainModel({ dimensions: [{ id: 'a', name: '甲', weight: 100, courses: [], indicators }] });
    const compiled = compileModel(model, baseMetrics);
    const values = baseMetrics.map((_, index) => (index < 4 ? 1_234_567 : null));
    expect(maskOf(compiled, presenceOf(compiled, values)).isExact).toBe(false);
    expect(matchScore(compiled, values).score).toBe(scoreByTheBook(model, values));
  });
});
