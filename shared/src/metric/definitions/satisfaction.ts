import { defineMetric, ratio, type NamedTraits } from '../definition.ts';
import { count, recordsOf, total } from '../readings.ts';

const scored = recordsOf('feedback');

/** Mean score of the feedback given in the window; scores are kept in tenths. */
export const satisfactionAvgTraits = {
  id: 'satisfaction_avg',
  format: 'points',
} as const satisfies NamedTraits;
export const satisfactionAvg = defineMetric(satisfactionAvgTraits, {
  unit: 'score10',
  direction: 'up',
  suppliedBy: 'feedback',
  records: [scored],
  sums: { scoreTenths: total(scored, 'scoreTenths'), scores: count(scored) },
  value: ({ scoreTenths, scores }) => ratio(scoreTenths, 10 * scores, scores),
});
