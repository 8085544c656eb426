import { SimulatorClock } from '../clock/clock.ts';
import { DAY_MS } from '../clock/shanghai.ts';
import { MonthlyQuota } from './quota.ts';

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
