import fc from 'fast-check';
import {
  addDays,
  addMonths,
  day,
  dayNumber,
  dayOfNumber,
  daysBetween,
  daysInMonth,
  isDay,
  secondsBetweenWallTimes,
  shanghaiDay,
  shanghaiInstant,
  shanghaiInstantMs,
  shanghaiMidnight,
  shanghaiWallTime,
} from './day.ts';
import {
  isPeriod,
  monthsOfPeriod,
  nextPeriod,
  period,
  periodOfDay,
  periodOfIndex,
  previousPeriod,
  quarterIndex,
  quarterIndexOfDay,
  rangeOfMonth,
  rangeOfPeriod,
  windowOfPeriod,
  assertBegun,
} from './quarter.ts';

describe('days', () => {
  test.each(['2026-07-01', '2024-02-29', '2000-12-31'])('%s exists', (text) => {
    expect(isDay(text)).toBe(true);
    expect(day(text)).toBe(text);
  });
  test.each(['2026-02-29', '2026-13-01', '2026-00-10', '2026-01-00', '2026-1-1', '2026/07/01', ''])(
    '%s does not',
    (text) => {
      expect(isDay(text)).toBe(false);
      expect(() => day(text)).toThrow(expect.objectContaining({ code: 'day.invalid' }));
    },
  );

  test.each([
    ['2026-07-01', '2026-07-02', 1],
    ['2026-07-01', '2026-07-01', 0],
    ['2024-02-28', '2024-03-01', 2],
    ['2026-09-12', '2026-06-30', -74],
    ['2024-09-29', '2026-09-30', 731],
  ])('%s to %s is %i days', (from, to, days) => {
    expect(daysBetween(from, to)).toBe(days);
    expect(addDays(from, days)).toBe(to);
  });

  test.each([
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
    ['2026-10-12', 0, '2026-10-12'],
  ])('%s and %i months is %s', (from, months, to) => expect(addMonths(from, months)).toBe(to));

  test('months know their length', () => {
    expect([1, 2, 4, 12].map((month) => daysInMonth(2026, month))).toEqual([31, 28, 30, 31]);
    expect([2024, 2100, 2000].map((year) => daysInMonth(year, 2))).toEqual([29, 28, 29]);
  });

  test.each([
    ['2026-09-30T15:59:59.999Z', '2026-09-30'],
    ['2026-09-30T16:00:00.000Z', '2026-10-01'],
    ['2026-12-31T16:00:00.000Z', '2027-01-01'],
    ['2024-02-28T16:00:00.000Z', '2024-02-29'],
  ])('%s is %s in Shanghai', (instant, on) => {
    expect(shanghaiDay(Date.parse(instant))).toBe(on);
  });

  test('midnight in Shanghai begins the day', () => {
    fc.assert(
      fc.property(fc.integer({ min: 8_000, max: 40_000 }), (number) => {
        const on = dayOfNumber(number);
        expect(dayNumber(on)).toBe(number);
        expect(shanghaiDay(shanghaiMidnight(on))).toBe(on);
        expect(shanghaiDay(shanghaiMidnight(on) - 1)).toBe(addDays(on, -1));
      }),
    );
  });
});

describe('quarters', () => {
  test.each(['2026Q5', '2026Q0', '2026q3', '26Q3', '2026-07', ''])('%s is none', (text) => {
    expect(isPeriod(text)).toBe(false);
    expect(() => period(text)).toThrow(expect.objectContaining({ code: 'period.invalid' }));
  });

  test.each([
    ['2026Q1', '2026-01-01', '2026-03-31', ['2026-01', '2026-02', '2026-03']],
    ['2026Q2', '2026-04-01', '2026-06-30', ['2026-04', '2026-05', '2026-06']],
    ['2026Q3', '2026-07-01', '2026-09-30', ['2026-07', '2026-08', '2026-09']],
    ['2024Q4', '2024-10-01', '2024-12-31', ['2024-10', '2024-11', '2024-12']],
  ])('%s runs from %s to %s', (name, firstDay, lastDay, months) => {
    expect(rangeOfPeriod(period(name))).toEqual({ firstDay, lastDay });
    expect(monthsOfPeriod(period(name))).toEqual(months);
    expect(periodOfDay(firstDay)).toBe(name);
    expect(periodOfDay(lastDay)).toBe(name);
    expect(quarterIndexOfDay(lastDay)).toBe(quarterIndex(name));
  });

  test.each([
    ['2026Q3', 4, '2025-10-01'],
    ['2026Q3', 1, '2026-07-01'],
    ['2026Q1', 12, '2023-04-01'],
  ])('%s looking back %i quarters starts on %s', (name, quarters, firstDay) => {
    expect(windowOfPeriod(period(name), quarters)).toEqual({
      firstDay,
      lastDay: rangeOfPeriod(period(name)).lastDay,
    });
  });

  test('neighbours follow each other without a gap', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2_000 * 4, max: 2_100 * 4 }), (index) => {
        const name = periodOfIndex(index);
        expect(quarterIndex(name)).toBe(index);
        expect(previousPeriod(nextPeriod(name))).toBe(name);
        expect(addDays(rangeOfPeriod(name).lastDay, 1)).toBe(rangeOfPeriod(nextPeriod(name)).firstDay);
      }),
    );
  });

  test.each([
    ['2026-02', '2026-02-01', '2026-02-28'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-12', '2026-12-01', '2026-12-31'],
  ])('month %s', (month, firstDay, lastDay) => expect(rangeOfMonth(month)).toEqual({ firstDay, lastDay }));
});

test('an instant as it is written in Shanghai, past midnight of another day', () => {
  const instant = Date.parse('2026-06-30T16:00:00.250Z');
  expect([
    shanghaiWallTime(instant),
    shanghaiInstant(instant),
    shanghaiInstantMs(instant),
    shanghaiDay(instant),
  ]).toEqual([
    '2026-07-01 00:00:00',
    '2026-07-01T00:00:00+08:00',
    '2026-07-01T00:00:00.250+08:00',
    '2026-07-01',
  ]);
  expect(secondsBetweenWallTimes('2026-06-30 23:59:58', '2026-07-01 00:00:03')).toBe(5);
});

test.each([
  ['2026Q4', false],
  ['2026Q3', false],
  ['2027Q1', true],
])('on 2026-10-12 %s has not begun: %s', (quarter, refused) => {
  const check = (): void => assertBegun(period(quarter), day('2026-10-12'));
  if (refused) expect(check).toThrow(expect.objectContaining({ code: 'period.not_begun' }));
  else expect(check).not.toThrow();
});
