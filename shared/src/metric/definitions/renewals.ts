import { defineMetric, mean } from '../definition.ts';
import { count, narrowed, recordsOf } from '../readings.ts';
import { isYes } from '../records.ts';

const due = recordsOf('renewals');

/** Renewed ÷ due of the contracts due in the window. */
export const renewalRate = defineMetric({
  id: 'renewal_rate',
  unit: 'rate',
  format: 'percent',
  direction: 'up',
  suppliedBy: 'renewals',
  records: [due],
  sums: { due: count(due), renewed: count(narrowed(due, isYes('isRenewed'))) },
  value: (sums) => mean(sums.renewed, sums.due),
});
