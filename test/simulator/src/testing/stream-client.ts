import { once } from 'node:events';
import WebSocket from 'ws';
import type { Frame } from '../events/frames.ts';
import type { DingTalkCaller } from './dingtalk-caller.ts';

/** What a client sends back for an event. */
type Answer = 'success' | 'later' | 'nothing';

/** A bare client of the Stream: keeps the frames and answers as it is told. */
export class StreamClient {
  readonly frames: Frame[] = [];
  readonly socket: WebSocket;
  answer: Answer = 'success';

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString('utf8')) as Frame));
  }

  static async connect(caller: DingTalkCaller): Promise<StreamClient> {
    const { endpoint, ticket } = await openConnection(caller);
    const client = new StreamClient(new WebSocket(`${endpoint}?ticket=${ticket}`));
    await once(client.socket, 'open');
    return client;
  }

  #take(frame: Frame): void {
    this.frames.push(frame);
    const { messageId = '' } = frame.headers;
    if (frame.type === 'SYSTEM') this.#send(messageId, frame.data);
    else if (this.answer === 'success') this.#send(messageId, JSON.stringify({ status: 'SUCCESS' }));
    else if (this.answer === 'later') this.#send(messageId, JSON.stringify({ status: 'LATER' }));
  }

  #send(messageId: string, data: string): void {
    const headers = { contentType: 'application/json', messageId };
    this.socket.send(JSON.stringify({ code: 200, headers, message: 'OK', data }));
  }

  /** Frames of events so far, in the order of their coming. */
  events(): { id: string; type: string; data: Record<string, unknown> }[] {
    return this.frames
      .filter(({ type }) => type === 'EVENT')
      .map(({ headers, data }) => ({
        id: headers.eventId ?? '',
        type: headers.eventType ?? '',
        data: JSON.parse(data) as Record<string, unknown>,
      }));
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    this.socket.close();
    await once(this.socket, 'close');
  }
}

export async function openConnection(
  caller: DingTalkCaller,
  fields: Record<string, unknown> = {},
): Promise<{ endpoint: string; ticket: string }> {
  const { clientId, clientSecret } = caller.simulator;
  const { body } = await caller.post('/v1.0/gateway/connections/open', {
    clientId,
    clientSecret,
    subscriptions: [{ type: 'EVENT', topic: '*' }],
    ...fields,
  });
  return body as { endpoint: string; ticket: string };
}

/** Waits until it is so. @throws after 10 s */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error('it did not happen within 10 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
