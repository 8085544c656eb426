import { occurrences } from './schedule-calendar.ts';

const at = (text: string): number => Date.parse(`${text}+08:00`);
const texts = (instants: number[]): string[] =>
  instants.map((ms) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 16));
const nightly = { kind: 'daily', atMinute: 150 } as const;
const quarterly = { kind: 'quarterly', atMinute: 180 } as const;

test('a night falls on each day after the last one, up to now', () => {
  expect(texts(occurrences(nightly, at('2026-10-12T09:30'), at('2026-10-14T02:30')))).toEqual([
    '2026-10-13T02:30',
    '2026-10-14T02:30',
  ]);
  expect(occurrences(nightly, at('2026-10-12T02:30'), at('2026-10-13T02:29'))).toEqual([]);
});

test('a quarter begins at Shanghai’s midnight, not at UTC’s', () => {
  expect(texts(occurrences(quarterly, at('2026-09-30T00:00'), at('2027-01-01T02:59')))).toEqual([
    '2026-10-01T03:00',
  ]);
  expect(texts(occurrences(quarterly, at('2026-09-30T00:00'), at('2027-01-01T03:00')))).toEqual([
    '2026-10-01T03:00',
    '2027-01-01T03:00',
  ]);
});

test('leap days are days', () => {
  expect(occurrences(nightly, at('2028-02-28T12:00'), at('2028-03-01T12:00'))).toHaveLength(2);
});

test('a clock that jumped by decades still ends', () => {
  expect(occurrences(nightly, 0, at('2026-10-12T09:30')).length).toBeLessThanOrEqual(402);
});
