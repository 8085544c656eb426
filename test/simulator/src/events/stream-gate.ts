import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { SimulatorClock } from '../clock/clock.ts';
import { isoOf } from '../clock/shanghai.ts';
import { Chance } from '../org/chance.ts';
import type { Acknowledgement, Frame } from './frames.ts';
import { disconnectFrame, pingFrame, readAcknowledgement } from './frames.ts';
import type { StreamTiming } from './stream-timing.ts';

const PATH = '/connect';
/** Which of several connections gets an event is chance; the same seed chooses alike. */
const SEED = 11;

export interface Subscription {
  type: string;
  topic: string;
}

/** A client's connection as the control calls show it. */
export interface ConnectionEntry {
  id: string;
  since: string;
  ua: string;
  subscriptions: Subscription[];
  /** Events pushed over it so far. */
  pushed: number;
}

interface Ticket {
  ua: string;
  subscriptions: Subscription[];
  expiresAt: number;
}

interface Connection extends ConnectionEntry {
  socket: WebSocket;
  isEnding: boolean;
  /** Pings in a row without an echo. */
  unanswered: number;
}

export interface GateListener {
  acknowledged: (acknowledgement: Acknowledgement) => void;
  /** What was pushed over this connection and not acknowledged yet will never be. */
  closed: (connectionId: string) => void;
}

/** A client that leaves this many pings unanswered is dead. */
const MOST_UNANSWERED = 3;

/** The Stream's front door: tickets, and the WebSocket connections that they open. */
export class StreamGate {
  readonly #clock: SimulatorClock;
  readonly #timing: StreamTiming;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #tickets = new Map<string, Ticket>();
  readonly #connections = new Map<string, Connection>();
  readonly #chance = new Chance(SEED);
  #listener: GateListener | undefined;
  #pings: NodeJS.Timeout | undefined;

  constructor(clock: SimulatorClock, timing: StreamTiming) {
    this.#clock = clock;
    this.#timing = timing;
  }

  listen(listener: GateListener): void {
    this.#listener = listener;
  }

  /** @returns a ticket that opens one connection within its life; safe inside a URL as it is */
  issueTicket(ua: string, subscriptions: Subscription[]): string {
    const ticket = randomUUID();
    this.#tickets.set(ticket, { ua, subscriptions, expiresAt: this.#clock.real() + this.#timing.ticketMs });
    return ticket;
  }

  /** Takes upgrades of the Stream's path. @returns whether this was one, let in or not */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    if (url.pathname !== PATH) return false;
    const ticket = this.#useTicket(url.searchParams.get('ticket') ?? '');
    if (ticket === undefined) {
      socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return true;
    }
    this.#sockets.handleUpgrade(request, socket, head, (opened) => this.#open(opened, ticket));
    return true;
  }

  #useTicket(value: string): Ticket | undefined {
    const ticket = this.#tickets.get(value);
    this.#tickets.delete(value);
    return ticket !== undefined && this.#clock.real() < ticket.expiresAt ? ticket : undefined;
  }

  #open(socket: WebSocket, { ua, subscriptions }: Ticket): void {
    const id = randomUUID();
    const since = isoOf(this.#clock.now());
    const connection = { id, since, ua, subscriptions, pushed: 0, socket, isEnding: false, unanswered: 0 };
    this.#connections.set(id, connection);
    socket.on('message', (data: Buffer) => this.#hear(connection, data.toString('utf8')));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      this.#connections.delete(id);
      this.#listener?.closed(id);
    });
    this.#pings ??= setInterval(() => this.#ping(), this.#timing.pingMs).unref();
  }

  #hear(connection: Connection, text: string): void {
    connection.unanswered = 0;
    const acknowledgement = readAcknowledgement(text);
    if (acknowledgement !== undefined) this.#listener?.acknowledged(acknowledgement);
  }

  #ping(): void {
    for (const connection of this.#connections.values()) {
      if (connection.unanswered >= MOST_UNANSWERED) {
        connection.socket.terminate();
        continue;
      }
      connection.unanswered += 1;
      send(connection, pingFrame(randomUUID(), this.#clock.now()));
    }
  }

  /** @returns the id of one connection that wants events, by chance; undefined while there is none */
  pick(): string | undefined {
    const wanting = [...this.#connections.values()].filter(
      ({ isEnding, subscriptions }) => !isEnding && subscriptions.some(({ type }) => type === 'EVENT'),
    );
    return wanting.length === 0 ? undefined : this.#chance.pick(wanting).id;
  }

  push(connectionId: string, frame: Frame): void {
    const connection = this.#connections.get(connectionId);
    if (connection === undefined) return;
    connection.pushed += 1;
    send(connection, frame);
  }

  /** Announces the end of every connection and ends it after the usual pause. @returns how many */
  disconnectAll(reason: string): number {
    const connections = [...this.#connections.values()].filter(({ isEnding }) => !isEnding);
    for (const connection of connections) {
      connection.isEnding = true;
      send(connection, disconnectFrame(reason, this.#clock.now()));
      setTimeout(() => connection.socket.terminate(), this.#timing.disconnectMs).unref();
    }
    return connections.length;
  }

  entries(): ConnectionEntry[] {
    return [...this.#connections.values()].map(({ id, since, ua, subscriptions, pushed }) => ({
      id,
      since,
      ua,
      subscriptions,
      pushed,
    }));
  }

  close(): void {
    clearInterval(this.#pings);
    for (const { socket } of this.#connections.values()) socket.terminate();
    this.#sockets.close();
  }
}

const send = ({ socket }: Connection, frame: Frame): void => {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(frame));
};
