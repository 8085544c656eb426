import fc from 'fast-check';
import { baseMetrics, type MetricId } from '../metric/catalogue.ts';
import { divHalfUpBig } from '../rounding/half-up.ts';
import { type RoleModel } from '../role-model/content.ts';
import { parseRoleModel } from '../role-model/parse.ts';
import { defaultModelFile } from '../../../test/src/vectors/default-model.ts';
import { compileModel, maskOf } from './compile.ts';
import { contributions } from './explain.ts';
import { bigScore, matchScore, presenceOf, reachesOf, roundedScore } from './score.ts';

const thisQuarter = parseRoleModel(defaultModelFile('2026Q3'));

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
