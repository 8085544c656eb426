import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { EffectWatch } from './effects.ts';

/** Stands between a process and MySQL and sees every commit. */
export interface Gate {
  readonly port: number;
  close(): Promise<void>;
}

const HEADER = 4;
const COM_QUERY = 3;
/** Much of a statement is never needed to know what it does. */
const LOOKED_AT = 400;

/** @param server host and port of the real one */
export async function openMysqlGate(server: URL, watch: EffectWatch): Promise<Gate> {
  const sockets = new Set<Socket>();
  const listener = createServer((client) => {
    const upstream = connect(Number(server.port || 3306), server.hostname);
    const session = new Session(client, upstream, watch);
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    client.on('data', (chunk) => session.fromClient(chunk));
    upstream.on('data', (chunk) => session.fromServer(chunk));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  return {
    port: (listener.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        listener.close(() => resolve());
      }),
  };
}

/** One connection: forwards packets, and knows which of them commit something. */
class Session {
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #watch: EffectWatch;
  #unread: Buffer = Buffer.alloc(0);
  /** Tables written by the open transaction; null: there is none. */
  #written: Set<string> | null = null;
  #holds: 'both' | 'answers' | null = null;

  constructor(client: Socket, server: Socket, watch: EffectWatch) {
    this.#client = client;
    this.#server = server;
    this.#watch = watch;
  }

  fromClient(chunk: Buffer): void {
    if (this.#holds !== null) return;
    this.#unread = this.#unread.length === 0 ? chunk : Buffer.concat([this.#unread, chunk]);
    while (this.#unread.length >= HEADER) {
      const end = HEADER + this.#unread.readUIntLE(0, 3);
      if (this.#unread.length < end) return;
      const packet = this.#unread.subarray(0, end);
      this.#unread = this.#unread.subarray(end);
      const label = this.#effectOf(packet);
      const stop = label === null ? null : this.#watch.meet(label);
      if (stop === 'before') {
        this.#holds = 'both';
        this.#watch.stand();
        return;
      }
      if (stop === 'after') this.#holds = 'answers';
      this.#server.write(packet);
    }
  }

  fromServer(chunk: Buffer): void {
    if (this.#holds === null) this.#client.write(chunk);
    else if (this.#holds === 'answers' && !this.#watch.hasArrived) this.#watch.stand();
  }

  /** What a packet of the client commits; null: nothing. */
  #effectOf(packet: Buffer): string | null {
    const isCommand = packet[3] === 0 && packet[HEADER] === COM_QUERY;
    if (!isCommand) return null;
    const sql = packet
      .subarray(HEADER + 1, HEADER + 1 + LOOKED_AT)
      .toString('latin1')
      .trimStart();
    if (/^START TRANSACTION/i.test(sql)) this.#written = new Set();
    else if (/^ROLLBACK/i.test(sql)) this.#written = null;
    else if (/^COMMIT/i.test(sql)) {
      const tables = [...(this.#written ?? [])];
      this.#written = null;
      return tables.length > 0 ? `commit ${tables.join(', ')}` : null;
    } else return this.#write(sql);
    return null;
  }

  #write(sql: string): string | null {
    const [, verb, table] =
      /^(INSERT|UPDATE|DELETE|REPLACE)\s+(?:IGNORE\s+)?(?:INTO\s+|FROM\s+)?`?(\w+)/i.exec(sql) ?? [];
    if (verb === undefined || table === undefined) return null;
    if (this.#written === null) return `${verb.toLowerCase()} ${table}`;
    this.#written.add(table);
    return null;
  }
}
