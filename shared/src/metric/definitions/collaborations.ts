import { defineMetric, mean, ratio, type NamedTraits } from '../definition.ts';
import { count, narrowed, recordsOf, total } from '../readings.ts';
import { isKnown, isYes } from '../records.ts';

const SECONDS_PER_HOUR = 3_600;

const requested = recordsOf('requests');
const answered = narrowed(requested, isKnown('responseSec'));
const resolved = recordsOf('resolutions');

/** Collaborations requested in the window ÷ employed months of the window; 0 where the company recorded any. */
export const collaborationsPerMonthTraits = {
  id: 'collaborations_per_month',
  format: 'times',
} as const satisfies NamedTraits;
export const collaborationsPerMonth = defineMetric(collaborationsPerMonthTraits, {
  unit: 'per_month',
  direction: 'up',
  suppliedBy: 'collaborations',
  records: [requested],
  sums: { collaborations: count(requested) },
  value({ collaborations }, { company, window, employedShare }) {
    if (collaborations === 0 && !company.collaborations) return null;
    return ratio(collaborations * window.monthUnit, employedShare, collaborations);
  },
});

/** Mean hours from request to answer of those requested in the window and answered at all. */
export const collaborationResponseHoursTraits = {
  id: 'collaboration_response_hours',
  format: 'hours',
} as const satisfies NamedTraits;
export const collaborationResponseHours = defineMetric(collaborationResponseHoursTraits, {
  unit: 'hours',
  direction: 'down',
  suppliedBy: 'collaborations',
  records: [answered],
  sums: { responseSeconds: total(answered, 'responseSec'), responses: count(answered) },
  value: ({ responseSeconds, responses }) => ratio(responseSeconds, SECONDS_PER_HOUR * responses, responses),
});

/** Solved ÷ resolved of those resolved in the window. */
export const collaborationSolvedRateTraits = {
  id: 'collaboration_solved_rate',
  format: 'percent',
} as const satisfies NamedTraits;
export const collaborationSolvedRate = defineMetric(collaborationSolvedRateTraits, {
  unit: 'rate',
  direction: 'up',
  suppliedBy: 'collaborations',
  records: [resolved],
  sums: { resolved: count(resolved), solved: count(narrowed(resolved, isYes('isSolved'))) },
  value: (sums) => mean(sums.solved, sums.resolved),
});
