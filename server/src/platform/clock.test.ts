import { createTestDatabase } from '@shigang/test';
import { BusinessClock, today } from './clock.ts';
import { ScheduleMarks } from './schedule-marks.ts';

const START = Date.parse('2026-10-12T09:30:00+08:00');
const near = (value: number, expected: number): void =>
  expect(Math.abs(value - expected)).toBeLessThan(5_000);

test('two processes share one clock: the first anchors it, the second follows', async () => {
  const db = await createTestDatabase();
  const first = await BusinessClock.open(db, START);
  const second = await BusinessClock.open(db, START + 99_999_999);
  near(first.now(), START);
  near(second.now(), START);
  await first.advanceTo(Date.parse('2026-11-01T00:05:00+08:00'));
  await second.refresh();
  expect([today(first), today(second)]).toEqual(['2026-11-01', '2026-11-01']);
  await second.advanceTo(START);
  near(second.now(), Date.parse('2026-11-01T00:05:00+08:00'));
  first.close();
  second.close();
});

test('without an anchor business time is real time', async () => {
  const db = await createTestDatabase();
  const clock = await BusinessClock.open(db, null);
  near(clock.now(), clock.real());
  clock.close();
});

test('an occurrence of the schedule is run once by two runners, and again when it failed', async () => {
  const db = await createTestDatabase();
  const clock = await BusinessClock.open(db, START);
  const marks = new ScheduleMarks(db, clock);
  expect(await marks.lastDue('nightly')).toBeLessThanOrEqual(clock.now());
  const due = START + 3_600_000;
  await expect(marks.run('nightly', due, () => Promise.reject(new Error('sync failed')))).rejects.toThrow(
    'sync failed',
  );
  let runs = 0;
  const work = async (): Promise<void> => {
    runs += 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
  };
  const won = await Promise.all([marks.run('nightly', due, work), marks.run('nightly', due, work)]);
  expect([runs, won.filter(Boolean).length]).toEqual([1, 1]);
  expect(await marks.run('nightly', due, work)).toBe(false);
  expect(await marks.lastDue('nightly')).toBe(due);
  clock.close();
});
