import { shanghaiDay, type DayString } from '@shigang/shared';
import type { Database } from './database.ts';

/**
 * The one source of time. `now` is business time (ms since the epoch): real time, or the demo's instant running on from
 * its anchor plus the offset that `tick --until` raises. `real` is for time-outs, leases, tokens and cookies only.
 */
export interface Clock {
  now(): number;
  real(): number;
}

/** A clock that `tick --until` can move on. */
export interface MovableClock extends Clock {
  /** Business time is at least `untilMs` from now on; never moves it back. */
  advanceTo(untilMs: number): Promise<void>;
}

export const realClock: Clock = { now: () => Date.now(), real: () => Date.now() };

/** Today's calendar day in Asia/Shanghai by business time. */
export const today = (clock: Clock): DayString => shanghaiDay(clock.now());

/** Text of an instant for DATETIME(3) columns, UTC. */
export const sqlInstant = (ms: number): string => new Date(ms).toISOString().slice(0, 23).replace('T', ' ');

interface AnchorRow {
  anchor_business_ms: number;
  anchor_real_ms: number;
  offset_ms: number;
}

/** How often a running process looks whether the offset was raised; interfaces promise 5 s. */
const REFRESH_MS = 1_500;

/** Business clock anchored in MySQL, shared by all processes of one database. */
export class BusinessClock implements MovableClock {
  readonly #db: Database;
  #shiftMs = 0;
  #timer: NodeJS.Timeout | undefined;

  private constructor(db: Database) {
    this.#db = db;
  }

  /**
   * @param startsAt instant (ms) of BUSINESS_NOW; null: real time unless the database already holds an anchor
   */
  static async open(db: Database, startsAt: number | null): Promise<BusinessClock> {
    const clock = new BusinessClock(db);
    if (startsAt !== null) {
      await db.execute(
        'INSERT IGNORE INTO business_clock (id, anchor_business_ms, anchor_real_ms, offset_ms) VALUES (1, ?, ?, 0)',
        [startsAt, Date.now()],
      );
    }
    await clock.refresh();
    clock.#timer = setInterval(() => void clock.refresh().catch(() => undefined), REFRESH_MS);
    clock.#timer.unref();
    return clock;
  }

  now(): number {
    return Date.now() + this.#shiftMs;
  }

  real(): number {
    return Date.now();
  }

  async refresh(): Promise<void> {
    const [row] = await this.#db.select<AnchorRow>(
      'SELECT anchor_business_ms, anchor_real_ms, offset_ms FROM business_clock WHERE id = 1',
    );
    this.#shiftMs = row ? row.anchor_business_ms - row.anchor_real_ms + row.offset_ms : 0;
  }

  /** Raises the offset so that business time is at least `untilMs`; never lowers it. */
  async advanceTo(untilMs: number): Promise<void> {
    const missing = Math.ceil(untilMs - this.now());
    if (missing > 0) {
      const changed = await this.#db.execute(
        'UPDATE business_clock SET offset_ms = offset_ms + ? WHERE id = 1',
        [missing],
      );
      if (changed.affectedRows === 0) {
        await this.#db.execute(
          'INSERT INTO business_clock (id, anchor_business_ms, anchor_real_ms, offset_ms) VALUES (1, ?, ?, ?)',
          [Date.now(), Date.now(), missing],
        );
      }
    }
    await this.refresh();
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
