import { defineMetric, ratio } from '../definition.ts';
import { count, recordsOf, total } from '../readings.ts';

const scored = recordsOf('feedback');

/** Mean score of the feedback given in the window; scores are kept in tenths. */
export const satisfactionAvg = defineMetric({
  id: 'satisfaction_avg',
  unit: 'score10',
  format: 'points',
  direction: 'up',
  suppliedBy: 'feedback',
  records: [scored],
  sums: { scoreTenths: total(scored, 'scoreTenths'), scores: count(scored) },
  value: ({ scoreTenths, scores }) => ratio(scoreTenths, 10 * scores, scores),
});
