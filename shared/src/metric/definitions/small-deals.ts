import { defineMetric, mean, type NamedTraits } from '../definition.ts';
import { count, days, narrowed, recordsOf } from '../readings.ts';
import { inWindow, isKnown, isSegment, isStatus } from '../records.ts';

const closed = narrowed(recordsOf('deals', isSegment('small')), inWindow('closedDay'));
const won = narrowed(closed, isStatus('won'));
const timed = narrowed(won, isKnown('openedDay'));

/** Won ÷ (won + lost) of the small deals that closed in the window. */
export const smallDealWinRateTraits = {
  id: 'small_deal_win_rate',
  format: 'percent',
} as const satisfies NamedTraits;
export const smallDealWinRate = defineMetric(smallDealWinRateTraits, {
  unit: 'rate',
  direction: 'up',
  suppliedBy: 'deals',
  records: [closed],
  sums: { smallWon: count(won), smallLost: count(narrowed(closed, isStatus('lost'))) },
  value: ({ smallWon, smallLost }) => mean(smallWon, smallWon + smallLost),
});

/** Mean days from opening to closing of the small deals won in the window; a deal without an opening day is left out. */
export const smallDealCycleDaysTraits = {
  id: 'small_deal_cycle_days',
  format: 'days',
} as const satisfies NamedTraits;
export const smallDealCycleDays = defineMetric(smallDealCycleDaysTraits, {
  unit: 'days',
  direction: 'down',
  suppliedBy: 'deals',
  records: [timed],
  sums: { smallCycleDays: days(timed, 'openedDay', 'closedDay'), smallCycleDeals: count(timed) },
  value: ({ smallCycleDays, smallCycleDeals }) => mean(smallCycleDays, smallCycleDeals),
});
