import { createTestDatabase, VirtualClock } from '@shigang/test';
import type { Database } from '../database.ts';
import { createLog } from '../log.ts';
import { Outbox } from '../outbox/outbox.ts';
import { declarePost } from '../outbox/post.ts';
import { OutboxRelay } from '../outbox/relay.ts';
import { declareEvent, listener, News, type Event, type Listener } from './index.ts';

const log = createLog('silent', 'test');

interface Moved {
  readonly deskId: string;
  readonly cycleId: string | null;
}
const moved = declareEvent<Moved>()({
  name: 'office.desk_moved',
  key: ({ deskId }) => deskId,
  cycleId: ({ cycleId }) => cycleId,
});
const painted = declareEvent<{ readonly wall: string }>()({
  name: 'office.wall_painted',
  key: ({ wall }) => wall,
});
const idle = (): Promise<void> => Promise.resolve();

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

function connected(told: readonly Event[], listeners: readonly Listener[]): News {
  const news = new News(outbox);
  news.connect({ told, listeners });
  return news;
}
const relayOf = (news: News): OutboxRelay => new OutboxRelay(outbox, news.senders, log);
const rows = () =>
  db.select<{ kind: string; business_key: string; lane: string; cycle_id: string | null; state: string }>(
    'SELECT kind, business_key, lane, cycle_id, state FROM outbox ORDER BY kind',
  );

test('every listener has a row of its own, in the lane of the house, with the cycle it belongs to', async () => {
  const news = connected(
    [moved],
    [listener(moved, 'cables.follow', idle), listener(moved, 'map.draw', idle)],
  );
  await db.transaction((tx) => news.tell(tx, moved, { deskId: 'd1', cycleId: '2026Q3' }));
  await db.transaction((tx) => news.tell(tx, moved, { deskId: 'd1', cycleId: '2026Q3' }));
  const row = { lane: 'house', cycle_id: '2026Q3', state: 'pending' };
  expect(await rows()).toEqual([
    {
      ...row,
      kind: 'event:office.desk_moved:cables.follow',
      business_key: 'event:office.desk_moved:cables.follow/d1',
    },
    { ...row, kind: 'event:office.desk_moved:map.draw', business_key: 'event:office.desk_moved:map.draw/d1' },
  ]);
});

test("one listener's trouble is not another's: it is tried again and given up alone", async () => {
  const drawn: string[] = [];
  let tries = 0;
  const fails = (): Promise<void> => {
    tries += 1;
    return Promise.reject(new Error('no cable'));
  };
  const news = connected(
    [moved],
    [
      listener(moved, 'cables.follow', fails),
      listener(moved, 'map.draw', ({ deskId }) => Promise.resolve(void drawn.push(deskId))),
    ],
  );
  await db.transaction((tx) => news.tell(tx, moved, { deskId: 'd1', cycleId: null }));
  const relay = relayOf(news);
  for (let round = 0; round < 20; round += 1) {
    await relay.drain('worker');
    clock.advance(900_000);
  }
  expect([drawn, tries]).toEqual([['d1'], 12]);
  expect((await rows()).map(({ state }) => state)).toEqual(['dead', 'sent']);
});

test('what is told in a transaction that fails is not heard', async () => {
  const news = connected([moved], [listener(moved, 'map.draw', idle)]);
  const failing = db.transaction(async (tx) => {
    await news.tell(tx, moved, { deskId: 'd1', cycleId: null });
    throw new Error('not moved after all');
  });
  await expect(failing).rejects.toThrow('not moved');
  expect(await rows()).toEqual([]);
});

test('a row that an earlier release wrote under its own name is heard, in whatever lane it is', async () => {
  const drawn: string[] = [];
  const draw = ({ deskId }: Moved): Promise<void> => Promise.resolve(void drawn.push(deskId));
  const news = connected([moved], [listener(moved, 'map.draw', draw, 'map.desk_moved')]);
  const earlier = declarePost<Moved, object>()({ kind: 'map.desk_moved', key: ({ deskId }) => deskId });
  await db.transaction((tx) => outbox.add(tx, earlier, { payload: { deskId: 'd7', cycleId: null } }));
  await relayOf(news).drain('worker', 'dingtalk');
  expect(drawn).toEqual(['d7']);
});

describe('a house that is not well connected does not start', () => {
  const cases: [string, readonly Event[], readonly Listener[], string][] = [
    [
      'an event that nobody hears',
      [moved, painted],
      [listener(moved, 'map.draw', idle)],
      'nobody listens to office.wall_painted',
    ],
    [
      'a listener whose event nobody tells',
      [moved],
      [listener(moved, 'map.draw', idle), listener(painted, 'map.colour', idle)],
      'map.colour listens to office.wall_painted, which nobody tells',
    ],
    [
      'two listeners of one name',
      [moved, painted],
      [listener(moved, 'map.draw', idle), listener(painted, 'map.draw', idle)],
      'two of one name: listener map.draw',
    ],
    [
      'two events of one name',
      [moved, { ...moved }],
      [listener(moved, 'map.draw', idle)],
      'two of one name: event office.desk_moved',
    ],
  ];
  test.each(cases)('%s', (_, told, listeners, message) => {
    expect(() => connected(told, listeners)).toThrow(message);
  });

  test('two senders of one kind, an earlier name included', () => {
    const news = connected([moved], [listener(moved, 'map.draw', idle, 'map.desk_moved')]);
    const post = declarePost<object, object>()({ kind: 'map.desk_moved', key: () => '' });
    const send = () => Promise.resolve({ kind: 'sent', result: {} } as const);
    expect(() => new OutboxRelay(outbox, [...news.senders, { post, send }], log)).toThrow(
      'two senders for the kind map.desk_moved',
    );
  });

  test('an event that no module says it tells', async () => {
    const news = connected([moved], [listener(moved, 'map.draw', idle)]);
    await expect(news.tell(db, painted, { wall: 'north' })).rejects.toThrow(
      'office.wall_painted is told, but no module says so',
    );
  });
});
