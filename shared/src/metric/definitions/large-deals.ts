import { defineMetric, mean, type NamedTraits } from '../definition.ts';
import { count, days, narrowed, narrowedToAny, recordsOf } from '../readings.ts';
import { afterEnd, inWindow, isKnown, isSegment, isStatus } from '../records.ts';

const large = recordsOf('deals', isSegment('large'));
const closed = narrowed(large, inWindow('closedDay'));
const followed = narrowedToAny(
  large,
  [isKnown('openedDay'), inWindow('closedDay')],
  [inWindow('openedDay'), afterEnd('closedDay')],
);

/** Won ÷ (won + lost) of the large deals that closed in the window. */
export const largeDealWinRateTraits = {
  id: 'large_deal_win_rate',
  format: 'percent',
} as const satisfies NamedTraits;
export const largeDealWinRate = defineMetric(largeDealWinRateTraits, {
  unit: 'rate',
  direction: 'up',
  suppliedBy: 'deals',
  records: [closed],
  sums: {
    largeWon: count(narrowed(closed, isStatus('won'))),
    largeLost: count(narrowed(closed, isStatus('lost'))),
  },
  value: ({ largeWon, largeLost }) => mean(largeWon, largeWon + largeLost),
});

/**
 * Mean days that large deals were followed: from the opening to the closing inside the window, or to the period end for
 * one that opened in the window and is still open then (open today or closed later).
 */
export const largeFollowupDaysTraits = {
  id: 'large_followup_days',
  format: 'days',
} as const satisfies NamedTraits;
export const largeFollowupDays = defineMetric(largeFollowupDaysTraits, {
  unit: 'days',
  direction: 'up',
  suppliedBy: 'deals',
  records: [followed],
  sums: { followupDays: days(followed, 'openedDay', 'closedDay'), followupDeals: count(followed) },
  value: ({ followupDays, followupDeals }) => mean(followupDays, followupDeals),
});
