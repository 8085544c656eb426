import { SimulatorClock } from '../clock/clock.ts';
import { DAY_MS } from '../clock/shanghai.ts';
import { CallRate, MonthlyQuota } from './quota.ts';

const at = (text: string): number => Date.parse(text);

describe('the monthly quota', () => {
  const clock = new SimulatorClock();
  const quota = new MonthlyQuota('standard', clock);

  test('a used-up month works for five more days, then refuses until the month turns', () => {
    clock.set(at('2026-10-12T09:30:00+08:00'));
    for (let i = 0; i < 4_999; i += 1) quota.count();
    expect(quota.state()).toMatchObject({ used: 4_999, exhaustedAt: null });
    quota.count();
    expect(quota.state()).toMatchObject({ used: 5_000, exhaustedAt: '2026-10-12T09:30:00+08:00' });
    expect(quota.isRefusing()).toBe(false);
    clock.advance(5 * DAY_MS - 60_000);
    expect(quota.isRefusing()).toBe(false);
    clock.advance(120_000);
    expect(quota.isRefusing()).toBe(true);
    clock.set(at('2026-11-01T00:00:00+08:00'));
    expect(quota.isRefusing()).toBe(false);
    expect(quota.state()).toMatchObject({ month: '2026-11', used: 0, exhaustedAt: null });
  });
});

describe('calls of one API within a second', () => {
  class StillClock extends SimulatorClock {
    at = 0;
    override real(): number {
      return this.at;
    }
  }
  const clock = new StillClock();
  const rate = new CallRate('standard', clock);
  const allowed = (path: string, times: number): number =>
    Array.from({ length: times }, () => rate.take(path)).filter(Boolean).length;

  test('twenty at once, then twenty a second; another API has its own', () => {
    expect(allowed('/a', 30)).toBe(20);
    expect(allowed('/b', 30)).toBe(20);
    clock.at = 500;
    expect(allowed('/a', 30)).toBe(10);
    clock.at = 60_000;
    expect(allowed('/a', 30)).toBe(20);
  });
});
