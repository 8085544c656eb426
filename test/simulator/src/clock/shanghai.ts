/** Business time is Asia/Shanghai, +08:00 without summer time since 1991. Instants are ms since 1970 UTC. */
const OFFSET_MS = 8 * 3_600_000;
export const DAY_MS = 86_400_000;

/** @returns `2026-10-12T09:30:00+08:00` */
export const isoOf = (at: number): string => `${new Date(at + OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
/** @returns `2026-10-12` */
export const dayOf = (at: number): string => new Date(at + OFFSET_MS).toISOString().slice(0, 10);
/** @returns `2026-10` */
export const monthOf = (at: number): string => dayOf(at).slice(0, 7);
/** @returns midnight of the day in Shanghai, as an instant */
export const startOfDay = (day: string): number => Date.parse(`${day}T00:00:00+08:00`);

/**
 * @param text an ISO instant; without an offset it is read as Shanghai time
 * @returns the instant, or undefined if the text is none
 */
export function readInstant(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?$/.test(text))
    return undefined;
  const hasOffset = /(Z|[+-]\d{2}:?\d{2})$/.test(text) && text.length > 10;
  const full = text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T');
  const at = Date.parse(hasOffset ? full : `${full}+08:00`);
  return Number.isNaN(at) ? undefined : at;
}

const UNITS = { W: 7 * DAY_MS, D: DAY_MS, H: 3_600_000, M: 60_000, S: 1_000 } as const;

/**
 * @param text an ISO duration of weeks, days, hours, minutes, seconds: `PT1H`, `P1D`, `P1DT30M`
 * @returns ms, or undefined if the text is none (months and years have no fixed length)
 */
export function readDuration(text: string): number | undefined {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  if (match === null || text === 'P' || text.endsWith('T')) return undefined;
  const parts = [UNITS.W, UNITS.D, UNITS.H, UNITS.M, UNITS.S];
  return parts.reduce((sum, unit, i) => sum + unit * Number(match[i + 1] ?? 0), 0);
}
