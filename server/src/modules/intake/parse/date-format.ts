import type { TimeParts } from './times.ts';

/** Reads a text by a mapping's own format; null where the text does not fit it. */
export type DateFormat = (text: string) => TimeParts | null;

type Part = keyof TimeParts;
const TOKENS: Readonly<Record<string, { readonly part: Part; readonly pattern: string }>> = {
  YYYY: { part: 'year', pattern: '(\\d{4})' },
  MM: { part: 'month', pattern: '(\\d{2})' },
  M: { part: 'month', pattern: '(\\d{1,2})' },
  DD: { part: 'day', pattern: '(\\d{2})' },
  D: { part: 'day', pattern: '(\\d{1,2})' },
  HH: { part: 'hour', pattern: '(\\d{2})' },
  H: { part: 'hour', pattern: '(\\d{1,2})' },
  mm: { part: 'minute', pattern: '(\\d{2})' },
  m: { part: 'minute', pattern: '(\\d{1,2})' },
  ss: { part: 'second', pattern: '(\\d{2})' },
  s: { part: 'second', pattern: '(\\d{1,2})' },
};
const TOKEN = /YYYY|MM?|DD?|HH?|mm?|ss?/g;

/**
 * Compiles `M/D/YYYY`, `DD.MM.YYYY HH:mm` …; everything that is no token stands for itself.
 * @returns null when year, month or day is missing, or a part comes twice
 */
export function compileDateFormat(format: string): DateFormat | null {
  const parts: Part[] = [];
  let source = '';
  let end = 0;
  for (const match of format.matchAll(TOKEN)) {
    const token = TOKENS[match[0]];
    if (!token || parts.includes(token.part)) return null;
    source += escaped(format.slice(end, match.index)) + token.pattern;
    parts.push(token.part);
    end = match.index + match[0].length;
  }
  if (!(['year', 'month', 'day'] as const).every((part) => parts.includes(part))) return null;
  const pattern = new RegExp(`^${source}${escaped(format.slice(end))}$`);
  return (text) => {
    const match = pattern.exec(text.normalize('NFKC').trim());
    if (!match) return null;
    const read = { year: 0, month: 0, day: 0, hour: 0, minute: 0, second: 0 };
    parts.forEach((part, index) => (read[part] = Number(match[index + 1])));
    return read;
  };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
