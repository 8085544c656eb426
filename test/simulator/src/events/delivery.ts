import { randomUUID } from 'node:crypto';
import type { Variation } from '../api/gateway/variation.ts';
import type { SimulatorClock } from '../clock/clock.ts';
import type { SimulatedEvent } from './event.ts';
import { eventFrame } from './frames.ts';
import type { StreamGate } from './stream-gate.ts';
import type { StreamTiming } from './stream-timing.ts';

/** The app's id inside event frames, and the corporation's. */
export interface EventAddress {
  corpId: string;
  appId: string;
  unifiedAppId: string;
}

interface Push {
  event: SimulatedEvent;
  connectionId: string;
  /** Pushes of this event that came before, 0 at first. */
  tries: number;
  deadline: NodeJS.Timeout;
}

export interface FailedEvent {
  event: SimulatedEvent;
  /** Real time from which the failed list shows it. */
  shownFrom: number;
}

/** Of the events that failed for good only so many are kept. */
const KEPT_FAILED = 1_000;

interface DeliveryParts {
  clock: SimulatorClock;
  gate: StreamGate;
  timing: StreamTiming;
  address: EventAddress;
  variation: Variation;
  /** Told of every push that goes out. */
  onPush: (event: SimulatedEvent) => void;
}

/** Brings events to the app: one connection, an answer in time, else again later, else into the failed list. */
export class Delivery {
  readonly #parts: DeliveryParts;
  readonly #pushes = new Map<string, Push>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #failed: FailedEvent[] = [];

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
    parts.gate.listen({
      acknowledged: ({ messageId, isSuccess }) => {
        const push = this.#end(messageId);
        if (push === undefined) return;
        if (isSuccess) push.event.state = 'acknowledged';
        else this.#retry(push.event, push.tries);
      },
      closed: (connectionId) => {
        for (const [messageId, push] of this.#pushes) {
          if (push.connectionId !== connectionId) continue;
          this.#end(messageId);
          this.#retry(push.event, push.tries);
        }
      },
    });
  }

  /** Pushes the event now; without a connection the first try has failed. */
  push(event: SimulatedEvent, tries = 0): void {
    const { gate, clock, timing, address, variation } = this.#parts;
    const connectionId = gate.pick();
    if (connectionId === undefined) {
      this.#retry(event, tries);
      return;
    }
    const messageId = randomUUID();
    const deadline = setTimeout(() => {
      this.#end(messageId);
      this.#retry(event, tries);
    }, timing.acknowledgeMs);
    deadline.unref();
    this.#pushes.set(messageId, { event, connectionId, tries, deadline });
    event.pushes += 1;
    if (event.state !== 'acknowledged') event.state = 'pushed';
    this.#parts.onPush(event);
    gate.push(
      connectionId,
      eventFrame({
        ...address,
        connectionId,
        messageId,
        sentAt: clock.now(),
        bornAt: event.bornAt,
        topic: variation.form('*', 'dingTalk'),
        eventType: event.type,
        eventId: event.id,
        data: event.data,
      }),
    );
  }

  #end(messageId: string): Push | undefined {
    const push = this.#pushes.get(messageId);
    clearTimeout(push?.deadline);
    this.#pushes.delete(messageId);
    return push;
  }

  #retry(event: SimulatedEvent, tries: number): void {
    const pause = this.#parts.timing.retryMs[tries];
    if (pause !== undefined) {
      if (event.state !== 'acknowledged') event.state = 'waiting';
      this.later(pause, () => this.push(event, tries + 1));
      return;
    }
    if (event.state === 'acknowledged') return;
    event.state = 'failed';
    this.#failed.push({ event, shownFrom: this.#parts.clock.real() + this.#parts.timing.failedListMs });
    this.#failed = this.#failed.slice(-KEPT_FAILED);
  }

  /** Runs something after so many ms of real time, unless the simulator ends before. */
  later(ms: number, run: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      run();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
  }

  /** @returns the events of the failed list that can be read by now, oldest first */
  failed(): SimulatedEvent[] {
    const now = this.#parts.clock.real();
    return this.#failed.filter(({ shownFrom }) => shownFrom <= now).map(({ event }) => event);
  }

  close(): void {
    for (const { deadline } of this.#pushes.values()) clearTimeout(deadline);
    for (const timer of this.#timers) clearTimeout(timer);
    this.#pushes.clear();
    this.#timers.clear();
  }
}
