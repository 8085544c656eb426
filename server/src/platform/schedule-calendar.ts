import {
  addDays,
  dayNumber,
  periodOfDay,
  rangeOfPeriod,
  shanghaiDay,
  shanghaiMidnight,
  type DayString,
} from '@shigang/shared';

/** When an entry of the schedule is due, in business time (Asia/Shanghai). */
export type Recurrence =
  | { readonly kind: 'daily'; readonly atMinute: number }
  | { readonly kind: 'quarterly'; readonly atMinute: number };

const MINUTE_MS = 60_000;
/** A clock that jumped by years still ends: only the last occurrences are of interest. */
const MAX_DAYS_BACK = 400;

/** Every occurrence in (after, until], oldest first; business instants in ms. */
export function occurrences(recurrence: Recurrence, afterMs: number, untilMs: number): number[] {
  const lastDay = shanghaiDay(untilMs);
  let day: DayString = shanghaiDay(Math.max(afterMs, untilMs - MAX_DAYS_BACK * 86_400_000));
  const due: number[] = [];
  while (dayNumber(day) <= dayNumber(lastDay)) {
    const instant = shanghaiMidnight(day) + recurrence.atMinute * MINUTE_MS;
    const isItsDay = recurrence.kind === 'daily' || rangeOfPeriod(periodOfDay(day)).firstDay === day;
    if (isItsDay && instant > afterMs && instant <= untilMs) due.push(instant);
    day = addDays(day, 1);
  }
  return due;
}
