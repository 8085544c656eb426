import type { SimulatorClock } from '../clock/clock.ts';
import { DAY_MS, isoOf, monthOf } from '../clock/shanghai.ts';
import type { Edition } from '../org/org-file.ts';

/**
 * Metered calls and pushes a calendar month; calls of one app to one API a second (the professional figure is
 * unpublished).
 */
const LIMITS: Record<Edition, { calls: number; pushes: number; perSecond: number }> = {
  standard: { calls: 5_000, pushes: 3_000, perSecond: 20 },
  professional: { calls: 200_000, pushes: 50_000, perSecond: 40 },
};
/** Once the month is used up calls still work for at most this long. */
const BUFFER_MS = 5 * DAY_MS;

export interface QuotaState {
  edition: Edition;
  month: string;
  used: number;
  limit: number;
  /** When the month's calls were used up, business time; null while there are some left. */
  exhaustedAt: string | null;
}

/** The organisation's monthly quota, by the simulator's clock. */
export class MonthlyQuota {
  readonly edition: Edition;
  readonly #clock: SimulatorClock;
  readonly #limit: number;
  #month = '';
  #used = 0;
  #exhaustedAt: number | null = null;

  constructor(edition: Edition, clock: SimulatorClock, what: 'calls' | 'pushes' = 'calls') {
    this.edition = edition;
    this.#clock = clock;
    this.#limit = LIMITS[edition][what];
  }

  #turnMonth(): void {
    const month = monthOf(this.#clock.now());
    if (month === this.#month) return;
    this.#month = month;
    this.#used = 0;
    this.#exhaustedAt = null;
  }

  /** The month is used up and the days of grace are over. */
  isRefusing(): boolean {
    this.#turnMonth();
    return this.#exhaustedAt !== null && this.#clock.now() >= this.#exhaustedAt + BUFFER_MS;
  }

  count(): void {
    this.#turnMonth();
    this.#used += 1;
    if (this.#used >= this.#limit) this.#exhaustedAt ??= this.#clock.now();
  }

  state(): QuotaState {
    this.#turnMonth();
    return {
      edition: this.edition,
      month: this.#month,
      used: this.#used,
      limit: this.#limit,
      exhaustedAt: this.#exhaustedAt === null ? null : isoOf(this.#exhaustedAt),
    };
  }
}

/** Calls of one app to one API within a second of real time, as a bucket that refills evenly. */
export class CallRate {
  readonly #clock: SimulatorClock;
  readonly #perSecond: number;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(edition: Edition, clock: SimulatorClock) {
    this.#clock = clock;
    this.#perSecond = LIMITS[edition].perSecond;
  }

  /** @returns whether the call is within the limit; one that is not takes nothing from the bucket */
  take(path: string): boolean {
    const now = this.#clock.real();
    const bucket = this.#buckets.get(path) ?? { left: this.#perSecond, at: now };
    const left = Math.min(this.#perSecond, bucket.left + ((now - bucket.at) * this.#perSecond) / 1_000);
    const isAllowed = left >= 1;
    this.#buckets.set(path, { left: isAllowed ? left - 1 : left, at: now });
    return isAllowed;
  }
}
