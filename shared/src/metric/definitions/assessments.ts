import { defineFamily } from '../definition.ts';
import { latest, recordsOf } from '../readings.ts';

const taken = recordsOf('assessments');

/** Score 0–100 of the latest assessment of a dimension inside the window. */
export const assessment = defineFamily({
  prefix: 'assessment:',
  unit: 'score100',
  format: 'points',
  direction: 'up',
  suppliedBy: 'assessment',
  records: taken,
  sums: { score: latest(taken, 'scoreTenThousandths', 'takenDay') },
  value: ({ score }) => (score === 0 ? null : { value: score - 1, n: 1 }),
});
