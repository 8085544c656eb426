import { setTimeout as sleep } from 'node:timers/promises';
import { Counter } from 'prom-client';
import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { textOf } from '../calling/answer.ts';
import { answerTo, readEvent, readFrame, type DingTalkEvent, type StreamFrame } from './stream-frames.ts';

/** Where to connect: the ticket is good once, for 90 s. */
export interface StreamTicket {
  readonly endpoint: string;
  readonly ticket: string;
}

/** Times in ms of real time; tests shorten them. */
export interface StreamTiming {
  /** Pauses before the next try after one that failed; the last one stays. */
  readonly pausesMs: readonly number[];
  /** A connection that lived this long was a good one: the pauses begin anew. */
  readonly stableMs: number;
  readonly handshakeMs: number;
  readonly pingMs: number;
  /** Silence after which a connection is dead. */
  readonly silenceMs: number;
  /** How long a connection that DingTalk has announced to end may still bring events. */
  readonly lingerMs: number;
}

export const STREAM_TIMING: StreamTiming = {
  pausesMs: [1_000, 2_000, 4_000, 8_000, 16_000, 30_000],
  stableMs: 10_000,
  handshakeMs: 10_000,
  pingMs: 30_000,
  silenceMs: 90_000,
  lingerMs: 15_000,
};

export interface StreamDeps {
  readonly corpId: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly openTicket: () => Promise<StreamTicket>;
  /** Keeps the event; once it returns the event is acknowledged and never comes again. */
  readonly store: (event: DingTalkEvent) => Promise<void>;
  readonly timing?: Partial<StreamTiming>;
}

export interface EventStream {
  /** Takes nothing more, lets what is being stored be acknowledged, and ends. */
  close(): Promise<void>;
}

/** `stored`, `later` (could not be stored; DingTalk brings it again), or why it was refused. */
const events = new Counter({
  name: 'shigang_stream_events_total',
  help: 'Events that DingTalk pushed, by what became of them',
  labelNames: ['outcome'],
});

/** Longest message that is read, far beyond any event. */
const MAX_FRAME_BYTES = 1_048_576;
const CLOSE_MS = 3_000;

/** Keeps one connection of DingTalk's Stream open until it is closed; at most one open call is under way at a time. */
export function openStream(deps: StreamDeps): EventStream {
  const stream = new Stream(deps);
  const running = stream.run();
  return {
    close: async () => {
      await stream.close();
      await running;
    },
  };
}

/** How a connection ended: announced by DingTalk, or just so. */
type End = 'announced' | 'lost';

class Stream {
  readonly #deps: StreamDeps;
  readonly #timing: StreamTiming;
  readonly #closing = new AbortController();
  readonly #sockets = new Set<WebSocket>();
  readonly #atWork = new Set<Promise<void>>();
  #failures = 0;

  constructor(deps: StreamDeps) {
    this.#deps = deps;
    this.#timing = { ...STREAM_TIMING, ...deps.timing };
  }

  /** Never rejects. */
  async run(): Promise<void> {
    const { signal } = this.#closing;
    while (!signal.aborted) {
      const startedAt = performance.now();
      const end = await this.#connection();
      if (signal.aborted) return;
      const isGood = end !== null && performance.now() - startedAt >= this.#timing.stableMs;
      this.#failures = isGood ? 0 : this.#failures + 1;
      if (isGood && end === 'announced') continue;
      const { pausesMs } = this.#timing;
      const pauseMs = pausesMs[Math.min(this.#failures, pausesMs.length) - 1] ?? pausesMs[0] ?? 0;
      await sleep(pauseMs, null, { signal }).catch(() => null);
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    const within = (work: Promise<unknown>): Promise<unknown> =>
      Promise.race([work, sleep(CLOSE_MS, null, { ref: false })]);
    await within(Promise.all(this.#atWork));
    const closed = [...this.#sockets].map(
      (socket) => new Promise((resolve) => socket.once('close', resolve)),
    );
    for (const socket of this.#sockets) socket.close(1000);
    await within(Promise.all(closed));
    for (const socket of this.#sockets) socket.terminate();
  }

  /** One connection from its ticket to its end; null: it never came about. */
  async #connection(): Promise<End | null> {
    const { log } = this.#deps;
    try {
      const socket = await this.#connect();
      log.info('event stream is open');
      const end = await this.#ended(socket);
      log.info({ end }, 'event stream ended');
      return end;
    } catch (error) {
      if (!this.#closing.signal.aborted) log.warn({ err: error, tries: this.#failures + 1 }, 'event stream');
      return null;
    }
  }

  async #connect(): Promise<WebSocket> {
    const { endpoint, ticket } = await this.#deps.openTicket();
    this.#closing.signal.throwIfAborted();
    const url = new URL(endpoint);
    url.searchParams.set('ticket', ticket);
    const { WebSocket } = await import('ws');
    const { handshakeMs } = this.#timing;
    const socket = new WebSocket(url, { handshakeTimeout: handshakeMs, maxPayload: MAX_FRAME_BYTES });
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('close', () => reject(new Error('closed before it was open')));
      // Stays for the socket's whole life: an error without a listener would end the process.
      socket.on('error', reject);
    });
    return socket;
  }

  /** Listens until the connection ends or DingTalk announces its end; then it may linger while the next one opens. */
  #ended(socket: WebSocket): Promise<End> {
    const { pingMs, silenceMs, lingerMs } = this.#timing;
    let heardAt = performance.now();
    const pings = setInterval(() => {
      if (performance.now() - heardAt > silenceMs) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.ping();
    }, pingMs);
    return new Promise<End>((resolve) => {
      socket.on('pong', () => (heardAt = performance.now()));
      socket.on('close', () => {
        clearInterval(pings);
        resolve('lost');
      });
      socket.on('message', (message: RawData) => {
        heardAt = performance.now();
        if (this.#closing.signal.aborted) return;
        const work = this.#hear(socket, message).then((isEnding) => {
          if (!isEnding) return;
          setTimeout(() => socket.terminate(), lingerMs).unref();
          resolve('announced');
        });
        this.#atWork.add(work);
        void work.finally(() => this.#atWork.delete(work));
      });
    });
  }

  /** Never rejects. @returns whether DingTalk announces the end of the connection */
  async #hear(socket: WebSocket, message: RawData): Promise<boolean> {
    try {
      const frame = readFrame(textOfMessage(message));
      const topic = frame?.type === 'SYSTEM' ? textOf(frame.headers, 'topic') : null;
      if (topic === 'disconnect') return true;
      if (frame && topic === 'ping') send(socket, answerTo(frame, frame.data));
      else if (frame?.type === 'EVENT') send(socket, answerTo(frame, await this.#take(frame)));
      else this.#deps.log.debug({ type: frame?.type }, 'frame of the event stream left alone');
    } catch (error) {
      this.#deps.log.error({ err: error }, 'frame of the event stream');
    }
    return false;
  }

  /** @returns what DingTalk is told: taken (also what is refused, or it would come again), or to bring it later */
  async #take(frame: StreamFrame): Promise<string> {
    const { corpId, clock, store, log } = this.#deps;
    const event = readEvent(frame, { corpId, now: clock.now() });
    if (typeof event === 'string') {
      events.inc({ outcome: event });
      log.warn({ refusal: event, headers: frame.headers }, 'event refused');
      return TAKEN;
    }
    try {
      await store(event);
      events.inc({ outcome: 'stored' });
      return TAKEN;
    } catch (error) {
      events.inc({ outcome: 'later' });
      log.error({ err: error, eventId: event.eventId, type: event.type }, 'event could not be stored');
      return LATER;
    }
  }
}

const TAKEN = JSON.stringify({ status: 'SUCCESS', message: '' });
const LATER = JSON.stringify({ status: 'LATER', message: '' });

const send = (socket: WebSocket, text: string): void => {
  // Ended in the meantime: DingTalk brings it again, and it is known by its id.
  if (socket.readyState === socket.OPEN) socket.send(text, () => undefined);
};

function textOfMessage(message: RawData): string {
  if (Array.isArray(message)) return Buffer.concat(message).toString('utf8');
  return Buffer.from(message as Buffer).toString('utf8');
}
