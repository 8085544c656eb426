import { DWClient } from 'dingtalk-stream';
import type { DWClientDownStream } from 'dingtalk-stream';
import { saveForm, startApproval } from '../testing/approvals.ts';
import { DingTalkCaller } from '../testing/dingtalk-caller.ts';
import { openConnection, until } from '../testing/stream-client.ts';

/** DingTalk's own client; only the place where it asks for an endpoint is another. */
class LocalClient extends DWClient {
  readonly #caller: DingTalkCaller;

  constructor(caller: DingTalkCaller) {
    const { clientId, clientSecret } = caller.simulator;
    super({ clientId, clientSecret });
    this.#caller = caller;
  }

  override async getEndpoint(): Promise<this> {
    const { endpoint, ticket } = await openConnection(this.#caller, {
      ua: this.config.ua ?? '',
      subscriptions: this.config.subscriptions,
    });
    Object.assign(this, { dw_url: `${endpoint}?ticket=${ticket}` });
    return this;
  }
}

test("DingTalk's own client receives events, acknowledges them and echoes pings", async () => {
  const said = jest.spyOn(console, 'info').mockImplementation(() => undefined);
  const caller = await DingTalkCaller.start({ streamTiming: { pingMs: 50 } });
  const client = new LocalClient(caller);
  const received: DWClientDownStream[] = [];
  client.registerAllEventListener((event) => {
    received.push(event);
    return { status: 'SUCCESS' as never };
  });
  try {
    await client.connect();
    await until(() => client.connected);
    const { body } = await startApproval(caller, await saveForm(caller, '转岗'));
    await caller.control('POST', `/approvals/${String(body.instanceId)}`, {
      result: 'agree',
      remark: '同意',
    });
    await caller.control('POST', '/org', { op: 'leave', employee: { userid: 'lisi' } });
    await until(() => received.length === 6);
    const told = received.map(({ headers, data }) => [
      headers.eventType,
      (JSON.parse(data) as { type?: string }).type,
    ]);
    expect(told).toEqual([
      ['bpms_instance_change', 'start'],
      ['bpms_task_change', 'start'],
      ['bpms_task_change', 'finish'],
      ['bpms_instance_change', 'finish'],
      ['user_leave_org', undefined],
      ['hrm_mdm_user_change', undefined],
    ]);
    const states = async (): Promise<unknown[]> => {
      const { events } = (await caller.control('GET', '/events')).body as { events: { state: string }[] };
      return events.map(({ state }) => state);
    };
    await until(async () => (await states()).every((state) => state === 'acknowledged'));
    // Three unanswered pings would have ended the connection.
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(client.connected).toBe(true);
  } finally {
    client.disconnect();
    await caller.simulator.close();
    said.mockRestore();
  }
});
