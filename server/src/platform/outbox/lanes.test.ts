import { createTestDatabase, until, VirtualClock } from '@shigang/test';
import type { Database } from '../database.ts';
import { createLog } from '../log.ts';
import { Outbox, type OutboxRow } from './outbox.ts';
import { declarePost, type Lane } from './post.ts';
import { pruneOutbox } from './prune.ts';
import { OutboxRelay, type OutboxSender, type Suffered } from './relay.ts';

const log = createLog('silent', 'test');
const DAY_MS = 86_400_000;

interface To {
  readonly to: string;
}
const letterOf = (kind: string, lane: Lane) => declarePost<To, object>()({ kind, lane, key: ({ to }) => to });
const card = letterOf('card', 'dingtalk');
const news = letterOf('news', 'house');
const sends = (post: OutboxSender<To>['post'], send: (to: string) => Promise<void>): OutboxSender<To> => ({
  post,
  send: async ({ payload: { to } }) => {
    await send(to);
    return { kind: 'sent', result: {} };
  },
});

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
const states = () =>
  db.select<{ kind: string; state: string }>('SELECT kind, state FROM outbox ORDER BY kind');

test('a call to DingTalk that hangs does not delay what happens in the house', async () => {
  let answer = (): void => undefined;
  let isCalled = false;
  const hanging = new Promise<void>((resolve) => (answer = resolve));
  const heard: string[] = [];
  const relay = new OutboxRelay(
    outbox,
    [
      sends(card, () => {
        isCalled = true;
        return hanging;
      }),
      sends(news, (to) => Promise.resolve(void heard.push(to))),
    ],
    log,
  );
  await db.transaction((tx) => outbox.add(tx, card, { payload: { to: 'first' } }));
  const sending = relay.drain('worker', 'dingtalk');
  await until('the call', () => Promise.resolve(isCalled ? true : undefined));
  await db.transaction((tx) => outbox.add(tx, news, { payload: { to: 'the house' } }));
  expect([await outbox.dueCount('house'), await outbox.dueCount('dingtalk')]).toEqual([1, 1]);
  expect(await relay.drain('worker', 'house')).toBe(1);
  expect(heard).toEqual(['the house']);
  expect(await states()).toEqual([
    { kind: 'card', state: 'sending' },
    { kind: 'news', state: 'sent' },
  ]);
  answer();
  expect(await sending).toBe(1);
});

test('without a lane everything is sent, oldest first', async () => {
  const order: string[] = [];
  const note = (to: string): Promise<void> => Promise.resolve(void order.push(to));
  const relay = new OutboxRelay(outbox, [sends(card, note), sends(news, note)], log);
  for (const [post, to] of [
    [card, 'a'],
    [news, 'b'],
    [card, 'c'],
  ] as const) {
    await db.transaction((tx) => outbox.add(tx, post, { payload: { to } }));
    clock.advance(10);
  }
  expect(await relay.drain('worker')).toBe(3);
  expect(order).toEqual(['a', 'b', 'c']);
});

test('what a row suffers is kept where its sender keeps it, with the row and never without it', async () => {
  const kept: Suffered[] = [];
  let isBroken = true;
  const relay = new OutboxRelay(
    outbox,
    [
      {
        ...sends(card, () => (isBroken ? Promise.reject(new Error('busy')) : Promise.resolve())),
        keep: (_, __, suffered) => Promise.resolve(void kept.push(suffered)),
      },
    ],
    log,
  );
  await db.transaction((tx) => outbox.add(tx, card, { payload: { to: 'a' } }));
  await relay.drain('worker');
  isBroken = false;
  clock.advance(60_000);
  await relay.drain('worker');
  expect(kept).toEqual([
    { tries: 1, error: 'Error: busy', isGivenUp: false },
    { tries: 2, error: null, isGivenUp: false },
  ]);
  await db.transaction((tx) => outbox.add(tx, card, { payload: { to: 'b' } }));
  const [row] = await outbox.claim('slow', ['card'], 1);
  clock.advance(10_000);
  await relay.drain('worker');
  // Another worker has it by now: nothing is written down for the slow one.
  await outbox.finish(row!.id, 'slow', {}, () => Promise.reject(new Error('written for nobody')));
  expect(kept).toHaveLength(3);
});

test('old rows that were sent or taken back are deleted, those given up or still waiting stay', async () => {
  const relay = new OutboxRelay(
    outbox,
    [
      {
        ...sends(card, () => Promise.resolve()),
        send: ({ payload: { to } }: OutboxRow<To>) =>
          Promise.resolve(
            to === 'refused' ? { kind: 'dead', error: 'refused' } : { kind: 'sent', result: {} },
          ),
      },
    ],
    log,
  );
  const add = (to: string, dueAt?: 'waits') =>
    db.transaction((tx) => outbox.add(tx, card, { payload: { to }, ...(dueAt ? { dueAt } : {}) }));
  for (const to of ['sent', 'refused', 'taken back']) await add(to);
  await add('waits', 'waits');
  await db.transaction((tx) => outbox.cancel(tx, card, 'taken back'));
  await relay.drain('worker');
  const keys = async (): Promise<string[]> =>
    (await db.select<{ key: string }>('SELECT business_key AS `key` FROM outbox ORDER BY business_key')).map(
      ({ key }) => key,
    );
  clock.advance(90 * DAY_MS - 1_000);
  expect(await pruneOutbox(db, clock.real() - 90 * DAY_MS)).toBe(0);
  clock.advance(2_000);
  expect(await pruneOutbox(db, clock.real() - 90 * DAY_MS)).toBe(2);
  expect(await keys()).toEqual(['card/refused', 'card/waits']);
});
