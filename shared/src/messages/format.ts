import { dayNumber } from '../period/day.ts';

/*
 * Figures and dates as people read them. Everything is cut from integers and ISO strings: no Intl, no Date, no locale,
 * so that server and browser write the same text byte for byte (a server-rendered page hydrates without a change).
 */

/** The real minus sign; a hyphen is narrower than a digit. */
const MINUS = '−';
const QUARTER_NAMES = ['第一季度', '第二季度', '第三季度', '第四季度'] as const;

/** A count with thousands apart, `20,000`. */
export const wholeNumber = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, ',');

/** Fen → `¥9,300.00`, `−¥1,640.00`. */
export function money(fen: number): string {
  const size = Math.abs(fen);
  const yuan = wholeNumber(Math.floor(size / 100));
  return `${fen < 0 ? MINUS : ''}¥${yuan}.${String(size % 100).padStart(2, '0')}`;
}

/** Fen → `¥9,300` for charts: without decimals where there are none. */
export const moneyShort = (fen: number): string => money(fen).replace(/\.00$/, '');

/** Fen → amount without the sign of the currency, `9,300.00`. */
export const moneyPlain = (fen: number): string => money(fen).replace('¥', '');

/** A difference in fen → `+¥7,800.00`, `−¥1,640.00`, `¥0.00`. */
export const moneyChange = (fen: number): string => (fen > 0 ? `+${money(fen)}` : money(fen));

/** Hundredths → `85.20`; a negative one with the real minus sign. */
export function twoDecimals(hundredths: number): string {
  const size = Math.abs(hundredths);
  return `${hundredths < 0 ? MINUS : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
}

/** A difference in hundredths → `+6.42`, `−0.62`, `0.00`. */
export const twoDecimalsChange = (hundredths: number): string =>
  hundredths > 0 ? `+${twoDecimals(hundredths)}` : twoDecimals(hundredths);

/** Hundredths → decimals only where there are some: `80`, `82.5`. */
export const trimmed = (hundredths: number): string => twoDecimals(hundredths).replace(/\.?0+$/, '');

/** Basis points → `0.80%`. */
export const percentOfBp = (bp: number): string => `${twoDecimals(bp)}%`;

/** `2026Q3` → `2026 年第三季度`; `2026-09` → `2026 年 9 月`. */
export const periodName = (period: string): string => `${period.slice(0, 4)} 年${periodShortName(period)}`;

/** `2026Q3` → `第三季度`; `2026-09` → ` 9 月`. */
export const periodShortName = (period: string): string =>
  period[4] === 'Q' ? (QUARTER_NAMES[Number(period[5]) - 1] ?? period) : ` ${Number(period.slice(5))} 月`;

/** `2026-09-12` → `9月12日`, with the year when it is not that of `nowAt`. */
export function dayName(day: string, nowAt: string): string {
  const text = `${Number(day.slice(5, 7))}月${Number(day.slice(8, 10))}日`;
  return day.slice(0, 4) === nowAt.slice(0, 4) ? text : `${day.slice(0, 4)}年${text}`;
}

/** `2026-09-12` → `2026年9月12日`. */
export const fullDayName = (day: string): string => dayName(day, '');

/** An instant written in Shanghai time → `今天 09:30`, `昨天 18:02`, `10月9日 16:20`. */
export function instantName(at: string, nowAt: string): string {
  const age = dayNumber(nowAt.slice(0, 10)) - dayNumber(at.slice(0, 10));
  const clock = at.slice(11, 16);
  if (age === 0) return `今天 ${clock}`;
  return age === 1 ? `昨天 ${clock}` : `${dayName(at, nowAt)} ${clock}`;
}

/** The greeting of the hour of an instant written in Shanghai time. */
export function greeting(nowAt: string): string {
  const hour = Number(nowAt.slice(11, 13));
  if (hour < 5) return '夜深了';
  if (hour < 12) return '上午好';
  if (hour < 14) return '中午好';
  return hour < 18 ? '下午好' : '晚上好';
}
