import { once } from 'node:events';
import WebSocket from 'ws';
import { saveForm, startApproval } from '../testing/approvals.ts';
import { DingTalkCaller } from '../testing/dingtalk-caller.ts';
import { openConnection, StreamClient, until } from '../testing/stream-client.ts';

const TIMING = {
  acknowledgeMs: 150,
  retryMs: [100, 200],
  failedListMs: 0,
  pingMs: 60_000,
  disconnectMs: 100,
};

let caller: DingTalkCaller;
let clients: StreamClient[] = [];
beforeEach(async () => {
  caller = await DingTalkCaller.start({ streamTiming: TIMING });
});
afterEach(async () => {
  await Promise.all(clients.map((client) => client.close()));
  clients = [];
  await caller.simulator.close();
});

const connect = async (): Promise<StreamClient> => {
  const client = await StreamClient.connect(caller);
  clients.push(client);
  return client;
};
const change = (userid: string, title: string) =>
  caller.control('POST', '/org', { op: 'change', employee: { userid, title } });
const replay = (body: Record<string, unknown>) => caller.control('POST', '/events/replay', body);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
interface Told {
  events: { type: string; state: string; pushes: number; metered: boolean }[];
  disturbances: unknown[];
  pushes: { used: number; limit: number };
}
const told = async (): Promise<Told> => (await caller.control('GET', '/events')).body as unknown as Told;

async function outcome(endpoint: string, ticket: string): Promise<string> {
  const socket = new WebSocket(`${endpoint}?ticket=${ticket}`);
  const ended = await once(socket, 'open').then(
    () => 'open',
    (error: unknown) => (error as Error).message,
  );
  socket.terminate();
  return ended;
}

describe('the way in', () => {
  test('a ticket opens one connection, within its life, and none without one', async () => {
    const { endpoint, ticket } = await openConnection(caller);
    expect(encodeURIComponent(ticket)).toBe(ticket);
    expect(await outcome(endpoint, ticket)).toBe('open');
    expect(await outcome(endpoint, ticket)).toContain('401');
    expect(await outcome(endpoint, 'made-up')).toContain('401');
  });

  test('a ticket is too old after its life', async () => {
    const quick = await DingTalkCaller.start({ streamTiming: { ticketMs: 20 } });
    const { endpoint, ticket } = await openConnection(quick);
    await pause(40);
    const result = await outcome(endpoint, ticket);
    await quick.simulator.close();
    expect(result).toContain('401');
  });

  test('a wrong secret and wrong subscriptions are refused', async () => {
    const { clientId, clientSecret } = caller.simulator;
    const subscriptions = [{ type: 'EVENT', topic: '*' }];
    const open = async (fields: object): Promise<number> =>
      (
        await caller.post('/v1.0/gateway/connections/open', {
          clientId,
          clientSecret,
          subscriptions,
          ...fields,
        })
      ).status;
    expect(await open({ clientSecret: 'x' })).toBe(401);
    expect(await open({ subscriptions: [] })).toBe(400);
    expect(await open({ subscriptions: [{ type: 'EVENT', topic: 'user_add_org' }] })).toBe(400);
  });

  test('a connection is told of its end before it ends', async () => {
    const client = await connect();
    await caller.control('POST', '/events/disconnect');
    await once(client.socket, 'close');
    expect(client.frames.at(-1)?.headers.topic).toBe('disconnect');
  });
});

describe('delivery', () => {
  test('frames have text headers and the documented data; the push is counted where it is metered', async () => {
    const client = await connect();
    const { body } = await startApproval(caller, await saveForm(caller, '转岗'));
    await until(() => client.events().length === 2);
    const [frame] = client.frames;
    expect(Object.values(frame?.headers ?? {}).every((value) => typeof value === 'string')).toBe(true);
    expect(frame).toMatchObject({
      specVersion: '1.0',
      type: 'EVENT',
      headers: { topic: '*', eventType: 'bpms_instance_change', eventCorpId: caller.simulator.corpId },
    });
    const [instance, task] = client.events();
    expect(instance?.data).toEqual({
      processInstanceId: body.instanceId,
      processCode: 'PROC-SIM-0001',
      bizCategoryId: '',
      businessId: expect.stringMatching(/^20261012093\d{1}0{8}1$/) as string,
      title: '周敏提交的转岗',
      staffId: 'hr01',
      createTime: expect.any(Number) as number,
      url: expect.stringContaining(caller.simulator.corpId) as string,
      type: 'start',
    });
    expect(task?.data).toMatchObject({
      staffId: 'mgr01',
      type: 'start',
      taskId: expect.any(Number) as number,
    });
    expect((await told()).pushes).toMatchObject({ used: 2, limit: 3_000 });
  });

  test.each(['later', 'nothing'] as const)(
    'answered with %s: pushed again, then given up',
    async (answer) => {
      const client = await connect();
      client.answer = answer;
      await change('lisi', '销售');
      await until(async () => (await told()).events.every(({ state }) => state === 'failed'));
      const ids = client.events().map(({ id }) => id);
      expect(ids).toHaveLength(6);
      expect(new Set(ids).size).toBe(2);
      const messages = new Set(client.frames.map(({ headers }) => headers.messageId));
      expect(messages.size).toBe(6);
      const { body } = await caller.get('/v1.0/event/callbacks/failedResults');
      const failed = body.failedList as { callBackTag: string; callBackData: string }[];
      expect(failed.map(({ callBackTag }) => callBackTag)).toEqual([
        'user_modify_org',
        'hrm_user_record_change',
      ]);
      expect(JSON.parse(failed[1]?.callBackData ?? '')).toEqual({
        actionType: 'userInfoChange',
        staffId: 'lisi',
      });
    },
  );

  test('nobody there at first: it comes when somebody is', async () => {
    await change('lisi', '销售');
    const client = await connect();
    await until(() => client.events().length === 2);
  });

  test('a connection that breaks before its answer: another one gets the event', async () => {
    const silent = await connect();
    silent.answer = 'nothing';
    await change('lisi', '销售');
    await until(() => silent.events().length === 2);
    await silent.close();
    const other = await connect();
    await until(() => other.events().length === 2);
    expect(other.events().map(({ id }) => id)).toEqual(silent.events().map(({ id }) => id));
  });

  test('of several connections one gets an event, and each gets some', async () => {
    const [first, second] = [await connect(), await connect()];
    for (let i = 0; i < 10; i += 1) await change('lisi', `销售${i}`);
    await until(() => first.events().length + second.events().length === 20);
    expect(first.events().length).toBeGreaterThan(0);
    expect(second.events().length).toBeGreaterThan(0);
  });

  test('a connection without the subscription gets none', async () => {
    const { endpoint, ticket } = await openConnection(caller, {
      subscriptions: [{ type: 'CALLBACK', topic: '/v1.0/card/instances/callback' }],
    });
    const socket = new WebSocket(`${endpoint}?ticket=${ticket}`);
    await once(socket, 'open');
    await change('lisi', '销售');
    expect((await told()).events.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
    socket.terminate();
  });
});

describe('disturbances', () => {
  const only = { match: 'user_modify_org' };
  const titlesTold = (client: StreamClient): unknown[] =>
    client
      .events()
      .filter(({ type }) => type === 'user_modify_org')
      .map(({ data }) => (data.userId as string[])[0]);
  const changeThree = async (): Promise<void> => {
    for (const userid of ['lisi', 'wangwu', 'zhaomin']) await change(userid, '销售');
  };

  test('duplicate: the latest again, with the same ids', async () => {
    const client = await connect();
    await changeThree();
    const { body } = await replay({ mode: 'duplicate', count: 2, ...only });
    expect(body.pushed).toHaveLength(2);
    await until(() => client.events().length === 8);
    expect(titlesTold(client)).toEqual(['lisi', 'wangwu', 'zhaomin', 'wangwu', 'zhaomin']);
    expect(
      client
        .events()
        .slice(-2)
        .map(({ id }) => id),
    ).toEqual(body.pushed);
  });

  test('reorder: held until they are complete, then in reverse', async () => {
    const client = await connect();
    await replay({ mode: 'reorder', count: 3, ...only });
    await change('lisi', '销售');
    await change('wangwu', '销售');
    expect((await told()).disturbances).toMatchObject([{ mode: 'reorder', left: 1, held: 2 }]);
    expect(titlesTold(client)).toEqual([]);
    await change('zhaomin', '销售');
    await until(() => titlesTold(client).length === 3);
    expect(titlesTold(client)).toEqual(['zhaomin', 'wangwu', 'lisi']);
  });

  test('drop: neither pushed nor in the failed list; only as many as said', async () => {
    const client = await connect();
    await replay({ mode: 'drop', count: 2, ...only });
    await changeThree();
    await until(() => titlesTold(client).length === 1);
    await pause(100);
    expect(titlesTold(client)).toEqual(['zhaomin']);
    expect((await told()).events.filter(({ state }) => state === 'dropped')).toHaveLength(2);
    expect((await caller.get('/v1.0/event/callbacks/failedResults')).body.failedList).toEqual([]);
  });

  test('delay: later, others pass', async () => {
    const client = await connect();
    await replay({ mode: 'delay', count: 1, by: 'PT1S', ...only });
    await changeThree();
    await until(() => titlesTold(client).length === 3);
    expect(titlesTold(client)).toEqual(['wangwu', 'zhaomin', 'lisi']);
  });

  test('off: what was held goes out, nothing is held any more', async () => {
    const client = await connect();
    await replay({ mode: 'reorder', count: 9, ...only });
    await change('lisi', '销售');
    expect((await replay({ mode: 'off' })).body).toMatchObject({ disturbances: [] });
    await until(() => titlesTold(client).length === 1);
  });

  test('words that make no sense are answered in one sentence', async () => {
    const { status, body } = await replay({ mode: 'shuffle' });
    expect([status, (body.error as { message: string }).message]).toEqual([
      400,
      expect.stringContaining('mode'),
    ]);
    expect((await replay({ mode: 'drop', count: 0 })).status).toBe(400);
    expect((await replay({ mode: 'delay', by: '5s' })).status).toBe(400);
  });
});
