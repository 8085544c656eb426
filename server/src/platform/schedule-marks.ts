import { sqlInstant, type Clock } from './clock.ts';
import type { Database } from './database.ts';
import { whileRenewing } from './while-renewing.ts';

/** A dead process's occurrence is taken up after it (fault bar: 10 s); whoever runs one renews it. */
const LEASE_MS = 6_000;
const RENEW_MS = 2_500;

/** Which occurrences of the schedule have run, in business time, one runner at a time across processes. */
export class ScheduleMarks {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Last occurrence run (business ms); the first look sets it to now, so that the past is not run. */
  async lastDue(name: string): Promise<number> {
    await this.#db.execute('INSERT IGNORE INTO schedule_marks (name, last_due_ms) VALUES (?, ?)', [
      name,
      this.#clock.now(),
    ]);
    const [row] = await this.#db.select<{ last_due_ms: number }>(
      'SELECT last_due_ms FROM schedule_marks WHERE name = ?',
      [name],
    );
    return Number(row?.last_due_ms ?? this.#clock.now());
  }

  /** Runs the occurrence `dueMs` unless somebody else has it; marks it only when `work` succeeded. */
  async run(name: string, dueMs: number, work: () => Promise<void>): Promise<boolean> {
    if (!(await this.#lease(name, dueMs))) return false;
    try {
      await whileRenewing(RENEW_MS, () => this.#renew(name), work);
      await this.#db.execute('UPDATE schedule_marks SET last_due_ms = ?, lease_until = NULL WHERE name = ?', [
        dueMs,
        name,
      ]);
      return true;
    } catch (error) {
      await this.#db.execute('UPDATE schedule_marks SET lease_until = NULL WHERE name = ?', [name]);
      throw error;
    }
  }

  async #lease(name: string, dueMs: number): Promise<boolean> {
    const now = this.#clock.real();
    const won = await this.#db.execute(
      'UPDATE schedule_marks SET lease_until = ? WHERE name = ? AND last_due_ms < ? AND (lease_until IS NULL OR lease_until <= ?)',
      [sqlInstant(now + LEASE_MS), name, dueMs, sqlInstant(now)],
    );
    return won.affectedRows > 0;
  }

  async #renew(name: string): Promise<void> {
    await this.#db.execute('UPDATE schedule_marks SET lease_until = ? WHERE name = ?', [
      sqlInstant(this.#clock.real() + LEASE_MS),
      name,
    ]);
  }
}
