import fc from 'fast-check';
import { addDays, day, firstOfNextMonth, weekdayOf } from './day.ts';
import { addWorkingDays, isWorkingDay, workingDaysUntil } from './working-day.ts';

const none = new Map<string, boolean>();

test.each([
  ['2026-10-12', 5, '2026-10-19'],
  ['2026-10-16', 1, '2026-10-19'],
  ['2026-10-17', 1, '2026-10-19'],
  ['2026-10-12', 0, '2026-10-12'],
])('%s and %i working days: %s', (from, count, to) => {
  expect(addWorkingDays(day(from), count, none)).toBe(to);
});

test('holidays are left out, working weekends count', () => {
  const holidays = new Map([
    ['2026-10-13', false],
    ['2026-10-17', true],
  ]);
  expect(addWorkingDays(day('2026-10-12'), 5, holidays)).toBe('2026-10-19');
  expect(addWorkingDays(day('2026-10-12'), 4, holidays)).toBe('2026-10-17');
  expect(workingDaysUntil(day('2026-10-12'), day('2026-10-19'), holidays)).toBe(5);
});

test('2000-01-01 was a Saturday, and 1969-12-31 a Wednesday', () => {
  expect(weekdayOf('2000-01-01')).toBe(6);
  expect(weekdayOf('1969-12-31')).toBe(3);
});

test.each([
  ['2026-10-12', '2026-11-01'],
  ['2026-12-31', '2027-01-01'],
  ['2028-02-29', '2028-03-01'],
])('the first of the month after %s is %s', (from, to) => {
  expect(firstOfNextMonth(from)).toBe(to);
});

test('counting and adding are each other’s inverse, and end on a working day', () => {
  const from = fc.integer({ min: 0, max: 3_000 }).map((days) => addDays('2024-01-01', days));
  fc.assert(
    fc.property(from, fc.integer({ min: 1, max: 60 }), (start, count) => {
      const end = addWorkingDays(start, count, none);
      expect(isWorkingDay(end, none)).toBe(true);
      expect(workingDaysUntil(start, end, none)).toBe(count);
    }),
  );
});
