import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { EffectWatch } from './effects.ts';
import type { Gate } from './mysql-gate.ts';

/** Stands between a process and DingTalk and sees every call. */
export async function openHttpGate(server: URL, watch: EffectWatch): Promise<Gate> {
  const listener = createServer((incoming, outgoing) => {
    const stop = watch.meet(labelOf(incoming));
    if (stop === 'before') {
      watch.stand();
      return;
    }
    void forward(server, incoming).then(
      (answer) => {
        if (stop === 'after') watch.stand();
        else reply(outgoing, answer);
      },
      () => outgoing.destroy(),
    );
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        listener.close(() => resolve());
        listener.closeAllConnections();
      }),
  };
}

/** Segments that are ids, in DingTalk's paths. */
const ID = /\d{3}/;

function labelOf({ method, url }: IncomingMessage): string {
  const { pathname } = new URL(url ?? '/', 'http://gate');
  const bare = pathname.split('/').map((part) => (ID.test(part) ? '{id}' : part));
  return `${method} ${bare.join('/')}`;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function forward(server: URL, incoming: IncomingMessage): Promise<Answer> {
  const body = await buffer(incoming);
  const { 'transfer-encoding': _dropped, ...headers } = incoming.headers;
  return new Promise((resolve, reject) => {
    const call = request(
      {
        ...{ host: server.hostname, port: server.port, path: incoming.url, method: incoming.method },
        headers: { ...headers, host: server.host, 'content-length': body.length },
      },
      (answer) => {
        const { statusCode: status = 502, headers } = answer;
        buffer(answer).then((text) => resolve({ status, headers, body: text }), reject);
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

function reply(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': _dropped, ...kept } = headers;
  outgoing.writeHead(status, { ...kept, 'content-length': body.length });
  outgoing.end(body);
}
