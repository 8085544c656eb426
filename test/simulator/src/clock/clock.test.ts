import { DingTalkCaller } from '../testing/dingtalk-caller.ts';
import { runClockHook } from './clock-hook.ts';
import { isoOf, readDuration, readInstant } from './shanghai.ts';

test.each<[string, string | undefined]>([
  ['2026-10-12T09:30+08:00', '2026-10-12T09:30:00+08:00'],
  ['2026-10-12T01:30:00Z', '2026-10-12T09:30:00+08:00'],
  ['2026-10-12T09:30', '2026-10-12T09:30:00+08:00'],
  ['2026-10-12', '2026-10-12T00:00:00+08:00'],
  ['yesterday', undefined],
  ['2026-13-01', undefined],
])('instant %s', (text, expected) => {
  const at = readInstant(text);
  expect(at === undefined ? undefined : isoOf(at)).toBe(expected);
});

test.each<[string, number | undefined]>([
  ['PT1H', 3_600_000],
  ['P1D', 86_400_000],
  ['P1DT2H30M15S', 95_415_000],
  ['P2W', 1_209_600_000],
  ['P', undefined],
  ['PT', undefined],
  ['P1M', undefined],
  ['1h', undefined],
])('duration %s', (text, expected) => expect(readDuration(text)).toBe(expected));

test('the hook gets the instant as its last argument, and its end is told', async () => {
  expect(await runClockHook('echo moved to', '2026-10-13T09:30:00+08:00')).toEqual({
    command: 'echo moved to 2026-10-13T09:30:00+08:00',
    exitCode: 0,
    output: 'moved to 2026-10-13T09:30:00+08:00\n',
  });
  expect(await runClockHook('exit 3;', 'x')).toMatchObject({ exitCode: 3 });
  const { output } = await runClockHook('echo $DINGTALK_CORP_ID', '1', { DINGTALK_CORP_ID: 'dingdemo' });
  expect(output).toBe('dingdemo 1\n');
});

describe('/_sim/clock', () => {
  let caller: DingTalkCaller;
  beforeAll(async () => {
    caller = await DingTalkCaller.start({ onClock: 'echo until' });
  });
  afterAll(() => caller.simulator.close());

  test('sets, advances, and runs the hook each time', async () => {
    const set = await caller.control('POST', '/clock', { now: '2026-12-31T23:30+08:00' });
    expect(set.body.now).toBe('2026-12-31T23:30:00+08:00');
    const moved = await caller.control('POST', '/clock', { advance: 'PT1H' });
    expect(moved.body.now).toMatch(/^2027-01-01T00:3\d:\d\d\+08:00$/);
    expect(moved.body.hook).toMatchObject({ exitCode: 0, output: `until ${String(moved.body.now)}\n` });
    expect((await caller.control('GET', '/clock')).body).toMatchObject({ hasHook: true });
  });

  test.each([[{}], [{ now: 'soon' }], [{ advance: 'P1M' }]])('%j is refused', async (body) => {
    expect((await caller.control('POST', '/clock', body)).status).toBe(400);
  });
});
