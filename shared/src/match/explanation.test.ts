import { defaultModelFile } from '../../../test/src/vectors/default-model.ts';
import type { MetricId } from '../metric/catalogue.ts';
import type { MetricValue } from '../metric/definition.ts';
import { period } from '../period/quarter.ts';
import { parseRoleModel } from '../role-model/parse.ts';
import {
  explainDocument,
  explanationAnswer,
  explanationOf,
  type ExplanationRoles,
  type ExplanationSource,
} from './explanation.ts';
import { largestGapOf, strongestOf, workableGapOf } from './highlights.ts';

/** 李四 of the demo company: 60.00 on the dot, six large deals' worth of nothing won. */
const measured: readonly (readonly [MetricId, number, number])[] = [
  ['assessment:insight', 930_000, 1],
  ['satisfaction_avg', 90_000, 12],
  ['large_deal_win_rate', 0, 5],
  ['collaborations_per_month', 10_000, 12],
  ['collaboration_response_hours', 100_000, 12],
  ['collaboration_solved_rate', 8_000, 5],
  ['renewal_rate', 8_000, 5],
  ['large_followup_days', 100_000, 5],
  ['large_account_tenure_months', 0, 0],
];
const sourceOf = (rows = measured): ExplanationSource => ({
  version: { role: 'large_account', version: 3, model: parseRoleModel(defaultModelFile('2026Q3')) },
  period: period('2026Q3'),
  values: {
    metrics: new Map(rows.map(([metric, value, n]): [MetricId, MetricValue] => [metric, { value, n }])),
    standing: { employedDays: 400, scheduled: 0, leave: 0 },
  },
  teamAverages: new Map([['renewal_rate', 7_500]]),
  evidence: new Map([['renewal_rate', { kind: 'renewal', ids: ['R2', 'R1'] }]]),
});
const person = { userId: 'lisi', name: '李四' };
const roles: ExplanationRoles = {
  tier: 'train',
  presentRole: 'small_account',
  targetRole: null,
  hidesScore: false,
};

describe('the document of explain match', () => {
  const document = explainDocument(sourceOf(), person);
  const indicators = document.dimensions.flatMap((dimension) => dimension.indicators);
  const renewal = indicators.find((row) => row.metric === 'renewal_rate');

  test('score, tier and model; the points sum to the score', () => {
    expect(document).toMatchObject({ ...person, score: 60, coverage: 100, tier: 'train', missing: [] });
    expect(document.model).toEqual({ role: 'large_account', version: 3 });
    const points = indicators.map((row) => Math.round((row.points ?? 0) * 100));
    expect(points.reduce((sum, each) => sum + each, 0)).toBe(6_000);
  });

  test('an indicator with its decimals, the team and the records behind it', () => {
    expect(renewal).toMatchObject({
      value: 0.8,
      n: 5,
      floor: 0,
      target: 0.8,
      attainment: 100,
      teamAverage: 0.75,
    });
    expect(renewal?.evidence).toEqual([
      { kind: 'renewal', id: 'R2' },
      { kind: 'renewal', id: 'R1' },
    ]);
    expect(indicators.find((row) => row.metric === 'satisfaction_avg')).toMatchObject({
      ...{ value: 9, teamAverage: null, evidence: [] },
    });
  });

  test('without any value there is no score, and everything is missing', () => {
    const empty = explainDocument(sourceOf([]), person);
    expect(empty).toMatchObject({ score: null, coverage: 0, tier: 'insufficient_data' });
    expect(empty.missing).toHaveLength(indicators.length);
    expect(empty.dimensions[0]?.indicators[0]).toMatchObject({ value: null, attainment: null, points: null });
  });
});

describe('the answer for screens', () => {
  test('all figures once they may be seen', () => {
    const answer = explanationAnswer(sourceOf(), roles);
    expect(answer).toMatchObject({
      ...{ scoreHundredths: 6_000, coverageHundredths: 10_000, tier: 'train', presentRole: 'small_account' },
      thresholds: { transitionHundredths: 8_000, trainHundredths: 6_000 },
      ...{ windowFrom: '2025-10-01', windowTo: '2026-09-30' },
    });
    expect(answer.mustHave).toMatchObject([{ metric: 'large_account_tenure_months', isMet: false }]);
    const rows = answer.dimensions.flatMap((dimension) => dimension.indicators);
    expect(rows.find((row) => row.metric === 'renewal_rate')).toMatchObject({
      ...{ valueTenThousandths: 8_000, teamAverageTenThousandths: 7_500, evidenceCount: 2 },
    });
  });

  test('before publication values, but nothing of a score', () => {
    const answer = explanationAnswer(sourceOf(), { ...roles, hidesScore: true, targetRole: 'large_account' });
    expect(answer).toMatchObject({
      ...{ scoreHundredths: null, coverageHundredths: null, tier: null, targetRole: null },
      presentRole: 'small_account',
    });
    const rows = answer.dimensions.flatMap((dimension) => dimension.indicators);
    expect(rows.every((row) => row.pointsHundredths === null && row.attainmentHundredths === null)).toBe(
      true,
    );
    expect(rows.every((row) => row.fullPointsHundredths === null)).toBe(true);
    expect(rows.find((row) => row.metric === 'renewal_rate')?.valueTenThousandths).toBe(8_000);
  });

  test('a must-have that nothing was measured for is not met; one that is reached is', () => {
    const without = explanationAnswer(sourceOf(measured.slice(0, -1)), roles);
    expect(without.mustHave).toMatchObject([{ valueTenThousandths: null, isMet: false }]);
    const months: typeof measured = [['large_account_tenure_months', 60_000, 1]];
    expect(explanationAnswer(sourceOf(months), roles).mustHave).toMatchObject([{ isMet: true }]);
  });
});

describe('what stands out', () => {
  const explained = explanationOf(sourceOf());

  test('the strongest first, by points among equals, none without any', () => {
    expect(strongestOf(explained, 3).map((row) => row.metric)).toEqual([
      'satisfaction_avg',
      'renewal_rate',
      'collaboration_solved_rate',
    ]);
    expect(strongestOf(explained, 20).map((row) => row.metric)).not.toContain('large_deal_win_rate');
  });

  test('the largest gap, and the largest that work can close', () => {
    expect(largestGapOf(explained)?.metric).toBe('large_deal_win_rate');
    const timeOnly = explanationOf(sourceOf([['large_account_tenure_months', 10_000, 1]]));
    expect(workableGapOf(timeOnly)?.metric).toBe('large_account_tenure_months');
    expect(workableGapOf(explained)?.metric).toBe('large_deal_win_rate');
  });

  test('nothing measured, nothing stands out', () => {
    const empty = explanationOf(sourceOf([]));
    expect([strongestOf(empty, 3), largestGapOf(empty), workableGapOf(empty)]).toEqual([[], null, null]);
  });
});
