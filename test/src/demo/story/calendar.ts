import type { Random } from './random.ts';

/** Days are texts `2026-07-01`: text order is time order. */
export type Day = string;

const MS_PER_DAY = 86_400_000;

/** First and last day of China's public holidays in the years of the demo: nobody signs or answers then. */
const HOLIDAYS: readonly (readonly [Day, Day])[] = [
  ['2023-09-29', '2023-10-06'],
  ['2023-12-30', '2024-01-01'],
  ['2024-02-10', '2024-02-17'],
  ['2024-04-04', '2024-04-06'],
  ['2024-05-01', '2024-05-05'],
  ['2024-06-08', '2024-06-10'],
  ['2024-09-15', '2024-09-17'],
  ['2024-10-01', '2024-10-07'],
  ['2025-01-01', '2025-01-01'],
  ['2025-01-28', '2025-02-04'],
  ['2025-04-04', '2025-04-06'],
  ['2025-05-01', '2025-05-05'],
  ['2025-05-31', '2025-06-02'],
  ['2025-10-01', '2025-10-08'],
  ['2026-01-01', '2026-01-03'],
  ['2026-02-15', '2026-02-23'],
  ['2026-04-04', '2026-04-06'],
  ['2026-05-01', '2026-05-05'],
  ['2026-06-19', '2026-06-21'],
  ['2026-09-25', '2026-09-27'],
  ['2026-10-01', '2026-10-07'],
];

const toMs = (day: Day): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)));

export const addDays = (day: Day, days: number): Day =>
  new Date(toMs(day) + days * MS_PER_DAY).toISOString().slice(0, 10);

/** Days from `from` to `to`: their difference. */
export const daysBetween = (from: Day, to: Day): number => Math.round((toMs(to) - toMs(from)) / MS_PER_DAY);

export const laterOf = (a: Day, b: Day): Day => (a > b ? a : b);
export const earlierOf = (a: Day, b: Day): Day => (a < b ? a : b);

export function isWorkday(day: Day): boolean {
  const weekday = new Date(toMs(day)).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !HOLIDAYS.some(([first, last]) => day >= first && day <= last);
}

/** The day itself or the next workday. */
export function workdayFrom(day: Day): Day {
  let found = day;
  while (!isWorkday(found)) found = addDays(found, 1);
  return found;
}

/** The `count`-th workday after the day. */
export function workdaysLater(day: Day, count: number): Day {
  let found = day;
  for (let step = 0; step < count; step += 1) found = workdayFrom(addDays(found, 1));
  return found;
}

/** `count` days in order, evenly over `[from, to]` with some play, both included. */
export function slots(random: Random, count: number, from: Day, to: Day): Day[] {
  const length = daysBetween(from, to);
  return Array.from({ length: count }, (_, index) => {
    const middle = Math.floor(((2 * index + 1) * length) / (2 * count));
    const play = Math.floor(length / (3 * count));
    return addDays(from, Math.min(length, Math.max(0, middle + random.int(-play, play))));
  });
}

/** A day and a time as texts files use: `2026-07-01 14:05`. */
export const at = (day: Day, minuteOfDay: number): string =>
  `${day} ${String(Math.floor(minuteOfDay / 60)).padStart(2, '0')}:${String(minuteOfDay % 60).padStart(2, '0')}`;

/** First and last days of the quarters from `first` to `last`, e.g. `2023Q4` to `2025Q3`. */
export function quarters(first: string, last: string): { readonly from: Day; readonly to: Day }[] {
  const index = (text: string): number => Number(text.slice(0, 4)) * 4 + Number(text.slice(5)) - 1;
  const startOf = (at: number): Day =>
    `${Math.floor(at / 4)}-${String((at % 4) * 3 + 1).padStart(2, '0')}-01`;
  return Array.from({ length: index(last) - index(first) + 1 }, (_, step) => {
    const start = index(first) + step;
    return { from: startOf(start), to: addDays(startOf(start + 1), -1) };
  });
}
