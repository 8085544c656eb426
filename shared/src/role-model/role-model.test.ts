import fc from 'fast-check';
import { AppError } from '../errors/app-error.ts';
import { period } from '../period/quarter.ts';
import { defaultModelFile } from '../../../test/src/vectors/default-model.ts';
import { directionOf, factsOfModel, indicatorsOf, metricInfoOf } from './content.ts';
import { canonicalRoleModel, isSameRoleModel, roleModelFile } from './file.ts';
import { versionInForce } from './in-force.ts';
import { parseRoleModel } from './parse.ts';

type Json = Record<string, unknown>;
const file = (overrides: Json = {}): Json => ({ ...defaultModelFile('2026Q3'), ...overrides });
const refusalOf = (json: unknown): unknown => {
  try {
    parseRoleModel(json);
  } catch (error) {
    return error instanceof AppError ? [error.code, error.params['path']] : error;
  }
  return 'accepted';
};
/** The default file with one value replaced, by a path like `dimensions.0.weight`. */
const changed = (path: string, value: unknown): Json => {
  const copy: Json = structuredClone(file());
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  const holder = steps.reduce((at, step) => at[step] as Json, copy);
  if (value === undefined) delete holder[last];
  else holder[last] = value;
  return copy;
};

describe('the default model', () => {
  const model = parseRoleModel(file());

  test('is read to scaled integers', () => {
    expect(model).toMatchObject({
      role: 'large_account',
      validFrom: '2026Q3',
      lookbackQuarters: 4,
      thresholds: { transition: 8_000, train: 6_000 },
      minCoverage: 7_500,
      minEmployedDays: 90,
      mustHave: [{ metric: 'large_account_tenure_months', atLeast: 60_000 }],
    });
    expect(indicatorsOf(model).map((row) => [row.metric, row.floor, row.target, directionOf(row)])).toEqual([
      ['assessment:insight', 0, 1_000_000, 'up'],
      ['satisfaction_avg', 60_000, 90_000, 'up'],
      ['large_deal_win_rate', 0, 4_000, 'up'],
      ['collaborations_per_month', 0, 50_000, 'up'],
      ['collaboration_response_hours', 480_000, 80_000, 'down'],
      ['collaboration_solved_rate', 0, 8_000, 'up'],
      ['renewal_rate', 0, 8_000, 'up'],
      ['large_followup_days', 70_000, 300_000, 'up'],
      ['large_account_tenure_months', 0, 360_000, 'up'],
    ]);
  });

  test('says what a profile must sum for it', () => {
    expect(factsOfModel(model)).toEqual({
      listedCourses: ['大客户需求洞察', '大客户资源协调', '续约与客户成功'],
      namedCourses: [],
      dimensions: ['insight', 'coordination', 'care', 'insight'],
    });
    expect(factsOfModel(null)).toEqual({ listedCourses: [], namedCourses: [], dimensions: [] });
    expect(metricInfoOf(model, 'assessment:insight').name).toBe('客户洞察测评');
    expect(metricInfoOf(null, 'satisfaction_avg').name).toBe('客户满意度');
  });

  test('a course named by an indicator is summed too', () => {
    const named = parseRoleModel(changed('mustHave', [{ metric: 'course:合规', atLeast: 1 }]));
    expect(factsOfModel(named).namedCourses).toEqual(['合规']);
  });

  test('written out and read again it is the same, whatever the order of the keys', () => {
    expect(parseRoleModel(JSON.parse(canonicalRoleModel(model)))).toEqual(model);
    const turned = Object.fromEntries(Object.entries(file()).reverse());
    expect(isSameRoleModel(parseRoleModel(turned), model)).toBe(true);
    expect(isSameRoleModel(parseRoleModel(changed('name', '另一版')), model)).toBe(false);
  });

  test('optional fields have defaults', () => {
    const { lookbackQuarters: _q, minCoverage: _c, minEmployedDays: _e, mustHave: _m, ...bare } = file();
    expect(parseRoleModel(bare)).toMatchObject({
      lookbackQuarters: 4,
      minCoverage: 7_500,
      minEmployedDays: 90,
      mustHave: [],
    });
    expect(parseRoleModel(changed('dimensions.0.courses', undefined)).dimensions[0]?.courses).toEqual([]);
    expect(parseRoleModel(changed('minCoverage', 0)).minCoverage).toBe(0);
  });
});

describe('refusals name the place', () => {
  test.each<[string, unknown, string?]>([
    ['role', 'boss'],
    ['name', ' '],
    ['name', 'x'.repeat(101)],
    ['validFrom', '2026-07'],
    ['validFrom', 20263],
    ['lookbackQuarters', 0],
    ['lookbackQuarters', 13],
    ['lookbackQuarters', 2.5],
    ['thresholds', []],
    ['thresholds', null],
    ['thresholds.transition', 100.01, 'thresholds'],
    ['thresholds.transition', 60, 'thresholds'],
    ['thresholds.train', 0, 'thresholds'],
    ['thresholds.train', 60.001],
    ['thresholds.train', '60'],
    ['minCoverage', 101],
    ['minCoverage', -1],
    ['minEmployedDays', -1],
    ['dimensions', []],
    ['dimensions', {}],
    ['dimensions.0.weight', 41, 'dimensions'],
    ['dimensions.0.weight', 0],
    ['dimensions.0.weight', 40.5],
    ['dimensions.1.id', 'insight', 'dimensions'],
    ['dimensions.0.name', 7],
    ['dimensions.0.indicators', []],
    ['dimensions.0.indicators.0.weight', 41, 'dimensions.0.indicators'],
    ['dimensions.0.indicators.0.metric', 'charm'],
    ['dimensions.0.indicators.0.metric', 'satisfaction_avg', 'dimensions.0.indicators'],
    ['dimensions.0.indicators.0.target', 0, 'dimensions.0.indicators.0'],
    ['dimensions.0.indicators.0.target', 0.00001],
    ['dimensions.0.indicators.0.target', Number.NaN],
    ['dimensions.0.courses', ['甲', '甲']],
    ['dimensions.0.courses', [7], 'dimensions.0.courses.0'],
    ['mustHave', 'no'],
    ['mustHave.0.atLeast', null],
    ['mustHaves', [], 'mustHaves'],
    ['dimensions.0.colour', 'red'],
  ])('%s = %j', (path, value, at = path) => {
    const place = at.replace(/\.(\d+)/g, '[$1]');
    expect(refusalOf(changed(path, value))).toEqual(['model.invalid', place]);
  });

  test.each([null, 7, 'x', []])('%j is no model', (json) =>
    expect(refusalOf(json)).toEqual(['model.invalid', '$']),
  );

  test('a metric that cannot be measured yet is refused by its own code', () => {
    const metric = 'visits_per_month';
    expect(refusalOf(changed('dimensions.0.indicators.0.metric', metric))).toEqual([
      'model.metric_unsupported',
      'dimensions[0].indicators[0].metric',
    ]);
    expect(refusalOf(changed('mustHave', [{ metric, atLeast: 1 }]))).toEqual([
      'model.metric_unsupported',
      'mustHave[0].metric',
    ]);
  });

  test('more indicators than a mask can hold', () => {
    const indicators = (count: number) =>
      Array.from({ length: count }, (_, index) => ({
        metric: `course:${index}`,
        floor: 0,
        target: 1,
        weight: index === 0 ? 101 - count : 1,
      }));
    const dimensions = (count: number) => [
      { id: 'a', name: '甲', weight: 50, indicators: indicators(count) },
      { id: 'b', name: '乙', weight: 50, indicators: indicators(26) },
    ];
    expect(refusalOf(file({ dimensions: dimensions(25) }))).toEqual(['model.invalid', 'dimensions']);
    expect(refusalOf(file({ dimensions: dimensions(24) }))).toBe('accepted');
  });
});

test('weights that do not sum to 100 are always refused', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 3, maxLength: 3 }), (weights) => {
      const copy = structuredClone(file()) as { dimensions: { weight: number }[] };
      copy.dimensions.forEach((dimension, index) => (dimension.weight = weights[index] ?? 1));
      const sum = weights.reduce((total, weight) => total + weight, 0);
      expect(refusalOf(copy)).toEqual(sum === 100 ? 'accepted' : ['model.invalid', 'dimensions']);
    }),
  );
});

test('decimals come back as they were written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 10_000_000 }), (scaled) => {
      const target = scaled / 10_000;
      const model = parseRoleModel(changed('dimensions.0.indicators.0.target', target));
      expect(indicatorsOf(model)[0]?.target).toBe(scaled);
      expect(roleModelFile(model).dimensions[0]?.indicators[0]?.target).toBe(target);
    }),
  );
});

describe('version in force', () => {
  const versions = [
    { version: 1, validFrom: period('2025Q4') },
    { version: 2, validFrom: period('2026Q4') },
    { version: 3, validFrom: period('2026Q3') },
    { version: 4, validFrom: period('2026Q3') },
  ];
  test.each([
    ['2025Q3', null],
    ['2025Q4', 1],
    ['2026Q2', 1],
    ['2026Q3', 4],
    ['2026Q4', 2],
    ['2027Q1', 2],
  ])('%s → %p', (name, version) => {
    expect(versionInForce(versions, period(name))?.version ?? null).toBe(version);
    expect(versionInForce([...versions].reverse(), period(name))?.version ?? null).toBe(version);
  });
});
