import { formatDecimal, parseDecimal } from '../money/decimal.ts';
import { factsOfModel, indicatorsOf } from '../role-model/content.ts';
import { parseRoleModel } from '../role-model/parse.ts';
import { sumLayout } from '../metric/layout.ts';
import { defaultModelFile } from '../../../test/src/vectors/default-model.ts';
import { compileModel } from './compile.ts';
import { asTwoDecimals, explainMatch } from './explain.ts';
import { largestGap, matchPerson, matchScore } from './score.ts';

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

const withN = (value: number | null) => (value === null ? null : { value, n: 7 });

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
  test.each(company)('%s', (...[, values, score, tier, nextScore]) => {
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
