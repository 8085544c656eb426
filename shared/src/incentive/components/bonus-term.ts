import type { DayString } from '../../period/day.ts';
import { monthsOfPeriod, rangeOfMonth, rangeOfPeriod, type Period } from '../../period/quarter.ts';
import type { BonusPeriod } from '../plan/plan.ts';

/** The quarter or month that one bonus is paid for; its last day is the line's anchor. */
export interface BonusTerm {
  /** `2026Q3` or `2026-07`. */
  readonly id: string;
  readonly firstDay: DayString;
  readonly lastDay: DayString;
}

const known = new Map<string, readonly BonusTerm[]>();

/** The terms of a bonus within a quarter, in order of time; kept, since everybody's statement asks for the same. */
export function bonusTerms(period: Period, every: BonusPeriod): readonly BonusTerm[] {
  const key = `${period} ${every}`;
  let terms = known.get(key);
  if (!terms) {
    terms = termsOf(period, every);
    known.set(key, terms);
  }
  return terms;
}

function termsOf(period: Period, every: BonusPeriod): BonusTerm[] {
  if (every === 'quarter') return [{ id: period, ...rangeOfPeriod(period) }];
  return monthsOfPeriod(period).map((month) => ({ id: month, ...rangeOfMonth(month) }));
}
