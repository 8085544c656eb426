import { EXPECTED_PEOPLE, type ExpectedPerson } from '../demo/expected.ts';
import { indicatorOf, type ExplainedMatch } from './figure-documents.ts';

const METRICS = Object.keys((EXPECTED_PEOPLE[0] as ExpectedPerson).metrics);

/** What the example tells of a person; `n` null is not told. */
export function expectedFigures({ userid, name, score, tier, coverage, metrics }: ExpectedPerson) {
  const values = Object.entries(metrics).map(([metric, figure]) => [
    metric,
    figure === null ? null : [figure.value, figure.n],
  ]);
  return { userid, name, score, tier, coverage, metrics: Object.fromEntries(values) as object };
}

/** The same of an explanation. */
export function figuresOf(explained: ExplainedMatch) {
  const { userId, name, score, tier, coverage } = explained;
  const expected = EXPECTED_PEOPLE.find((person) => person.userid === userId)?.metrics;
  const values = METRICS.map((metric) => {
    const { value, n } = indicatorOf(explained, metric);
    const isCounted = expected?.[metric as keyof typeof expected]?.n !== null;
    return [metric, value === null ? null : [value.toFixed(4), isCounted ? n : null]];
  });
  return {
    userid: userId,
    name,
    score: score.toFixed(2),
    tier,
    coverage: coverage.toFixed(2),
    metrics: Object.fromEntries(values) as object,
  };
}
