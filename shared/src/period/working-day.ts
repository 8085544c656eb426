import { addDays, weekdayOf, type DayString } from './day.ts';

/** Exceptions to Monday–Friday: day → whether it is worked. */
export type WorkingCalendar = ReadonlyMap<string, boolean>;

const SATURDAY = 6;
const SUNDAY = 0;

export function isWorkingDay(day: DayString, exceptions: WorkingCalendar): boolean {
  const weekday = weekdayOf(day);
  return exceptions.get(day) ?? (weekday !== SATURDAY && weekday !== SUNDAY);
}

/** The day that lies `count` working days after `from`, which itself does not count: Monday + 5 = next Monday. */
export function addWorkingDays(from: DayString, count: number, exceptions: WorkingCalendar): DayString {
  let day = from;
  for (let left = count; left > 0;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, exceptions)) left -= 1;
  }
  return day;
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. */
export function workingDaysUntil(from: DayString, to: DayString, exceptions: WorkingCalendar): number {
  let count = 0;
  for (let day = from; day < to;) {
    day = addDays(day, 1);
    if (isWorkingDay(day, exceptions)) count += 1;
  }
  return count;
}
