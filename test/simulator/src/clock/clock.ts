/**
 * The simulator's own clock: real time plus an offset. What DingTalk counts by the calendar (months of the quota,
 * days of a notice, who has left) follows it; life times of tokens and codes and the calls per second are real time.
 */
export class SimulatorClock {
  #offsetMs = 0;

  /** @returns business time, ms since 1970 UTC */
  now(): number {
    return Date.now() + this.#offsetMs;
  }

  /** @returns real time, ms since 1970 UTC */
  real(): number {
    return Date.now();
  }

  /** From now on the clock runs from this instant; it may lie before the present one. */
  set(at: number): void {
    this.#offsetMs = at - Date.now();
  }

  advance(ms: number): void {
    this.#offsetMs += ms;
  }
}
