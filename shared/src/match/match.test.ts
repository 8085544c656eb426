import { type MetricId } from '../metric/catalogue.ts';
import { type RoleModel } from '../role-model/content.ts';
import { parseRoleModel } from '../role-model/parse.ts';
import { defaultModelFile } from '../../../test/src/vectors/default-model.ts';
import { compileModel } from './compile.ts';
import { explainMatch } from './explain.ts';
import { matchPerson, matchScore } from './score.ts';
import { tierOfScore } from './tier.ts';

const thisQuarter = parseRoleModel(defaultModelFile('2026Q3'));
const settled = { employedDays: 400, scheduled: 0, leave: 0 };

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
