import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from '../log.ts';
import { whileRenewing } from '../while-renewing.ts';
import type { Inbox, InboxEvent } from './inbox.ts';

/** An event as it arrived. */
export interface ArrivedEvent {
  readonly eventId: string;
  readonly type: string;
  /** Business time, ms. */
  readonly bornAt: number;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What applying an event came to; a failure is tried again after a pause, ms of real time. */
export type InboxOutcome = 'applied' | { readonly retryAfterMs: number; readonly error: string };

/** Applies events of some kinds. Any of them may come again or out of order: state is read back, never believed. */
export interface InboxHandler {
  accepts(kind: string): boolean;
  /** Events of one subject are applied in the order in which they were born. */
  subjectOf(event: ArrivedEvent): string;
  /** What of the event is kept; absent: all of it. */
  keep?(event: ArrivedEvent): object;
  apply(event: InboxEvent): Promise<InboxOutcome>;
}

/** Events applied at once: one that takes long (a sync) holds up its own subject only. */
const LANES = 3;
/** How often an idle lane looks again while another one is busy. */
const LOOK_MS = 250;
const KEEP_ALIVE_MS = 2_500;
const BACKOFF_MS = [1_000, 4_000, 15_000, 60_000, 300_000, 900_000];

/** Takes events in and hands each to its handler; an event that nobody accepts is applied without effect. */
export class InboxReader {
  readonly #inbox: Inbox;
  readonly #handlers: readonly InboxHandler[];
  readonly #log: Log;

  constructor(inbox: Inbox, handlers: readonly InboxHandler[], log: Log) {
    this.#inbox = inbox;
    this.#handlers = handlers;
    this.#log = log;
  }

  /** Stores an event. Of one that nobody accepts only its arrival is kept, nothing that it tells about people. */
  async receive(event: ArrivedEvent): Promise<void> {
    const handler = this.#handlerOf(event.type);
    const { eventId, type: kind, bornAt } = event;
    const payload = handler ? (handler.keep?.(event) ?? event.data) : {};
    const isNew = await this.#inbox.store({
      eventId,
      kind,
      bornAt,
      payload,
      subject: handler?.subjectOf(event) ?? kind,
    });
    this.#log.info({ eventId, kind, isNew }, 'event received');
  }

  hasDue(): Promise<boolean> {
    return this.#inbox.hasDue();
  }

  /** Applies until nothing is due; returns how many events were handled. */
  async drain(owner: string): Promise<number> {
    let busy = 0;
    let handled = 0;
    let wake = signal();
    const stir = (): void => {
      wake.raise();
      wake = signal();
    };
    const lane = async (): Promise<void> => {
      for (;;) {
        busy += 1;
        const isDone = await this.#next(owner).finally(() => (busy -= 1));
        if (isDone) handled += 1;
        if (isDone || busy === 0) stir();
        if (isDone) continue;
        if (busy === 0) return;
        // Another lane is at work: what it finishes may make room, and something new may come while it lasts.
        await Promise.race([sleep(LOOK_MS), wake.raised]);
      }
    };
    await Promise.all(Array.from({ length: LANES }, lane));
    return handled;
  }

  /** @returns false when there was nothing to do */
  async #next(owner: string): Promise<boolean> {
    const event = await this.#inbox.claim(owner);
    if (event === null) return false;
    const renew = (): Promise<void> => this.#inbox.extend(event.eventId, owner);
    await whileRenewing(KEEP_ALIVE_MS, renew, async () =>
      this.#settle(event, owner, await this.#apply(event)),
    );
    return true;
  }

  async #apply(event: InboxEvent): Promise<InboxOutcome> {
    try {
      return (await this.#handlerOf(event.kind)?.apply(event)) ?? 'applied';
    } catch (error) {
      this.#log.error({ err: error, eventId: event.eventId, kind: event.kind }, 'event failed');
      const retryAfterMs = BACKOFF_MS[Math.min(event.attempts, BACKOFF_MS.length) - 1] ?? 1_000;
      return { retryAfterMs, error: String(error) };
    }
  }

  async #settle(event: InboxEvent, owner: string, outcome: InboxOutcome): Promise<void> {
    const { eventId, kind, attempts } = event;
    if (outcome === 'applied') return this.#inbox.finish(eventId, owner);
    const { error, retryAfterMs } = outcome;
    const isTriedAgain = await this.#inbox.retry(event, owner, { error, afterMs: retryAfterMs });
    this.#log.warn({ eventId, kind, attempts, error }, isTriedAgain ? 'event waits' : 'event given up');
  }

  #handlerOf(kind: string): InboxHandler | undefined {
    return this.#handlers.find((handler) => handler.accepts(kind));
  }
}

interface Signal {
  readonly raised: Promise<void>;
  readonly raise: () => void;
}

function signal(): Signal {
  let raise = (): void => undefined;
  const raised = new Promise<void>((resolve) => (raise = resolve));
  return { raised, raise: () => raise() };
}
