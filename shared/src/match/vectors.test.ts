import { daysBetween } from '../period/day.ts';
import { formatDecimal } from '../money/decimal.ts';
import { metricValues } from '../metric/values.ts';
import { readMatchVector, sumVector } from '../../../test/src/vectors/match-facts.ts';
import { compileModel } from './compile.ts';
import { explainMatch } from './explain.ts';

/** Worked cases from an independent implementation: facts and model in, metrics, score, coverage and tier out. */
describe.each(['match-1', 'match-2', 'match-3', 'match-4', 'match-5', 'match-6'])('%s', (name) => {
  const vector = readMatchVector(name);
  const { model, sums, company } = sumVector(vector);
  const compiled = compileModel(model, sums.layout.metrics);
  const lastOn = sums.window.lastOn;

  test.each(vector.employees.map((employee, index) => [employee.userid, index] as const))(
    '%s',
    (userId, person) => {
      const expected = vector.expected.find((row) => row.userid === userId);
      const metrics = metricValues(sums, person, company);
      const named = metrics.flatMap((metric, index) =>
        metric ? [[sums.layout.metrics[index] ?? '', formatDecimal(metric.value, 4)] as const] : [],
      );
      // The cases sum up courses; single ones are no figure of theirs.
      const values = Object.fromEntries(named.filter(([metric]) => !metric.startsWith('course:')));
      expect(values).toEqual(expected?.metrics);
      const employedDays = daysBetween(vector.employees[person]?.hiredOn ?? '', lastOn);
      const explained = explainMatch(compiled, metrics, { employedDays, scheduled: 0, leave: 0 });
      expect({
        score: (explained.score ?? 0) / 100,
        coverage: explained.coverage / 100,
        tier: explained.tier,
      }).toEqual({
        score: expected?.score,
        coverage: expected?.coverage,
        tier: expected?.tier,
      });
      const points = explained.dimensions.flatMap((dimension) =>
        dimension.indicators.map((row) => row.points ?? 0),
      );
      expect(points.reduce((sum, point) => sum + point, 0)).toBe(explained.score);
    },
  );
});
