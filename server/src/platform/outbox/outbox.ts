import { sqlInstant, type Clock } from '../clock.ts';
import type { Database, Sql, SqlParam, SqlScalar, Tx } from '../database.ts';
import { newId } from '../ids.ts';
import { readJson } from '../json.ts';
import { businessKeyOf, type Lane, type Post } from './post.ts';

export type OutboxState = 'pending' | 'sending' | 'sent' | 'dead' | 'cancelled';

/** One row of a {@link Post}: its kind and key come from the declaration. */
export interface Letter<Payload extends object> {
  readonly payload: Payload;
  /** Real time in ms; default now. `waits`: until something else makes it due. */
  readonly dueAt?: number | 'waits';
  readonly cycleId?: string | null;
  /** Default: a new one. */
  readonly id?: string;
}

export interface OutboxRow<Payload extends object = object> {
  readonly id: string;
  readonly kind: string;
  readonly businessKey: string;
  readonly payload: Payload;
  /** This one included. */
  readonly attempts: number;
  readonly cycleId: string | null;
}

/** Does more in the transaction that writes down what became of a row; left out when somebody else holds the row by now. */
export type Also = (tx: Tx) => Promise<void>;

/** `9999-12-31`: waits for a gate, a reply or a day. */
const WAITS = '9999-12-31 00:00:00.000';
/** A worker that died holds its rows no longer than this; another then takes them up (fault bar: 10 s). */
const LEASE_MS = 6_000;
const BACKOFF_MS = [1_000, 4_000, 15_000, 60_000, 300_000, 900_000];
/** After this many failed attempts a row is dead and shown to HR and the administrator. */
export const MAX_ATTEMPTS = 12;
const LONGEST_ERROR = 2_000;

interface RawRow {
  id: string;
  kind: string;
  business_key: string;
  payload: string;
  attempts: number;
  cycle_id: string | null;
}

/**
 * The one way out: rows written in the transaction of their cause, sent by a worker, resolved by asking when in doubt. It is
 * post, not memory: rows that are sent are deleted after a while, and what has to be known later stands with whom it concerns.
 */
export class Outbox {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Adds a row inside the caller's transaction; a row with the same key already there wins. @returns the id of the kept one */
  async add<Payload extends object>(
    tx: Sql,
    post: Post<Payload>,
    letter: Letter<NoInfer<Payload>>,
  ): Promise<string> {
    const id = letter.id ?? newId();
    await this.addMany(tx, post, [{ ...letter, id }]);
    const [kept] = await tx.select<{ id: string }>('SELECT id FROM outbox WHERE business_key = ?', [
      businessKeyOf(post, post.key(letter.payload)),
    ]);
    return kept?.id ?? id;
  }

  /** Adds many rows inside the caller's transaction, in few statements; rows whose key is there already win. */
  async addMany<Payload extends object>(
    tx: Sql,
    post: Post<Payload>,
    letters: readonly Letter<NoInfer<Payload>>[],
  ): Promise<void> {
    const now = this.#clock.real();
    const values = letters.map((letter) => valuesOf(post, letter, now));
    await tx.insertMany('outbox', COLUMNS, values, { update: [] });
  }

  /** Makes a row that waits for its gate due now; one that is due, sent or gone stays as it is. */
  async release(tx: Sql, post: Post, key: string): Promise<void> {
    await tx.execute(
      "UPDATE outbox SET due_at = ? WHERE business_key = ? AND state = 'pending' AND due_at = ?",
      [sqlInstant(this.#clock.real()), businessKeyOf(post, key), WAITS],
    );
  }

  /** Takes a row back that has not been touched yet. @returns false when it was sent, tried or is gone */
  async cancel(tx: Sql, post: Post, key: string): Promise<boolean> {
    const done = await tx.execute(
      `UPDATE outbox SET state = 'cancelled', finished_at = ?
       WHERE business_key = ? AND state = 'pending' AND attempts = 0`,
      [sqlInstant(this.#clock.real()), businessKeyOf(post, key)],
    );
    return done.affectedRows > 0;
  }

  /** One more try for a row that was given up because trouble lasted; one that was refused stays given up. */
  async tryAgain(tx: Sql, post: Post, key: string): Promise<boolean> {
    const done = await tx.execute(
      `UPDATE outbox SET state = 'pending', attempts = ?, due_at = ?, finished_at = NULL
       WHERE business_key = ? AND state = 'dead' AND attempts >= ?`,
      [MAX_ATTEMPTS - 1, sqlInstant(this.#clock.real()), businessKeyOf(post, key), MAX_ATTEMPTS],
    );
    return done.affectedRows > 0;
  }

  /** Those of `keys` whose row nobody will send any more: it was sent, given up, taken back or deleted. */
  async ended(sql: Sql, post: Post, keys: readonly string[]): Promise<Set<string>> {
    if (keys.length === 0) return new Set();
    const rows = await sql.select<{ businessKey: string }>(
      "SELECT business_key AS businessKey FROM outbox WHERE business_key IN (?) AND state IN ('pending', 'sending')",
      [keys.map((key) => businessKeyOf(post, key))],
    );
    const open = new Set(rows.map(({ businessKey }) => businessKey));
    return new Set(keys.filter((key) => !open.has(businessKeyOf(post, key))));
  }

  /**
   * JSON that a row carries; null: there is no such row, or no longer. For what an earlier release left with its post alone.
   */
  async payloadOf(sql: Sql, id: string): Promise<string | null> {
    const [row] = await sql.select<{ payload: string }>('SELECT payload FROM outbox WHERE id = ?', [id]);
    return row?.payload ?? null;
  }

  /** What of a cycle is still to be sent: rows by kind, those that wait for a gate or a day included. */
  async openOf(sql: Sql, cycleId: string): Promise<{ kind: string; rows: number }[]> {
    const found = await sql.select<{ kind: string; n: number }>(
      `SELECT kind, COUNT(*) AS n FROM outbox WHERE cycle_id = ? AND state IN ('pending', 'sending')
       GROUP BY kind ORDER BY kind`,
      [cycleId],
    );
    return found.map(({ kind, n }) => ({ kind, rows: Number(n) }));
  }

  /** Puts a row that is being sent back to wait until it is released, as if it had never been tried. */
  async park(tx: Sql, id: string): Promise<void> {
    await tx.execute(
      `UPDATE outbox SET state = 'pending', due_at = ?, attempts = 0, lease_owner = NULL, lease_until = NULL
       WHERE id = ? AND state = 'sending'`,
      [WAITS, id],
    );
  }

  /**
   * Leases due rows of the given kinds to `owner`, oldest first, of one lane or of all; rows of a dead worker come back when
   * their lease ends.
   */
  claim(owner: string, kinds: readonly string[], limit: number, lane?: Lane): Promise<OutboxRow[]> {
    const inLane = lane === undefined ? { sql: '1 = 1', params: [] } : { sql: 'lane = ?', params: [lane] };
    return this.#db.transaction(async (tx) => {
      const now = this.#clock.real();
      const rows = await tx.select<RawRow>(
        `SELECT id, kind, business_key, payload, attempts, cycle_id FROM outbox
         WHERE ${inLane.sql} AND kind IN (?)
           AND ((state = 'pending' AND due_at <= ?) OR (state = 'sending' AND lease_until <= ?))
         ORDER BY created_at, business_key LIMIT ${Math.trunc(limit)} FOR UPDATE SKIP LOCKED`,
        [...inLane.params, kinds, sqlInstant(now), sqlInstant(now)],
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

  /** Marks a row sent with what the other side answered. */
  async finish(id: string, owner: string, result: object, also?: Also): Promise<void> {
    await this.#close('sent', { id, owner, result: JSON.stringify(result), error: null }, also);
  }

  /** Gives a row up for good: it is shown, never retried by itself. */
  async abandon(id: string, owner: string, error: string, also?: Also): Promise<void> {
    await this.#close('dead', { id, owner, result: null, error }, also);
  }

  /** Back in the queue with growing pauses, or at `retryAt` (real ms). */
  async retry(
    row: Pick<OutboxRow, 'id' | 'attempts'>,
    owner: string,
    { error, retryAt }: { readonly error: string; readonly retryAt?: number },
    also?: Also,
  ): Promise<void> {
    const pause = BACKOFF_MS[Math.min(row.attempts - 1, BACKOFF_MS.length - 1)] ?? 1_000;
    await this.#change(
      `UPDATE outbox SET state = 'pending', due_at = ?, lease_owner = NULL, lease_until = NULL, last_error = ?
       WHERE id = ? AND lease_owner = ?`,
      [sqlInstant(retryAt ?? this.#clock.real() + pause), error.slice(0, LONGEST_ERROR), row.id, owner],
      also,
    );
  }

  /** Rows that are due or being sent, of one lane or of all; rows that wait for a gate or a day do not count. */
  async dueCount(lane?: Lane): Promise<number> {
    const now = sqlInstant(this.#clock.real());
    const [row] = await this.#db.select<{ n: number }>(
      `SELECT COUNT(*) AS n FROM outbox
       WHERE ${lane === undefined ? '' : 'lane = ? AND'} ((state = 'pending' AND due_at <= ?) OR state = 'sending')`,
      lane === undefined ? [now] : [lane, now],
    );
    return row?.n ?? 0;
  }

  async #close(
    state: OutboxState,
    row: { id: string; owner: string; result: string | null; error: string | null },
    also?: Also,
  ): Promise<void> {
    const error = row.error?.slice(0, LONGEST_ERROR) ?? null;
    await this.#change(
      `UPDATE outbox SET state = ?, result = ?, last_error = ?, finished_at = ?, lease_owner = NULL, lease_until = NULL
       WHERE id = ? AND lease_owner = ?`,
      [state, row.result, error, sqlInstant(this.#clock.real()), row.id, row.owner],
      also,
    );
  }

  async #change(sql: string, params: readonly SqlParam[], also?: Also): Promise<void> {
    if (!also) {
      await this.#db.execute(sql, params);
      return;
    }
    await this.#db.transaction(async (tx) => {
      const done = await tx.execute(sql, params);
      if (done.affectedRows > 0) await also(tx);
    });
  }
}

const COLUMNS = ['id', 'kind', 'lane', 'business_key', 'payload', 'due_at', 'cycle_id', 'created_at'];

const valuesOf = <Payload extends object>(
  post: Post<Payload>,
  { id, payload, dueAt, cycleId }: Letter<Payload>,
  now: number,
): SqlScalar[] => [
  id ?? newId(),
  post.kind,
  post.lane,
  businessKeyOf(post, post.key(payload)),
  JSON.stringify(payload),
  dueAt === 'waits' ? WAITS : sqlInstant(dueAt ?? now),
  cycleId ?? null,
  sqlInstant(now),
];

const asRow = (row: RawRow): OutboxRow => ({
  id: row.id,
  kind: row.kind,
  businessKey: row.business_key,
  payload: readJson<object>(row.payload),
  attempts: row.attempts + 1,
  cycleId: row.cycle_id,
});
