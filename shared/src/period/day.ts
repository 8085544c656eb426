import { AppError } from '../errors/app-error.ts';

declare const dayBrand: unique symbol;
/** A calendar day in Asia/Shanghai, `2026-07-01`. Text order is time order. */
export type DayString = string & { readonly [dayBrand]: 'Day' };

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;
const DAY_MS = 86_400_000;
/** Business data is newer than 1991, when Shanghai last had summer time, so the offset is fixed. */
export const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** Checked constructor. @throws AppError day.invalid */
export function day(value: string): DayString {
  if (!isDay(value)) throw new AppError('day.invalid', { value });
  return value as DayString;
}

/** Whether the text is an existing calendar day (2024-02-30 is none). */
export function isDay(value: string): boolean {
  const match = DAY.exec(value);
  if (!match) return false;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
}

/** Days since 1970-01-01; differences of it are "days between" (docs/domain.md §3). */
export const dayNumber = (value: DayString | string): number =>
  Math.round(
    Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)) - 1, Number(value.slice(8, 10))) / DAY_MS,
  );

/** Inverse of {@link dayNumber}. */
export const dayOfNumber = (number: number): DayString =>
  new Date(number * DAY_MS).toISOString().slice(0, 10) as DayString;

export const addDays = (value: DayString | string, days: number): DayString =>
  dayOfNumber(dayNumber(value) + days);

/** Days from `from` to `to`: their difference (2026-07-01 → 2026-07-02 is 1). */
export const daysBetween = (from: DayString | string, to: DayString | string): number =>
  dayNumber(to) - dayNumber(from);

export const daysInMonth = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The same date `months` later, clamped to the month's last day (2024-02-29 + 12 → 2025-02-28). */
export function addMonths(value: DayString | string, months: number): DayString {
  const index = Number(value.slice(0, 4)) * 12 + Number(value.slice(5, 7)) - 1 + months;
  const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const date = Math.min(Number(value.slice(8, 10)), daysInMonth(year, month));
  return `${String(year).padStart(4, '0')}-${pad(month)}-${pad(date)}` as DayString;
}

/** Calendar day in Shanghai of an instant (ms since the epoch). */
export const shanghaiDay = (instantMs: number): DayString =>
  new Date(instantMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 10) as DayString;

/** Instant (ms) of 00:00 in Shanghai on that day. */
export const shanghaiMidnight = (value: DayString | string): number =>
  dayNumber(value) * DAY_MS - SHANGHAI_OFFSET_MS;

const pad = (value: number): string => String(value).padStart(2, '0');

/** 0 = Sunday … 6 = Saturday. */
export const weekdayOf = (value: DayString | string): number => (((dayNumber(value) + 4) % 7) + 7) % 7;

/** First day of the month after the one that contains the day. */
export const firstOfNextMonth = (value: DayString | string): DayString =>
  addMonths(`${value.slice(0, 7)}-01`, 1);

const SECOND_MS = 1_000;

/** Wall time in Shanghai of an instant, `2026-07-01 14:05:09`. */
export const shanghaiWallTime = (instantMs: number): string =>
  new Date(instantMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');

/** ISO 8601 text of an instant in Shanghai with its offset, `2026-07-01T14:05:09+08:00`. */
export const shanghaiInstant = (instantMs: number): string =>
  `${shanghaiWallTime(instantMs).replace(' ', 'T')}+08:00`;

/** As {@link shanghaiInstant} with milliseconds. */
export const shanghaiInstantMs = (instantMs: number): string =>
  `${new Date(instantMs + SHANGHAI_OFFSET_MS).toISOString().slice(0, -1)}+08:00`;

/** Seconds from one wall time `2026-07-01 14:05:09` to a later one. */
export const secondsBetweenWallTimes = (from: string, to: string): number =>
  (Date.parse(`${to.replace(' ', 'T')}Z`) - Date.parse(`${from.replace(' ', 'T')}Z`)) / SECOND_MS;
