import { createTestDatabase, VirtualClock } from '@shigang/test';
import type { Database } from '../database.ts';
import { createLog } from '../log.ts';
import { Inbox, type InboxEvent } from './inbox.ts';
import { pruneInbox } from './prune.ts';
import { InboxReader, type ArrivedEvent, type InboxHandler, type InboxOutcome } from './reader.ts';

const log = createLog('silent', 'test');
let db: Database;
let clock: VirtualClock;
let inbox: Inbox;

beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  await db.execute('DELETE FROM inbox');
  clock = new VirtualClock('2026-10-12T09:30:00+08:00');
  inbox = new Inbox(db, clock);
});

const handler = (apply: (event: InboxEvent) => Promise<InboxOutcome>): InboxHandler => ({
  accepts: (kind) => kind === 'bpms_instance_change',
  subjectOf: ({ data }) => String(data['processInstanceId']),
  apply,
});
const reader = (apply: (event: InboxEvent) => Promise<InboxOutcome>): InboxReader =>
  new InboxReader(inbox, [handler(apply)], log);
const event = (eventId: string, subject: string, bornAt = clock.now()): ArrivedEvent => ({
  eventId,
  type: 'bpms_instance_change',
  bornAt,
  data: { processInstanceId: subject, step: eventId },
});
interface Row {
  event_id: string;
  state: string;
  attempts: number;
  last_error: string | null;
  payload: string;
}
const rows = async (): Promise<Record<string, Row>> =>
  Object.fromEntries((await db.select<Row>('SELECT * FROM inbox')).map((row) => [row.event_id, row]));

test('an event is stored and applied once, however often and at once it comes', async () => {
  const applied: string[] = [];
  const one = reader((each) => {
    applied.push(each.eventId);
    return Promise.resolve('applied');
  });
  await Promise.all([1, 2, 3].map(() => one.receive(event('e1', 'a'))));
  await one.drain('one');
  await one.receive(event('e1', 'a'));
  expect(await one.drain('one')).toBe(0);
  expect(applied).toEqual(['e1']);
  expect((await rows())['e1']).toMatchObject({ state: 'applied', attempts: 1 });
});

test('events of one subject are applied in the order of their birth, whatever order they came in', async () => {
  const applied: string[] = [];
  const one = reader(async (each) => {
    await new Promise((resolve) => setTimeout(resolve, 5));
    applied.push(each.eventId);
    return 'applied';
  });
  const start = clock.now();
  for (const n of [5, 3, 1, 4, 2]) {
    await one.receive(event(`a${n}`, 'a', start + n));
    await one.receive(event(`b${n}`, 'b', start - n));
  }
  await Promise.all([one.drain('one'), one.drain('two')]);
  const of = (subject: string): string[] => applied.filter((id) => id.startsWith(subject));
  expect(of('a')).toEqual(['a1', 'a2', 'a3', 'a4', 'a5']);
  expect(of('b')).toEqual(['b5', 'b4', 'b3', 'b2', 'b1']);
});

test('two readers at once apply every event once and never two of one subject together', async () => {
  const counts = new Map<string, number>();
  const running = new Set<string>();
  const readers = [1, 2].map(() =>
    reader(async (each) => {
      if (running.has(each.subject)) throw new Error('two of one subject');
      running.add(each.subject);
      await new Promise((resolve) => setTimeout(resolve, 1));
      counts.set(each.eventId, (counts.get(each.eventId) ?? 0) + 1);
      running.delete(each.subject);
      return 'applied';
    }),
  );
  for (let n = 0; n < 60; n += 1) await readers[0]?.receive(event(`e${n}`, `s${n % 7}`));
  await Promise.all(readers.map((each, index) => each.drain(`reader ${index}`)));
  expect(counts.size).toBe(60);
  expect([...counts.values()].every((count) => count === 1)).toBe(true);
  expect(Object.values(await rows()).every((row) => row.state === 'applied' && row.attempts === 1)).toBe(
    true,
  );
});

test('what a dead reader held comes back once its lease ended, and the dead one cannot finish it any more', async () => {
  const one = reader(() => Promise.resolve('applied'));
  await one.receive(event('held', 'a'));
  await one.receive(event('next', 'a', clock.now() + 1));
  expect(await inbox.claim('dead')).toMatchObject({ eventId: 'held', attempts: 1 });
  // The next of the subject waits as well.
  expect(await inbox.claim('other')).toBeNull();
  expect(await inbox.hasDue()).toBe(false);
  clock.advance(8_000);
  expect(await inbox.claim('other')).toMatchObject({ eventId: 'held', attempts: 2 });
  await inbox.finish('held', 'dead');
  expect((await rows())['held']?.state).toBe('pending');
  await inbox.finish('held', 'other');
  expect((await rows())['held']?.state).toBe('applied');
});

test('a failure waits, holds up its own subject only, and is dead after twelve attempts', async () => {
  let attempts = 0;
  const applied: string[] = [];
  const one = reader((each) => {
    if (each.eventId === 'bad') {
      attempts += 1;
      return Promise.resolve({ retryAfterMs: 60_000, error: '钉钉暂时不可用' });
    }
    applied.push(each.eventId);
    return Promise.resolve('applied');
  });
  await one.receive(event('bad', 'a'));
  await one.receive(event('behind', 'a', clock.now() + 1));
  await one.receive(event('beside', 'b', clock.now() + 2));
  await one.drain('one');
  expect(applied).toEqual(['beside']);
  expect(await one.hasDue()).toBe(false);
  clock.advance(59_000);
  expect(await one.drain('one')).toBe(0);
  for (let n = 0; n < 20; n += 1) {
    clock.advance(60_000);
    await one.drain('one');
  }
  expect(attempts).toBe(12);
  expect((await rows())['bad']).toMatchObject({ state: 'dead', attempts: 12, last_error: '钉钉暂时不可用' });
  expect(applied).toEqual(['beside', 'behind']);
});

test('a handler that throws leaves the event for another try, after growing pauses', async () => {
  const pauses: number[] = [];
  let last = clock.real();
  const one = reader(() => {
    pauses.push(clock.real() - last);
    last = clock.real();
    return pauses.length < 4 ? Promise.reject(new Error('socket hang up')) : Promise.resolve('applied');
  });
  await one.receive(event('thrown', 'a'));
  for (let n = 0; n < 40; n += 1) {
    await one.drain('one');
    clock.advance(1_000);
  }
  expect(pauses).toEqual([0, 1_000, 4_000, 15_000]);
  expect((await rows())['thrown']).toMatchObject({ state: 'applied', last_error: null });
});

test('an event that nobody accepts is applied without effect, and nothing that it tells is kept', async () => {
  const one = reader(() => Promise.reject(new Error('not mine')));
  await one.receive({
    eventId: 'x',
    type: 'user_modify_org',
    bornAt: clock.now(),
    data: { telephone: '138' },
  });
  expect((await rows())['x']?.payload).toBe('{}');
  await one.drain('one');
  expect((await rows())['x']).toMatchObject({ state: 'applied', payload: '{}' });
});

test('an event that takes long does not hold up those of others that come meanwhile', async () => {
  let release = (): void => undefined;
  const applied: string[] = [];
  const one = reader(async (each) => {
    if (each.eventId === 'long') await new Promise<void>((resolve) => (release = resolve));
    applied.push(each.eventId);
    if (each.eventId === 'short') release();
    return 'applied';
  });
  await one.receive(event('long', 'a'));
  const draining = one.drain('one');
  await new Promise((resolve) => setTimeout(resolve, 100));
  await one.receive(event('short', 'b'));
  await draining;
  expect(applied).toEqual(['short', 'long']);
});

test('ids and subjects longer than their columns stay apart', async () => {
  const one = reader(() => Promise.resolve('applied'));
  const long = 'x'.repeat(300);
  await one.receive(event(`${long}1`, `${long}1`));
  await one.receive(event(`${long}2`, `${long}2`));
  expect(await one.drain('one')).toBe(2);
});

test('applied events go after 90 days, in batches; dead and waiting ones stay', async () => {
  const DAY_MS = 86_400_000;
  const row = (id: string, state: string, daysAgo: number | null) => [
    ...[id, 'org_dept_modify', 'org', '{}', new Date(clock.now()), new Date(clock.now()), state],
    daysAgo === null ? null : new Date(clock.real() - daysAgo * DAY_MS),
  ];
  const old = Array.from({ length: 1_001 }, (_, index) => row(`old-${index}`, 'applied', 91));
  await db.insertMany(
    'inbox',
    ['event_id', 'kind', 'subject', 'payload', 'born_at', 'received_at', 'state', 'applied_at'],
    [...old, row('young', 'applied', 89), row('dead', 'dead', null), row('waiting', 'pending', null)],
  );
  expect(await pruneInbox({ db, clock })).toBe(1_001);
  expect(Object.keys(await rows()).sort()).toEqual(['dead', 'waiting', 'young']);
  expect(await pruneInbox({ db, clock })).toBe(0);
});
