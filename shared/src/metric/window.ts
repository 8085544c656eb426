import { itemAt } from '../errors/item-at.ts';
import type { SalesRole } from '../messages/words.ts';
import { dayNumber, daysInMonth, type DayString } from '../period/day.ts';
import { quarterIndex, windowOfPeriod, type Period } from '../period/quarter.ts';

/** Common multiple of month lengths 28, 30 and 31; with a leap day among them also of 29. */
const MONTH_MULTIPLE = 13_020;
const LEAP_MULTIPLE = MONTH_MULTIPLE * 29;

/** A stretch of employment in day numbers, both included; `lastDay` null while it goes on. */
export interface EmployedStretch {
  /** Null: hire date unknown, counts as always. */
  readonly firstDay: number | null;
  readonly lastDay: number | null;
}

/** The days that a period's metrics look at, with the tables that make sums of days cheap. */
export interface MetricWindow {
  readonly firstOn: DayString;
  readonly lastOn: DayString;
  /** Day numbers of both ends, both included. */
  readonly firstDay: number;
  readonly lastDay: number;
  /** Quarter indices of both ends, both included: windows are whole quarters. */
  readonly firstQuarter: number;
  readonly lastQuarter: number;
  /** One month in {@link employedShare}'s units. */
  readonly monthUnit: number;
  /** `shares[i]`: units of the first i days of the window. */
  readonly shares: Float64Array;
}

/**
 * Window of `lookbackQuarters` (1–12) quarters that ends on the period's last day. A day of a month with d days is
 * worth `monthUnit ÷ d` units, an integer, so that employed months are exact (docs/domain.md §3: a calendar month counts
 * as employed days ÷ its days).
 */
export function metricWindow(period: Period, lookbackQuarters: number): MetricWindow {
  const { firstDay: firstOn, lastDay: lastOn } = windowOfPeriod(period, lookbackQuarters);
  const [firstDay, lastDay] = [dayNumber(firstOn), dayNumber(lastOn)];
  const lengths: number[] = [];
  let [year, month] = [Number(firstOn.slice(0, 4)), Number(firstOn.slice(5, 7))];
  for (let quarterMonth = 0; quarterMonth < lookbackQuarters * 3; quarterMonth += 1) {
    lengths.push(daysInMonth(year, month));
    month += 1;
    if (month > 12) [year, month] = [year + 1, 1];
  }
  const monthUnit = lengths.includes(29) ? LEAP_MULTIPLE : MONTH_MULTIPLE;
  const shares = new Float64Array(lastDay - firstDay + 2);
  let at = 0;
  for (const length of lengths) {
    for (let date = 0; date < length; date += 1, at += 1)
      shares[at + 1] = itemAt(shares, at) + monthUnit / length;
  }
  const lastQuarter = quarterIndex(period);
  const firstQuarter = lastQuarter - lookbackQuarters + 1;
  return { firstOn, lastOn, firstDay, lastDay, firstQuarter, lastQuarter, monthUnit, shares };
}

/** Employed months inside the window × `monthUnit`; stretches must not overlap. */
export function employedShare(window: MetricWindow, stretches: readonly EmployedStretch[]): number {
  let employed = 0;
  for (const stretch of stretches) {
    const from = Math.max(stretch.firstDay ?? window.firstDay, window.firstDay);
    const to = Math.min(stretch.lastDay ?? window.lastDay, window.lastDay);
    if (from > to) continue;
    employed +=
      itemAt(window.shares, to - window.firstDay + 1) - itemAt(window.shares, from - window.firstDay);
  }
  return employed;
}

/** One row of an employee's role history. */
export interface RoleSince {
  readonly role: SalesRole;
  /** Day number from which the role is held. */
  readonly validFrom: number;
}

/** The role held on a day, of a history in order of `validFrom`; null before the first. */
export function roleOn(history: readonly RoleSince[], day: number): SalesRole | null {
  let role: SalesRole | null = null;
  for (const entry of history) {
    if (entry.validFrom > day) break;
    role = entry.role;
  }
  return role;
}
