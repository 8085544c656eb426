import { sqlInstant, type Clock } from '../clock.ts';
import type { Database, Sql, SqlParam, SqlScalar } from '../database.ts';
import { newId } from '../ids.ts';

export type OutboxState = 'pending' | 'sending' | 'sent' | 'dead' | 'cancelled';

export interface NewOutboxRow {
  readonly kind: string;
  /** At most one row ever exists per key: the guard against sending twice. */
  readonly businessKey: string;
  readonly payload: object;
  /** Real time in ms; default now. `waits`: until something else makes it due. */
  readonly dueAt?: number | 'waits';
  readonly cycleId?: string;
}

export interface OutboxRow {
  readonly id: string;
  readonly kind: string;
  readonly businessKey: string;
  readonly payload: unknown;
  readonly attempts: number;
  readonly cycleId: string | null;
}

/** `9999-12-31`: waits for a gate, a reply or a day. */
const WAITS = '9999-12-31 00:00:00.000';
/** A worker that died holds its rows no longer than this; another then takes them up (fault bar: 10 s). */
const LEASE_MS = 6_000;
const BACKOFF_MS = [1_000, 4_000, 15_000, 60_000, 300_000, 900_000];
/** After this many failed attempts a row is dead and shown to HR and the administrator. */
export const MAX_ATTEMPTS = 12;

interface RawRow {
  id: string;
  kind: string;
  business_key: string;
  payload: string;
  attempts: number;
  cycle_id: string | null;
}

/** The one way out: rows written in the transaction of their cause, sent by a worker, resolved by asking when in doubt. */
export class Outbox {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Adds a row inside the caller's transaction; a row with the same business key already there wins. */
  async add(tx: Sql, row: NewOutboxRow): Promise<string> {
    const id = newId();
    const now = this.#clock.real();
    await tx.insertMany('outbox', COLUMNS, [valuesOf(id, row, now)], { update: [] });
    const [kept] = await tx.select<{ id: string }>('SELECT id FROM outbox WHERE business_key = ?', [
      row.businessKey,
    ]);
    return kept?.id ?? id;
  }

  /** Adds many rows inside the caller's transaction, in few statements; rows whose business key is there already win. */
  async addMany(tx: Sql, rows: readonly NewOutboxRow[]): Promise<void> {
    const now = this.#clock.real();
    const values = rows.map((row) => valuesOf(newId(), row, now));
    await tx.insertMany('outbox', COLUMNS, values, { update: [] });
  }

  /** Makes a row that waits for its gate due now; one that is due, sent or gone stays as it is. */
  async release(tx: Sql, businessKey: string): Promise<void> {
    await tx.execute(
      "UPDATE outbox SET due_at = ? WHERE business_key = ? AND state = 'pending' AND due_at = ?",
      [sqlInstant(this.#clock.real()), businessKey, WAITS],
    );
  }

  /** Takes a row back that has not been touched yet. @returns false when it was sent, tried or is gone */
  async cancel(tx: Sql, businessKey: string): Promise<boolean> {
    const done = await tx.execute(
      `UPDATE outbox SET state = 'cancelled', finished_at = ?
       WHERE business_key = ? AND state = 'pending' AND attempts = 0`,
      [sqlInstant(this.#clock.real()), businessKey],
    );
    return done.affectedRows > 0;
  }

  /** One more try for a row that was given up because trouble lasted; one that was refused stays given up. */
  async tryAgain(tx: Sql, businessKey: string): Promise<boolean> {
    const done = await tx.execute(
      `UPDATE outbox SET state = 'pending', attempts = ?, due_at = ?, finished_at = NULL
       WHERE business_key = ? AND state = 'dead' AND attempts >= ?`,
      [MAX_ATTEMPTS - 1, sqlInstant(this.#clock.real()), businessKey, MAX_ATTEMPTS],
    );
    return done.affectedRows > 0;
  }

  /** Puts a row that is being sent back to wait until it is released, as if it had never been tried. */
  async park(tx: Sql, id: string): Promise<void> {
    await tx.execute(
      `UPDATE outbox SET state = 'pending', due_at = ?, attempts = 0, lease_owner = NULL, lease_until = NULL
       WHERE id = ? AND state = 'sending'`,
      [WAITS, id],
    );
  }

  /** Leases due rows of the given kinds to `owner`, oldest first; rows of a dead worker come back when their lease ends. */
  claim(owner: string, kinds: readonly string[], limit: number): Promise<OutboxRow[]> {
    return this.#db.transaction(async (tx) => {
      const now = this.#clock.real();
      const rows = await tx.select<RawRow>(
        `SELECT id, kind, business_key, payload, attempts, cycle_id FROM outbox
         WHERE kind IN (?) AND ((state = 'pending' AND due_at <= ?) OR (state = 'sending' AND lease_until <= ?))
         ORDER BY created_at, id LIMIT ${Math.trunc(limit)} FOR UPDATE SKIP LOCKED`,
        [kinds, sqlInstant(now), sqlInstant(now)],
      );
      if (rows.length === 0) return [];
      await tx.execute(
        `UPDATE outbox SET state = 'sending', attempts = attempts + 1, lease_owner = ?, lease_until = ? WHERE id IN (?)`,
        [owner, sqlInstant(now + LEASE_MS), rows.map((row) => row.id)],
      );
      return rows.map(asRow);
    });
  }

  /** Keeps a lease alive while a slow call is under way. Returns false when another worker has taken the row. */
  async extend(id: string, owner: string): Promise<boolean> {
    const until = sqlInstant(this.#clock.real() + LEASE_MS);
    const done = await this.#db.execute(
      `UPDATE outbox SET lease_until = ? WHERE id = ? AND lease_owner = ? AND state = 'sending'`,
      [until, id, owner],
    );
    return done.affectedRows > 0;
  }

  /** Marks a row sent with what the other side answered; inside `tx` when the module writes its own rows with it. */
  async finish(id: string, owner: string, result: object, tx: Sql = this.#db): Promise<void> {
    await this.#close(tx, 'sent', { id, owner, result: JSON.stringify(result), error: null });
  }

  /** Gives a row up for good: it is shown, never retried by itself. */
  async abandon(id: string, owner: string, error: string, tx: Sql = this.#db): Promise<void> {
    await this.#close(tx, 'dead', { id, owner, result: null, error });
  }

  /** Back in the queue with growing pauses (or at `retryAt`, real ms); dead after {@link MAX_ATTEMPTS}. */
  async retry(row: OutboxRow, owner: string, error: string, retryAt?: number): Promise<void> {
    if (row.attempts >= MAX_ATTEMPTS) return this.abandon(row.id, owner, error);
    const pause = BACKOFF_MS[Math.min(row.attempts - 1, BACKOFF_MS.length - 1)] ?? 1_000;
    await this.#db.execute(
      `UPDATE outbox SET state = 'pending', due_at = ?, lease_owner = NULL, lease_until = NULL, last_error = ?
       WHERE id = ? AND lease_owner = ?`,
      [sqlInstant(retryAt ?? this.#clock.real() + pause), error.slice(0, 2_000), row.id, owner],
    );
  }

  /** Rows of these kinds that are due or being sent; rows that wait for a gate or a day do not count. */
  async dueCount(): Promise<number> {
    const [row] = await this.#db.select<{ n: number }>(
      `SELECT COUNT(*) AS n FROM outbox WHERE (state = 'pending' AND due_at <= ?) OR state = 'sending'`,
      [sqlInstant(this.#clock.real())],
    );
    return row?.n ?? 0;
  }

  async #close(
    tx: Sql,
    state: OutboxState,
    row: { id: string; owner: string; result: string | null; error: string | null },
  ): Promise<void> {
    const params: SqlParam[] = [
      state,
      row.result,
      row.error,
      sqlInstant(this.#clock.real()),
      row.id,
      row.owner,
    ];
    await tx.execute(
      `UPDATE outbox SET state = ?, result = ?, last_error = ?, finished_at = ?, lease_owner = NULL, lease_until = NULL
       WHERE id = ? AND lease_owner = ?`,
      params,
    );
  }
}

const COLUMNS = ['id', 'kind', 'business_key', 'payload', 'due_at', 'cycle_id', 'created_at'];

const valuesOf = (id: string, row: NewOutboxRow, now: number): SqlScalar[] => [
  id,
  row.kind,
  row.businessKey,
  JSON.stringify(row.payload),
  dueText(row.dueAt, now),
  row.cycleId ?? null,
  sqlInstant(now),
];

const dueText = (dueAt: NewOutboxRow['dueAt'], now: number): string =>
  dueAt === 'waits' ? WAITS : sqlInstant(dueAt ?? now);

const asRow = (row: RawRow): OutboxRow => ({
  id: row.id,
  kind: row.kind,
  businessKey: row.business_key,
  payload: JSON.parse(row.payload) as unknown,
  attempts: row.attempts + 1,
  cycleId: row.cycle_id,
});
