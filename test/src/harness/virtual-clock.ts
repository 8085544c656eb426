import type { MovableClock } from '@shigang/server';

/** A clock that stands still until it is moved; business and real time are the same instant unless told otherwise. */
export class VirtualClock implements MovableClock {
  #now: number;
  #realAheadMs = 0;

  /** @param startsAt an ISO instant with its offset */
  constructor(startsAt = '2026-10-12T09:30:00+08:00') {
    this.#now = instantOf(startsAt);
  }

  now(): number {
    return this.#now;
  }

  real(): number {
    return this.#now + this.#realAheadMs;
  }

  /** Real time is at least `real`, ms: processes of their own have worked on the same rows until then. */
  followReal(real: number): void {
    this.#realAheadMs = Math.max(this.#realAheadMs, real - this.#now);
  }

  advance(ms: number): void {
    this.#now += ms;
  }

  async advanceTo(untilMs: number): Promise<void> {
    this.#now = Math.max(this.#now, untilMs);
  }

  moveTo(instant: string): void {
    this.#now = instantOf(instant);
  }
}

function instantOf(text: string): number {
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) throw new TypeError(`not an instant: ${text}`);
  return ms;
}
