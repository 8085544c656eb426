/**
 * The JSON that the API answers, and what it is sent: one file per domain. The server's DTO classes implement these types,
 * screens and fixtures import them; types alone, nothing of it reaches a browser.
 *
 * Units stand in the names and are always integers:
 *   …Fen               money in fen
 *   …Hundredths        scores, points, attainment, coverage (85.20 = 8520; coverage in hundredths of a percent)
 *   …TenThousandths    a metric's value, floor, target or team average with its four decimals (9.2 = 92000, 75 % = 7500)
 *   …Tenths            customer satisfaction (9.2 = 92)
 *   …Bp                basis points
 * Days (`…On`) are 'YYYY-MM-DD', instants (`…At`) ISO 8601 written in Asia/Shanghai with its offset
 * ('2026-10-12T09:30:00+08:00'): screens cut strings and never construct a Date.
 * Periods are quarters 'YYYYQn', months 'YYYY-MM'.
 *
 * A field of an answer is there always: null says that it is known to be nothing. Only what is sent (`…Request`, `…Query`)
 * may leave a field out.
 */
export type * from './cycle.ts';
export type * from './decision.ts';
export type * from './development.ts';
export type * from './evidence.ts';
export type * from './home.ts';
export type * from './job-runs.ts';
export type * from './match.ts';
export type * from './person-file.ts';
export type * from './preview.ts';
export type * from './problem.ts';
export type * from './session.ts';
export type * from './statement.ts';
export type * from './team.ts';
