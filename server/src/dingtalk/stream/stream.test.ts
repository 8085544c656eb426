import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { register } from 'prom-client';
import { WebSocketServer, type WebSocket } from 'ws';
import { createLog } from '@shigang/server';
import { createTestDatabase, startTestDingTalk, testRedis, until, type TestDingTalk } from '@shigang/test';
import { demoOrg } from '@shigang/simulator';
import { openStream, type EventStream, type StreamTiming } from './stream.ts';
import type { DingTalkEvent } from './stream-frames.ts';

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

/* The simulator's Stream first; then a gateway of ours that does what no simulator would. */

const TIMING: Partial<StreamTiming> = { pausesMs: [50, 100, 200], stableMs: 0 };

let dingtalk: TestDingTalk;
let stream: EventStream | undefined;
let received: DingTalkEvent[] = [];
let failures = 0;
let delay = (): Promise<void> => Promise.resolve();

beforeAll(async () => {
  dingtalk = await startTestDingTalk({
    db: await createTestDatabase(),
    redis: await testRedis(),
    org: demoOrg(),
    options: { streamTiming: { acknowledgeMs: 500, retryMs: [200, 400], pingMs: 50, disconnectMs: 300 } },
  });
});
beforeEach(() => {
  received = [];
  failures = 0;
  delay = () => Promise.resolve();
});
afterEach(async () => {
  await stream?.close();
  stream = undefined;
  await dingtalk.control('/events/replay', { mode: 'off' });
  await dingtalk.clearFaults();
});

const store = async (event: DingTalkEvent): Promise<void> => {
  await delay();
  if (failures > 0) {
    failures -= 1;
    throw new Error('database is gone');
  }
  received.push(event);
};
interface Events {
  events: { id: string; type: string; state: string; pushes: number }[];
  connections: unknown[];
}
const told = (): Promise<Events> => dingtalk.control<Events>('/events');
const isConnected = (count = 1): Promise<true> =>
  until('a connection', async () => ((await told()).connections.length === count ? true : undefined));
const open = async (): Promise<void> => {
  stream = dingtalk.gateway().openStream(store, TIMING);
  await isConnected();
};
const change = (title: string): Promise<unknown> =>
  dingtalk.control('/org', { op: 'change', employee: { userid: 'zhangsan', title } });
const has = (count: number, type = 'user_modify_org'): Promise<DingTalkEvent[]> =>
  until(`${count} events`, () => {
    const found = received.filter((event) => event.type === type);
    return Promise.resolve(found.length >= count ? found : undefined);
  });
const areAllTaken = (): Promise<true> =>
  until('all acknowledged', async () =>
    (await told()).events.every((event) => ['acknowledged', 'dropped'].includes(event.state))
      ? true
      : undefined,
  );

test('events arrive with their id, type, birth and data, and are acknowledged', async () => {
  await open();
  await change('高级客户经理');
  const [event] = await has(1);
  expect(event).toMatchObject({
    type: 'user_modify_org',
    corpId: dingtalk.config.corpId,
    data: { userId: ['zhangsan'] },
  });
  expect(Math.abs((event?.bornAt ?? 0) - dingtalk.clock.now())).toBeLessThan(60_000);
  await areAllTaken();
  expect((await told()).events.every((each) => each.pushes === 1)).toBe(true);
});

test('an event that cannot be stored is brought again later, under the same id', async () => {
  await open();
  failures = 1;
  await change('客户经理');
  const [event] = await has(1);
  await areAllTaken();
  const entry = (await told()).events.find((each) => each.id === event?.eventId);
  expect(entry?.pushes).toBe(2);
});

test('duplicates, disorder and lost events reach the store as they come', async () => {
  await open();
  await change('一');
  await has(1);
  await dingtalk.control('/events/replay', { mode: 'duplicate', match: 'user_modify_org' });
  const [first, second] = await has(2);
  expect(first?.eventId).toBe(second?.eventId);
  await dingtalk.control('/events/replay', { mode: 'reorder', match: 'user_modify_org', count: 2 });
  await change('二');
  await change('三');
  const [, , third, fourth] = await has(4);
  expect(third?.bornAt).toBeGreaterThanOrEqual(fourth?.bornAt ?? 0);
  await dingtalk.control('/events/replay', { mode: 'drop', match: 'user_modify_org' });
  await change('四');
  await change('五');
  expect(await has(5)).toHaveLength(5);
});

test('a connection that DingTalk ends is replaced before it is gone, and nothing is missed', async () => {
  await open();
  await dingtalk.newCalls();
  await dingtalk.control('/events/disconnect', {});
  await isConnected(2);
  await change('还在');
  await has(1);
  await isConnected(1);
  await areAllTaken();
  const opens = (await dingtalk.newCalls()).filter((call) => call.path === '/v1.0/gateway/connections/open');
  expect(opens).toHaveLength(1);
});

test('pings are answered: three without an echo would end the connection', async () => {
  await open();
  await dingtalk.newCalls();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await isConnected();
  expect(await dingtalk.newCalls()).toEqual([]);
});

test('an open call that fails is made again after growing pauses, one at a time', async () => {
  await dingtalk.newCalls();
  await dingtalk.fault('/v1.0/gateway/connections/open', 'http500', 4);
  const started = performance.now();
  await open();
  expect(performance.now() - started).toBeGreaterThan(50 + 100 + 200 + 200);
  expect(await dingtalk.newCalls()).toHaveLength(5);
});

test('a ticket can be asked for without connecting', async () => {
  await dingtalk.gateway().checkStream();
  expect((await told()).connections).toHaveLength(0);
  await dingtalk.fault('/v1.0/gateway/connections/open', 'http500', 1);
  await expect(dingtalk.gateway().checkStream()).rejects.toMatchObject({ kind: 'retry' });
});

describe('a gateway of ours', () => {
  let server: Server;
  let sockets: WebSocketServer;
  let client: WebSocket | undefined;
  let answers: { code: number; headers: Record<string, string>; data: string }[] = [];
  let connections = 0;

  beforeAll(async () => {
    server = createServer();
    sockets = new WebSocketServer({ server });
    sockets.on('connection', (socket) => {
      client = socket;
      connections += 1;
      socket.on('message', (data: Buffer) =>
        answers.push(JSON.parse(data.toString()) as (typeof answers)[0]),
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    sockets.close();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(async () => {
    answers = [];
    connections = 0;
    client = undefined;
    const endpoint = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/connect`;
    stream = openStream({
      corpId: 'ours',
      clock: dingtalk.clock,
      log: createLog('silent', 'test'),
      openTicket: () => Promise.resolve({ endpoint, ticket: 'a+b/c=' }),
      store,
      timing: { ...TIMING, stableMs: 60_000 },
    });
    await until('connection', () => Promise.resolve(client));
  });

  const headers = (change: object = {}): object => ({
    messageId: 'm1',
    eventId: 'e1',
    eventType: 'org_change',
    eventCorpId: 'ours',
    eventBornTime: String(dingtalk.clock.now()),
    ...change,
  });
  const push = (frame: unknown): void =>
    client?.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  const answer = (messageId: string): Promise<(typeof answers)[0]> =>
    until(`answer to ${messageId}`, () =>
      Promise.resolve(answers.find((each) => each.headers['messageId'] === messageId)),
    );
  const counted = async (outcome: string): Promise<number> => {
    const metric = await register.getSingleMetric('shigang_stream_events_total')?.get();
    return metric?.values.find((value) => value.labels['outcome'] === outcome)?.value ?? 0;
  };

  test.each([
    ['another organisation', { eventCorpId: 'theirs' }, '{}', 'other_organisation'],
    ['no organisation', { eventCorpId: undefined }, '{}', 'other_organisation'],
    ['no id', { eventId: undefined }, '{}', 'malformed'],
    ['no type', { eventType: 7, eventId: '' }, '{}', 'malformed'],
    ['data that is none', {}, '[1', 'malformed'],
    ['no birth', { eventBornTime: undefined }, '{}', 'absurd_time'],
    ['a birth that is no number', { eventBornTime: 'yesterday' }, '{}', 'absurd_time'],
    ['a birth in the year 5138', { eventBornTime: '99999999999999' }, '{}', 'absurd_time'],
    ['a birth in 1970', { eventBornTime: '17' }, '{}', 'absurd_time'],
  ])(
    '%s: refused, counted, and acknowledged so that it does not come again',
    async (_name, change, data, outcome) => {
      const before = await counted(outcome);
      push({ type: 'EVENT', headers: headers(change), data });
      expect(JSON.parse((await answer('m1')).data)).toMatchObject({ status: 'SUCCESS' });
      expect(await counted(outcome)).toBe(before + 1);
      expect(received).toEqual([]);
    },
  );

  test('a ping is echoed with its opaque, anything else is left alone', async () => {
    for (const frame of ['no json', '[]', 'null', '{}', { type: 'CALLBACK', headers: {}, data: '{}' }])
      push(frame);
    push({ type: 'SYSTEM', headers: { topic: 'CONNECTED' }, data: '{}' });
    client?.send(Buffer.from([1, 2, 3]));
    push({ type: 'SYSTEM', headers: { topic: 'ping', messageId: 'p1' }, data: '{"opaque":"123-dsfs"}' });
    expect(await answer('p1')).toMatchObject({ code: 200, data: '{"opaque":"123-dsfs"}' });
    push({ type: 'EVENT', header: headers({ messageId: 'm2' }), data: '{"n":12345678901234567890}' });
    expect(JSON.parse((await answer('m2')).data)).toMatchObject({ status: 'SUCCESS' });
    expect(received).toMatchObject([{ eventId: 'e1', data: { n: '12345678901234567890' } }]);
    expect(answers).toHaveLength(2);
  });

  test('connections that break at once are opened again ever more slowly', async () => {
    for (const seen of [1, 2, 3]) {
      client?.terminate();
      await until('the next connection', () => Promise.resolve(connections > seen ? true : undefined));
    }
    client?.terminate();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(connections).toBe(4);
  });

  test('closing waits until what is being stored is acknowledged, and no other connection is opened', async () => {
    let isStoring = false;
    delay = () => {
      isStoring = true;
      return new Promise((resolve) => setTimeout(resolve, 200));
    };
    push({ type: 'EVENT', headers: headers(), data: '{}' });
    await until('being stored', () => Promise.resolve(isStoring || undefined));
    await stream?.close();
    expect(JSON.parse((await answer('m1')).data)).toMatchObject({ status: 'SUCCESS' });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(connections).toBe(1);
    expect(client?.readyState).toBe(3);
  });
});
