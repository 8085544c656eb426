import fc from 'fast-check';
import { dayNumber, addDays } from '../period/day.ts';
import { period, quarterIndex } from '../period/quarter.ts';
import { readMatchVector, sumVector } from '../../../test/src/vectors/match-facts.ts';
import {
  addAssessment,
  addAttendance,
  addDeal,
  addFeedback,
  addLargeWon,
  addRenewal,
  addRequest,
  addResolution,
  addTraining,
} from '../../../test/src/vectors/sum-records.ts';
import {
  assessmentMetric,
  baseMetrics,
  courseMetric,
  isMetricId,
  isUnsupportedMetric,
  metricInfo,
  type MetricId,
} from './catalogue.ts';
import type { CompanyRecords } from './definition.ts';
import { sumLayout, type SumLayout } from './layout.ts';
import { MetricSums } from './sums.ts';
import { teamAverage } from './team-average.ts';
import { metricValues } from './values.ts';
import { employedShare, metricWindow, roleOn } from './window.ts';

const layout: SumLayout = sumLayout({
  listedCourses: ['甲', '乙'],
  namedCourses: ['丙', '甲'],
  dimensions: ['insight'],
});
const window = metricWindow(period('2026Q3'), 4);
const lastQuarter = quarterIndex('2026Q3');
const nobody: CompanyRecords = { collaborations: false, trainings: false };
const one = (): MetricSums => new MetricSums(layout, window, 1);
const valueOf = (sums: MetricSums, metric: MetricId, company = nobody): readonly [number, number] | null => {
  const found = metricValues(sums, 0, company)[layout.metrics.indexOf(metric)] ?? null;
  return found === null ? null : [found.value, found.n];
};
const d = (text: string): number => dayNumber(text);
const dayOf = (text: string | null): number | null => (text === null ? null : d(text));
const since = (text: string) => [{ firstDay: d(text), lastDay: null }];

describe('catalogue', () => {
  test.each(['satisfaction_avg', 'course:X', 'assessment:insight'])('%s is known', (id) =>
    expect(isMetricId(id)).toBe(true),
  );
  test.each(['visits_per_month', 'course:', 'assessment:', 'toString', ''])('%s is not', (id) =>
    expect(isMetricId(id)).toBe(false),
  );
  test('visits are known to the spec only', () => {
    expect(isUnsupportedMetric('visits_per_month')).toBe(true);
    expect(isUnsupportedMetric('satisfaction_avg')).toBe(false);
  });
  test.each(baseMetrics)('%s has a name of its own', (id) => expect(metricInfo(id).name).not.toBe(id));
  test('courses and assessments are named by what they measure', () => {
    expect(metricInfo(courseMetric('甲'))).toMatchObject({
      name: '课程《甲》',
      unit: 'count',
      evidence: 'training',
    });
    expect(metricInfo(assessmentMetric('insight'), new Map([['insight', '客户洞察']]))).toMatchObject({
      name: '客户洞察测评',
      suppliedBy: 'assessment',
    });
    expect(metricInfo(assessmentMetric('care')).name).toBe('care测评');
  });
});

describe('window', () => {
  test.each([
    ['2026Q3', 4, '2025-10-01', '2026-09-30', 13_020],
    ['2026Q3', 1, '2026-07-01', '2026-09-30', 13_020],
    ['2024Q1', 1, '2024-01-01', '2024-03-31', 13_020 * 29],
    ['2026Q1', 12, '2023-04-01', '2026-03-31', 13_020 * 29],
  ])('%s looking back %i quarters', (...[name, quarters, from, to, unit]) => {
    const made = metricWindow(period(name), quarters);
    expect([made.firstOn, made.lastOn, made.monthUnit]).toEqual([from, to, unit]);
    expect(employedShare(made, [{ firstDay: null, lastDay: null }])).toBe(3 * quarters * unit);
  });

  test.each<[string, string | null, number, string]>([
    ['2025-11-10', null, 10 + 21 / 30, '10 months and 21 of 30 days'],
    ['2026-09-30', null, 1 / 30, 'the last day alone'],
    ['2026-10-01', null, 0, 'hired after it'],
    ['2020-01-01', '2025-09-30', 0, 'left before it'],
    ['2020-01-01', '2025-10-31', 1, 'left at the end of its first month'],
    ['2026-02-15', '2026-02-28', 0.5, 'half of a short month'],
  ])('employed %s to %s', (from, to, months) => {
    const share = employedShare(window, [{ firstDay: d(from), lastDay: to === null ? null : d(to) }]);
    expect(share).toBe(Math.round(months * window.monthUnit));
  });

  test('a re-hired person adds up both stretches', () => {
    const stretches = [
      { firstDay: d('2020-01-01'), lastDay: d('2025-12-31') },
      { firstDay: d('2026-07-01'), lastDay: null },
    ];
    expect(employedShare(window, stretches)).toBe(6 * window.monthUnit);
  });

  test('roles are held from their day on', () => {
    const history = [
      { role: 'small_account', validFrom: d('2024-01-01') },
      { role: 'large_account', validFrom: d('2026-07-12') },
    ] as const;
    expect(roleOn(history, d('2023-12-31'))).toBeNull();
    expect(roleOn(history, d('2026-07-11'))).toBe('small_account');
    expect(roleOn(history, d('2026-07-12'))).toBe('large_account');
    const daysInLarge = (lastQuarter: string): number => {
      const sums = new MetricSums(layout, metricWindow(period(lastQuarter), 4), 1);
      sums.addHistory(0, [], history);
      return sums.sum(0, 'largeRoleDays');
    };
    expect(daysInLarge('2026Q3')).toBe(80);
    expect(daysInLarge('2026Q2')).toBe(0);
    // Up to the day on which the next role began.
    const moved = [
      { role: 'large_account', validFrom: d('2024-01-01') },
      { role: 'small_account', validFrom: d('2024-06-30') },
    ] as const;
    const sums = one();
    sums.addHistory(0, [], moved);
    expect(sums.sum(0, 'largeRoleDays')).toBe(181);
  });
});

describe('metrics of the table', () => {
  test('nothing recorded: everything is absent', () => {
    expect(metricValues(one(), 0, nobody).every((metric) => metric === null)).toBe(true);
  });

  test('small deals: rate over won and lost, cycle over won with an opening day', () => {
    const sums = one();
    const add = (status: 'won' | 'lost' | 'open', opened: string | null, closed: string | null) =>
      addDeal(sums, 0, { segment: 'small', status, openedDay: dayOf(opened), closedDay: dayOf(closed) });
    add('won', '2026-01-01', '2026-01-08');
    add('won', '2026-01-01', '2026-01-09');
    add('won', null, '2025-10-01');
    add('lost', '2026-01-01', '2026-09-30');
    add('won', '2025-09-01', '2025-09-30');
    add('won', '2026-09-01', '2026-10-01');
    add('open', '2026-09-01', '2026-09-20');
    expect(valueOf(sums, 'small_deal_win_rate')).toEqual([7_500, 4]);
    expect(valueOf(sums, 'small_deal_cycle_days')).toEqual([75_000, 2]);
    expect(valueOf(sums, 'large_deal_win_rate')).toBeNull();
  });

  test('large deals: follow-up also of what is still open at the end', () => {
    const sums = one();
    const add = (status: 'won' | 'lost' | 'open', opened: string | null, closed: string | null) =>
      addDeal(sums, 0, { segment: 'large', status, openedDay: dayOf(opened), closedDay: dayOf(closed) });
    add('lost', '2026-01-01', '2026-01-11');
    add('open', '2026-09-20', null);
    add('won', '2026-09-20', '2026-10-05');
    add('open', '2025-09-30', null);
    add('open', '2026-10-01', null);
    add('open', null, null);
    add('won', null, '2026-03-01');
    expect(valueOf(sums, 'large_followup_days')).toEqual([100_000, 3]);
    expect(valueOf(sums, 'large_deal_win_rate')).toEqual([5_000, 2]);
  });

  test('medium deals and deals without a segment count nowhere', () => {
    const sums = one();
    const days = { openedDay: d('2026-01-01'), closedDay: d('2026-01-08') };
    addDeal(sums, 0, { segment: 'medium', status: 'won', ...days });
    addDeal(sums, 0, { segment: null, status: 'lost', ...days });
    expect(metricValues(sums, 0, nobody).every((metric) => metric === null)).toBe(true);
  });

  const large = [{ role: 'large_account', validFrom: d('2026-07-12') }] as const;
  const small = [{ role: 'small_account', validFrom: d('2024-01-01') }] as const;
  test.each([
    ['80 days in the role', large, null, [26_283, 1]],
    ['two years since the first win', small, '2024-09-29', [240_164, 1]],
    ['whichever is more', large, '2025-03-13', [185_955, 1]],
    ['a win after the period counts nothing', small, '2026-10-01', [0, 0]],
    ['a sales role and neither', small, null, [0, 0]],
    ['no sales role at all', [], null, null],
    ['a role after the period end', [{ role: 'small_account', validFrom: d('2026-10-01') }], null, null],
  ] as const)('tenure: %s', (_, roles, won, expected) => {
    const sums = one();
    sums.addHistory(0, since('2024-01-01'), roles);
    if (won !== null) addLargeWon(sums, 0, d(won));
    expect(valueOf(sums, 'large_account_tenure_months')).toEqual(expected);
  });

  test('the first won large deal is the earliest, in whatever order', () => {
    const sums = one();
    for (const on of ['2025-01-01', '2024-09-29', '2026-01-01']) addLargeWon(sums, 0, d(on));
    expect(sums.sum(0, 'firstLargeWonDay')).toBe(d('2024-09-29'));
  });

  test.each([
    [18, '2025-11-10', [16_822, 18]],
    [26, '2026-01-05', [29_309, 26]],
    [12, '2022-03-07', [10_000, 12]],
    [55, '2023-04-01', [45_833, 55]],
  ])('%i collaborations, hired %s', (count, hiredOn, expected) => {
    const sums = one();
    sums.addHistory(0, since(hiredOn), []);
    for (let index = 0; index < count; index += 1) addRequest(sums, 0, lastQuarter, null);
    expect(valueOf(sums, 'collaborations_per_month')).toEqual(expected);
  });

  test('counts are 0 only where the company recorded any', () => {
    const sums = one();
    sums.addHistory(0, since('2022-01-01'), []);
    expect(valueOf(sums, 'collaborations_per_month')).toBeNull();
    expect(valueOf(sums, 'collaborations_per_month', { ...nobody, collaborations: true })).toEqual([0, 0]);
    expect(valueOf(sums, 'training_passed')).toBeNull();
    expect(valueOf(sums, courseMetric('丙'))).toBeNull();
    expect(valueOf(sums, 'training_passed', { ...nobody, trainings: true })).toEqual([0, 0]);
    expect(valueOf(sums, courseMetric('丙'), { ...nobody, trainings: true })).toEqual([0, 0]);
  });

  test('nobody employed in the window: no monthly figure', () => {
    const sums = one();
    addRequest(sums, 0, lastQuarter, null);
    expect(valueOf(sums, 'collaborations_per_month')).toBeNull();
  });

  test('response, solution, renewal, satisfaction', () => {
    const sums = one();
    addRequest(sums, 0, lastQuarter - 3, 3_600);
    addRequest(sums, 0, lastQuarter, 5_400);
    addRequest(sums, 0, lastQuarter, null);
    addRequest(sums, 0, lastQuarter - 4, 999_999);
    addRequest(sums, 0, lastQuarter + 1, 999_999);
    addResolution(sums, 0, lastQuarter, true);
    addResolution(sums, 0, lastQuarter, false);
    addResolution(sums, 0, lastQuarter, true);
    addResolution(sums, 0, lastQuarter + 1, false);
    addRenewal(sums, 0, lastQuarter, true);
    addRenewal(sums, 0, lastQuarter - 3, false);
    addRenewal(sums, 0, lastQuarter + 1, false);
    for (const score of [92, 92, 91]) addFeedback(sums, 0, lastQuarter, score);
    addFeedback(sums, 0, lastQuarter + 1, 0);
    expect(valueOf(sums, 'collaboration_response_hours')).toEqual([12_500, 2]);
    expect(valueOf(sums, 'collaboration_solved_rate')).toEqual([6_667, 3]);
    expect(valueOf(sums, 'renewal_rate')).toEqual([5_000, 2]);
    expect(valueOf(sums, 'satisfaction_avg')).toEqual([91_667, 3]);
  });

  test('trainings: distinct listed courses passed by the period end, of any age', () => {
    const sums = one();
    addTraining(sums, 0, '甲', { finishedDay: d('2019-01-01'), isPassed: true });
    addTraining(sums, 0, '甲', { finishedDay: d('2026-01-01'), isPassed: true });
    addTraining(sums, 0, '乙', { finishedDay: d('2026-01-01'), isPassed: false });
    addTraining(sums, 0, '乙', { finishedDay: d('2026-10-01'), isPassed: true });
    addTraining(sums, 0, '丙', { finishedDay: d('2026-01-01'), isPassed: true });
    addTraining(sums, 0, '丁', { finishedDay: d('2026-01-01'), isPassed: true });
    expect(valueOf(sums, 'training_passed')).toEqual([10_000, 3]);
    expect(valueOf(sums, courseMetric('甲'))).toEqual([10_000, 2]);
    expect(valueOf(sums, courseMetric('乙'))).toEqual([0, 1]);
    expect(valueOf(sums, courseMetric('丙'))).toEqual([10_000, 1]);
  });

  test('assessment: the latest inside the window', () => {
    const sums = one();
    addAssessment(sums, 0, 'insight', { takenDay: d('2025-09-30'), score: 990_000 });
    addAssessment(sums, 0, 'insight', { takenDay: d('2026-09-20'), score: 820_000 });
    addAssessment(sums, 0, 'insight', { takenDay: d('2026-03-20'), score: 500_000 });
    addAssessment(sums, 0, 'insight', { takenDay: d('2026-10-01'), score: 990_000 });
    addAssessment(sums, 0, 'other', { takenDay: d('2026-09-20'), score: 990_000 });
    expect(valueOf(sums, assessmentMetric('insight'))).toEqual([820_000, 1]);
  });

  test('an assessment of 0 is a value, not an absence', () => {
    const sums = one();
    addAssessment(sums, 0, 'insight', { takenDay: d('2026-09-20'), score: 0 });
    expect(valueOf(sums, assessmentMetric('insight'))).toEqual([0, 1]);
  });

  test('attendance: worked of scheduled less leave; nothing left to work: absent', () => {
    const sums = one();
    addAttendance(sums, 0, d('2026-09-01'), { scheduled: 10_000, worked: 10_000, leave: 0 });
    addAttendance(sums, 0, d('2026-09-02'), { scheduled: 10_000, worked: 5_000, leave: 0 });
    addAttendance(sums, 0, d('2026-09-03'), { scheduled: 10_000, worked: 0, leave: 10_000 });
    addAttendance(sums, 0, d('2026-10-03'), { scheduled: 10_000, worked: 0, leave: 0 });
    expect(valueOf(sums, 'attendance_rate')).toEqual([7_500, 3]);
    const onLeave = one();
    addAttendance(onLeave, 0, d('2026-09-03'), { scheduled: 10_000, worked: 0, leave: 10_000 });
    expect(valueOf(onLeave, 'attendance_rate')).toBeNull();
  });
});

describe('team average', () => {
  test.each([
    [{ sum: 40_000, people: 4 }, null],
    [{ sum: 50_000, people: 5 }, 10_000],
    [{ sum: 52_503, people: 6 }, 8_751],
  ])('%j', (team, expected) => expect(teamAverage(team)).toBe(expected));
});

describe('properties', () => {
  test('the order in which facts are added changes nothing', () => {
    const vector = readMatchVector('match-2');
    const straight = sumVector(vector).sums;
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), (keys) => {
        const shuffled = sumVector(vector, (rows) =>
          [...rows].sort((a, b) => order(keys, a) - order(keys, b)),
        ).sums;
        expect(shuffled.data).toEqual(straight.data);
      }),
      { numRuns: 20 },
    );
  });

  test('means are rounded half up at four decimals, against exact fractions', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 60 }), (scores) => {
        const sums = one();
        for (const score of scores) addFeedback(sums, 0, lastQuarter, score);
        const [value] = valueOf(sums, 'satisfaction_avg') ?? [-1];
        const total = BigInt(scores.reduce((sum, score) => sum + score, 0));
        const bottom = BigInt(10 * scores.length);
        // value = floor(10,000·total ÷ bottom + 1/2)
        expect(BigInt(value)).toBe((2n * 10_000n * total + bottom) / (2n * bottom));
      }),
    );
  });

  test('stored and loaded rows give the same values', () => {
    const { sums, company } = sumVector(readMatchVector('match-3'));
    const copy = new MetricSums(sums.layout, sums.window, sums.people);
    for (let person = 0; person < sums.people; person += 1) copy.load(person, sums.row(person));
    for (let person = 0; person < sums.people; person += 1) {
      expect(metricValues(copy, person, company)).toEqual(metricValues(sums, person, company));
    }
  });

  test('employed days of a month never exceed it', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 500 }), fc.integer({ min: 0, max: 500 }), (offset, length) => {
        const firstDay = d(addDays('2026-03-01', offset));
        const share = employedShare(window, [{ firstDay, lastDay: firstDay + length }]);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(12 * window.monthUnit);
        expect(Number.isInteger(share)).toBe(true);
      }),
    );
  });
});

/** A reproducible shuffle key from a row's text. */
function order(keys: readonly number[], row: unknown): number {
  let hash = 7;
  for (const character of JSON.stringify(row)) {
    hash = (hash * 31 + character.charCodeAt(0) + (keys[hash % keys.length] ?? 0)) % 1_000_003;
  }
  return hash;
}
