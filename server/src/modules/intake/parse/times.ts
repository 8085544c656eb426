import { isDay, shanghaiWallTime, type DayString } from '@shigang/shared';
import { BadCell, wallTime, type Cell } from '../read/cell.ts';
import type { DateFormat } from './date-format.ts';
import { Refusal, type Parsed } from './refusal.ts';

const DAY_HINT = '2026-07-01';
const MOMENT_HINT = '2026-07-01 14:05';
const TEXT =
  /^(\d{4})(?:[-/.](\d{1,2})[-/.](\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))(?:(?:\s+|t)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?\s*(z|[+-]\d{2}:?\d{2})?)?$/;
/** Excel counts days from 1899-12-30 (its 1900 is a leap year, which matters before March 1900 only). */
const EXCEL_EPOCH_MS = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
/** A bare number in a date column is Excel's count of days between 1930 and 2199, or YYYYMMDD. */
const SERIAL = { min: 10_959, max: 109_575 };
const COMPACT = { min: 19_000_101, max: 21_991_231 };
const YEARS = { min: 1900, max: 2199 };

/** A calendar day: text in any of the forms, an Excel date or its number; a time after it is left aside. */
export function parseDay(cell: Cell, formats: readonly DateFormat[]): Parsed<DayString> {
  const wall = wallTimeOf(cell, formats);
  return wall === null ? new Refusal('date', DAY_HINT) : (wall.slice(0, 10) as DayString);
}

/** Wall time in Asia/Shanghai `2026-07-01 14:05:09`; a bare day is its midnight. */
export function parseMoment(cell: Cell, formats: readonly DateFormat[]): Parsed<string> {
  return wallTimeOf(cell, formats) ?? new Refusal('date', MOMENT_HINT);
}

function wallTimeOf(cell: Cell, formats: readonly DateFormat[]): string | null {
  if (cell === null || cell instanceof BadCell || typeof cell === 'boolean') return null;
  if (cell instanceof Date) return inYears(wallTime(cell));
  if (typeof cell === 'number') return ofNumber(cell);
  for (const format of formats) {
    const parts = format(cell);
    if (parts !== null) return ofParts(parts);
  }
  return ofText(cell);
}

function ofNumber(value: number): string | null {
  if (value >= SERIAL.min && value < SERIAL.max)
    return wallTime(new Date(EXCEL_EPOCH_MS + Math.round(value * DAY_MS)));
  if (Number.isInteger(value) && value >= COMPACT.min && value <= COMPACT.max) return ofText(String(value));
  return null;
}

function ofText(text: string): string | null {
  const match = TEXT.exec(text.normalize('NFKC').trim().toLowerCase());
  if (!match) return null;
  const number = (index: number): number => Number(match[index] ?? 0);
  const wall = ofParts({
    year: number(1),
    month: Number(match[2] ?? match[4] ?? match[6]),
    day: Number(match[3] ?? match[5] ?? match[7]),
    hour: number(8),
    minute: number(9),
    second: number(10),
  });
  return wall !== null && match[11] !== undefined ? inShanghai(wall, match[11]) : wall;
}

/** A stated zone is believed: `06:05Z` is 14:05 in Shanghai. */
function inShanghai(wall: string, zone: string): string {
  const offset = zone === 'z' ? '+00:00' : `${zone.slice(0, 3)}:${zone.slice(-2)}`;
  const instant = Date.parse(`${wall.replace(' ', 'T')}${offset}`);
  return shanghaiWallTime(instant);
}

export interface TimeParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const two = (value: number): string => String(value).padStart(2, '0');

/** Null for a day or time that does not exist. */
function ofParts({ year, month, day, hour, minute, second }: TimeParts): string | null {
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  if (!isDay(date) || hour > 23 || minute > 59 || second > 59) return null;
  return inYears(`${date} ${two(hour)}:${two(minute)}:${two(second)}`);
}

function inYears(wall: string): string | null {
  const year = Number(wall.slice(0, 4));
  return year >= YEARS.min && year <= YEARS.max ? wall : null;
}
