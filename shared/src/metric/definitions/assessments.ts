import { defineFamily, type FamilyTraits } from '../definition.ts';
import { latest, recordsOf } from '../readings.ts';

const taken = recordsOf('assessments');

/** Score 0–100 of the latest assessment of a dimension inside the window. */
export const assessmentTraits = {
  id: 'assessment:',
  format: 'points',
} as const satisfies FamilyTraits;
export const assessment = defineFamily(assessmentTraits, {
  unit: 'score100',
  direction: 'up',
  suppliedBy: 'assessment',
  records: taken,
  sums: { score: latest(taken, 'scoreTenThousandths', 'takenDay') },
  value: ({ score }) => (score === 0 ? null : { value: score - 1, n: 1 }),
});
