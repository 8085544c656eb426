import type { DayString } from '../period/day.ts';
import { monthsOfPeriod, rangeOfMonth, rangeOfPeriod, type Period } from '../period/quarter.ts';
import type { BonusPeriod } from './plan.ts';

/** The quarter or month that one bonus is paid for; its last day is the line's anchor. */
export interface BonusTerm {
  /** `2026Q3` or `2026-07`. */
  readonly id: string;
  readonly firstDay: DayString;
  readonly lastDay: DayString;
}

/** The terms of a bonus within a quarter, in order of time. */
export function bonusTerms(period: Period, every: BonusPeriod): BonusTerm[] {
  if (every === 'quarter') return [{ id: period, ...rangeOfPeriod(period) }];
  return monthsOfPeriod(period).map((month) => ({ id: month, ...rangeOfMonth(month) }));
}
