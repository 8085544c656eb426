import { AppError } from '../errors/app-error.ts';
import { addDays, daysInMonth, type DayString } from './day.ts';

declare const periodBrand: unique symbol;
/** A calendar quarter in Asia/Shanghai, `2026Q3`. Text order is time order. */
export type Period = string & { readonly [periodBrand]: 'Period' };

const PERIOD = /^(\d{4})Q([1-4])$/;

/** Checked constructor. @throws AppError period.invalid */
export function period(value: string): Period {
  if (!isPeriod(value)) throw new AppError('period.invalid', { value });
  return value as Period;
}

export const isPeriod = (value: string): boolean => PERIOD.test(value);

/** `year·4 + quarter − 1`: the integer that fact columns (`closed_q` …) hold. */
export const quarterIndex = (value: Period | string): number =>
  Number(value.slice(0, 4)) * 4 + Number(value.slice(5)) - 1;

export const periodOfIndex = (index: number): Period =>
  `${Math.floor(index / 4)}Q${(index % 4) + 1}` as Period;

/** The quarter that contains the day. */
export const periodOfDay = (value: DayString | string): Period =>
  `${value.slice(0, 4)}Q${Math.ceil(Number(value.slice(5, 7)) / 3)}` as Period;

/** Quarter index of a day, see {@link quarterIndex}. */
export const quarterIndexOfDay = (value: DayString | string): number => quarterIndex(periodOfDay(value));

export const previousPeriod = (value: Period): Period => periodOfIndex(quarterIndex(value) - 1);
export const nextPeriod = (value: Period): Period => periodOfIndex(quarterIndex(value) + 1);

export interface DayRange {
  readonly firstDay: DayString;
  readonly lastDay: DayString;
}

/** Refuses a quarter after the one of `day`: nothing can be computed of it. @throws AppError period.not_begun */
export function assertBegun(value: Period, day: DayString): void {
  if (value > periodOfDay(day)) throw new AppError('period.not_begun', { period: value });
}

/** First and last day of a quarter, both included. */
export function rangeOfPeriod(value: Period): DayRange {
  const year = value.slice(0, 4);
  const lastMonth = Number(value.slice(5)) * 3;
  return {
    firstDay: `${year}-${pad(lastMonth - 2)}-01` as DayString,
    lastDay: `${year}-${pad(lastMonth)}-${daysInMonth(Number(year), lastMonth)}` as DayString,
  };
}

/** The look-back window of `quarters` (1–12) quarters that ends on the period's last day, both ends included. */
export function windowOfPeriod(value: Period, quarters: number): DayRange {
  const first = rangeOfPeriod(periodOfIndex(quarterIndex(value) - quarters + 1));
  return { firstDay: first.firstDay, lastDay: rangeOfPeriod(value).lastDay };
}

/** The three months of a quarter as `2026-07`. */
export function monthsOfPeriod(value: Period): string[] {
  const first = Number(value.slice(5)) * 3 - 2;
  return [0, 1, 2].map((step) => `${value.slice(0, 4)}-${pad(first + step)}`);
}

/** First and last day of a month `2026-07`. */
export function rangeOfMonth(month: string): DayRange {
  const firstDay = `${month}-01` as DayString;
  return {
    firstDay,
    lastDay: addDays(firstDay, daysInMonth(Number(month.slice(0, 4)), Number(month.slice(5))) - 1),
  };
}

const pad = (value: number): string => String(value).padStart(2, '0');
