import { randomUUID } from 'node:crypto';
import type { Variation } from '../api/gateway/variation.ts';
import type { MonthlyQuota } from '../calls/quota.ts';
import type { SimulatorClock } from '../clock/clock.ts';
import { isoOf } from '../clock/shanghai.ts';
import type { EventAddress } from './delivery.ts';
import { Delivery } from './delivery.ts';
import type { Replay } from './disturbance.ts';
import { matchesType } from './disturbance.ts';
import type { EventSink, EventState, SimulatedEvent } from './event.ts';
import { isMeteredEvent } from './event.ts';
import type { StreamGate } from './stream-gate.ts';
import type { StreamTiming } from './stream-timing.ts';

/** Old events go. */
const KEPT_EVENTS = 2_000;

/** An event as `GET /_sim/events` shows it. */
export interface EventEntry {
  id: string;
  type: string;
  /** Business time, Shanghai. */
  at: string;
  data: Record<string, unknown>;
  metered: boolean;
  state: EventState;
  pushes: number;
}

interface Disturbance extends Replay {
  /** Events that it still waits for. */
  left: number;
  held: SimulatedEvent[];
}

interface HubParts {
  clock: SimulatorClock;
  gate: StreamGate;
  timing: StreamTiming;
  address: EventAddress;
  variation: Variation;
  /** The month's pushes; a repeated push counts again. */
  pushQuota: MonthlyQuota;
}

/** Everything that happened in the make-believe DingTalk, and how the app is told of it. */
export class EventHub implements EventSink {
  readonly #clock: SimulatorClock;
  readonly #delivery: Delivery;
  #events: SimulatedEvent[] = [];
  #disturbances: Disturbance[] = [];

  constructor({ pushQuota, ...parts }: HubParts) {
    this.#clock = parts.clock;
    this.#delivery = new Delivery({
      ...parts,
      onPush: (event) => {
        if (event.isMetered) pushQuota.count();
      },
    });
  }

  emit(type: string, data: Record<string, unknown>): void {
    const event: SimulatedEvent = {
      id: randomUUID().replaceAll('-', ''),
      type,
      bornAt: this.#clock.now(),
      data,
      isMetered: isMeteredEvent(type),
      state: 'pushed',
      pushes: 0,
    };
    this.#events.push(event);
    if (this.#events.length > 2 * KEPT_EVENTS) this.#events = this.#events.slice(-KEPT_EVENTS);
    const disturbance = this.#disturbances.find(({ match }) => matchesType(match, type));
    if (disturbance === undefined) this.#delivery.push(event);
    else this.#disturb(disturbance, event);
  }

  #disturb(disturbance: Disturbance, event: SimulatedEvent): void {
    disturbance.left -= 1;
    if (disturbance.left === 0)
      this.#disturbances = this.#disturbances.filter((other) => other !== disturbance);
    if (disturbance.mode === 'drop') event.state = 'dropped';
    if (disturbance.mode === 'delay') {
      event.state = 'delayed';
      this.#delivery.later(disturbance.delayMs, () => this.#delivery.push(event));
    }
    if (disturbance.mode === 'reorder') {
      event.state = 'held';
      disturbance.held.push(event);
      if (disturbance.left === 0) for (const held of disturbance.held.reverse()) this.#delivery.push(held);
    }
  }

  /**
   * `duplicate` pushes the latest matching events again, oldest first and at once; `reorder` holds the next ones and
   * pushes them in reverse order when they are complete; `delay` and `drop` wait for the next ones, too; `off` takes
   * back what still waits and pushes what was held.
   *
   * @returns ids of the events that were pushed by this
   */
  replay(replay: Replay): string[] {
    if (replay.mode === 'duplicate') {
      const events = this.#events.filter(({ type }) => matchesType(replay.match, type)).slice(-replay.count);
      for (const event of events) this.#delivery.push(event);
      return events.map(({ id }) => id);
    }
    if (replay.mode !== 'off') {
      this.#disturbances.push({ ...replay, left: replay.count, held: [] });
      return [];
    }
    const held = this.#disturbances.flatMap((disturbance) => disturbance.held);
    this.#disturbances = [];
    for (const event of held) this.#delivery.push(event);
    return held.map(({ id }) => id);
  }

  /** Disturbances that still wait for events. */
  disturbances(): { mode: string; match: string | null; left: number; held: number }[] {
    return this.#disturbances.map(({ mode, match, left, held }) => ({
      mode,
      match: match ?? null,
      left,
      held: held.length,
    }));
  }

  /** The latest events, oldest first. */
  entries(): EventEntry[] {
    return this.#events.slice(-KEPT_EVENTS).map(({ id, type, bornAt, data, isMetered, state, pushes }) => ({
      id,
      type,
      at: isoOf(bornAt),
      data,
      metered: isMetered,
      state,
      pushes,
    }));
  }

  /** Events that failed for good and can be read in the failed list by now. */
  failed(): SimulatedEvent[] {
    return this.#delivery.failed();
  }

  close(): void {
    this.#delivery.close();
  }
}
