/** Reads parameters as DingTalk takes them: forms send everything as text, JSON mostly does not. */
type Source = Record<string, unknown>;

/** An object of a request or an answer. */
export type Json = Record<string, unknown>;
export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const isTextList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');

/** @returns the whole number, undefined if absent, NaN if it is something else */
export function integer(source: Source, name: string): number | undefined {
  const value = source[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value : Number.NaN;
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
}

/** @throws what `otherwise` makes, when the number is absent or out of range */
export function integerWithin(
  source: Source,
  name: string,
  [low, high]: readonly [number, number],
  otherwise: () => Error,
): number {
  const value = integer(source, name);
  if (value === undefined || Number.isNaN(value) || value < low || value > high) throw otherwise();
  return value;
}

/** @throws what `otherwise` makes, when the text is absent, empty or no text */
export function text(source: Source, name: string, otherwise: () => Error): string {
  const value = source[name];
  if (typeof value !== 'string' || value === '') throw otherwise();
  return value;
}

/** @returns the items of a comma-joined list, blanks and empty ones left out; undefined if it is no text */
export function commaList(source: Source, name: string): string[] | undefined {
  const value = source[name];
  if (value === undefined || value === null || value === '') return [];
  if (typeof value !== 'string') return undefined;
  return value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

export const isTrue = (value: unknown): boolean => value === true || value === 'true';
