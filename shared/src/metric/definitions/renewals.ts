import { defineMetric, mean, type NamedTraits } from '../definition.ts';
import { count, narrowed, recordsOf } from '../readings.ts';
import { isYes } from '../records.ts';

const due = recordsOf('renewals');

/** Renewed ÷ due of the contracts due in the window. */
export const renewalRateTraits = {
  id: 'renewal_rate',
  format: 'percent',
} as const satisfies NamedTraits;
export const renewalRate = defineMetric(renewalRateTraits, {
  unit: 'rate',
  direction: 'up',
  suppliedBy: 'renewals',
  records: [due],
  sums: { due: count(due), renewed: count(narrowed(due, isYes('isRenewed'))) },
  value: (sums) => mean(sums.renewed, sums.due),
});
