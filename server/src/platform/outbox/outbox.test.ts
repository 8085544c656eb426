import { createTestDatabase, VirtualClock } from '@shigang/test';
import { createLog } from '../log.ts';
import type { Database } from '../database.ts';
import { MAX_ATTEMPTS, Outbox, type OutboxRow } from './outbox.ts';
import { declarePost } from './post.ts';
import { OutboxRelay, type SendOutcome } from './relay.ts';

const log = createLog('silent', 'test');
const letter = declarePost<{ readonly to: string }, object>()({ kind: 'notice', key: ({ to }) => to });
type Row = OutboxRow<{ readonly to: string }>;
let db: Database;
let clock: VirtualClock;
let outbox: Outbox;

beforeAll(async () => {
  db = await createTestDatabase();
});
beforeEach(async () => {
  await db.execute('DELETE FROM outbox');
  clock = new VirtualClock('2026-10-12T09:30:00+08:00');
  outbox = new Outbox(db, clock);
});

const add = (to: string, dueAt?: number | 'waits'): Promise<string> =>
  db.transaction((tx) =>
    outbox.add(tx, letter, { payload: { to }, ...(dueAt === undefined ? {} : { dueAt }) }),
  );
const sender = (send: (row: Row) => Promise<SendOutcome>): OutboxRelay =>
  new OutboxRelay(outbox, [{ post: letter, send }], log);
const states = async (): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await db.select<{ business_key: string; state: string }>('SELECT business_key, state FROM outbox')).map(
      (row) => [row.business_key.replace('notice/', ''), row.state],
    ),
  );

test('a business key is written once, also by two transactions at once', async () => {
  const [one, two] = await Promise.all([add('a'), add('a')]);
  expect(one).toBe(two);
  expect(await outbox.dueCount()).toBe(1);
});

test('a row of a transaction that fails is not sent', async () => {
  await expect(
    db.transaction(async (tx) => {
      await outbox.add(tx, letter, { payload: { to: 'lost' } });
      throw new Error('decision failed');
    }),
  ).rejects.toThrow('decision failed');
  expect(await outbox.dueCount()).toBe(0);
});

test('two relays at once send every row once', async () => {
  for (let n = 0; n < 50; n += 1) await add(`row-${n}`);
  const sent: string[] = [];
  const relay = sender((row) => {
    sent.push(row.payload.to);
    return Promise.resolve({ kind: 'sent', result: {} });
  });
  await Promise.all([relay.drain('one'), relay.drain('two')]);
  expect(sent.sort()).toEqual([...new Set(sent)].sort());
  expect(sent).toHaveLength(50);
});

test('rows that wait for a gate or a later time are neither due nor sent', async () => {
  await add('gate', 'waits');
  await add('later', clock.real() + 60_000);
  const relay = sender(() => Promise.resolve({ kind: 'sent', result: {} }));
  expect(await relay.drain('one')).toBe(0);
  expect(await outbox.dueCount()).toBe(0);
  clock.advance(60_000);
  expect(await relay.drain('one')).toBe(1);
  expect(await states()).toEqual({ gate: 'pending', later: 'sent' });
});

test('what a dead worker held comes back with a second attempt once its lease ended', async () => {
  await add('held');
  expect(await outbox.claim('dead', ['notice'], 10)).toHaveLength(1);
  expect(await outbox.claim('other', ['notice'], 10)).toHaveLength(0);
  clock.advance(8_000);
  const [row] = await outbox.claim('other', ['notice'], 10);
  expect(row?.attempts).toBe(2);
  await outbox.finish(row!.id, 'dead', {});
  expect(await states()).toEqual({ held: 'sending' });
  await outbox.finish(row!.id, 'other', { taskId: '1' });
  expect(await states()).toEqual({ held: 'sent' });
});

test('a failure waits longer each time and ends dead', async () => {
  await add('broken');
  const relay = sender(() => Promise.resolve({ kind: 'retry', error: 'busy' }));
  let attempts = 0;
  while ((await states())['broken'] !== 'dead') {
    attempts += await relay.drain('one');
    clock.advance(900_000);
    if (attempts > 20) throw new Error('never dead');
  }
  expect(attempts).toBe(12);
});

test('given up after its last try it gets one more, refused it gets none', async () => {
  await add('tired');
  await add('refused');
  await db.execute("UPDATE outbox SET attempts = ? WHERE business_key = 'notice/tired'", [MAX_ATTEMPTS - 1]);
  const tried: string[] = [];
  const relay = sender((row) => {
    tried.push(row.payload.to);
    return Promise.resolve({ kind: row.payload.to === 'refused' ? 'dead' : 'retry', error: 'busy' });
  });
  await relay.drain('one');
  expect(await states()).toEqual({ tired: 'dead', refused: 'dead' });
  expect([await outbox.tryAgain(db, letter, 'refused'), await outbox.tryAgain(db, letter, 'tired')]).toEqual([
    false,
    true,
  ]);
  clock.advance(900_000);
  await relay.drain('one');
  expect(tried.sort()).toEqual(['refused', 'tired', 'tired']);
  expect(await states()).toEqual({ tired: 'dead', refused: 'dead' });
});

test('a sender that throws leaves the row for another try', async () => {
  await add('thrown');
  await sender(() => Promise.reject(new Error('socket hang up'))).drain('one');
  expect(await states()).toEqual({ thrown: 'pending' });
});

test('a row put back by its sender waits for its release and then starts afresh', async () => {
  await add('parked');
  const relay = sender(async (row) => {
    if (row.attempts > 1) throw new Error('tried before');
    await db.transaction((tx) => outbox.park(tx, row.id));
    return { kind: 'parked' };
  });
  expect(await relay.drain('one')).toBe(1);
  clock.advance(900_000);
  expect(await relay.drain('one')).toBe(0);
  await db.transaction((tx) => outbox.release(tx, letter, 'parked'));
  expect(await relay.drain('one')).toBe(1);
  expect(await states()).toEqual({ parked: 'pending' });
});
