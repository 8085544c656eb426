import { createHash } from 'node:crypto';
import { sqlInstant, type Clock } from '../clock.ts';
import type { Database, Sql } from '../database.ts';

export interface NewInboxEvent {
  /** DingTalk's; the same event is stored once, however often it comes. */
  readonly eventId: string;
  readonly kind: string;
  /** Events of one subject are applied one after the other, in the order in which they were born. */
  readonly subject: string;
  readonly payload: object;
  /** Business time, ms. */
  readonly bornAt: number;
}

export interface InboxEvent {
  readonly eventId: string;
  readonly kind: string;
  readonly subject: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Business time, ms. */
  readonly bornAt: number;
  /** This one included. */
  readonly attempts: number;
}

/** A reader that died holds its event no longer than this; another then takes it up (fault bar: 10 s). */
const LEASE_MS = 6_000;
/** After this many attempts an event is dead and shown to the administrator. */
const MAX_ATTEMPTS = 12;
/** Widths of the columns. */
const LONGEST = { eventId: 128, kind: 64, subject: 128, error: 2_000 };
/** Looked at for the next free event: more readers than this never are. */
const CANDIDATES = 20;

interface RawEvent {
  event_id: string;
  kind: string;
  subject: string;
  payload: string;
  born_at: Date;
  attempts: number;
}

/** The one way in: what DingTalk tells is stored before it is acknowledged, and applied from here. */
export class Inbox {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** Keeps an event, inside `sql` when it belongs to other changes. @returns whether it was new */
  async store(event: NewInboxEvent, sql: Sql = this.#db): Promise<boolean> {
    const row = [
      fitting(event.eventId, LONGEST.eventId),
      event.kind.slice(0, LONGEST.kind),
      fitting(event.subject, LONGEST.subject),
      JSON.stringify(event.payload),
      sqlInstant(event.bornAt),
      sqlInstant(this.#clock.real()),
    ];
    return (await sql.insertMany('inbox', COLUMNS, [row], { update: [] })) > 0;
  }

  /**
   * Leases the oldest event that is due to `owner`; null: there is none. An event waits for every earlier one of its
   * subject, also for one that is tried again later; what a dead reader held comes back when its lease ends.
   */
  async claim(owner: string): Promise<InboxEvent | null> {
    for (const candidate of await this.#candidates(CANDIDATES)) {
      const now = this.#clock.real();
      // Only as it was when it was looked at: another reader may have tried it in the meantime.
      const taken = await this.#db.execute(
        `UPDATE inbox SET attempts = attempts + 1, lease_owner = ?, lease_until = ?
         WHERE event_id = ? AND state = 'pending' AND attempts = ? AND (lease_until IS NULL OR lease_until <= ?)`,
        [owner, sqlInstant(now + LEASE_MS), candidate.event_id, candidate.attempts, sqlInstant(now)],
      );
      if (taken.affectedRows > 0) return asEvent(candidate);
    }
    return null;
  }

  /** Whether an event waits to be claimed now. */
  async hasDue(): Promise<boolean> {
    return (await this.#candidates(1)).length > 0;
  }

  /** The first pending event of each subject, if it is due and nobody holds one of that subject; oldest first. */
  #candidates(limit: number): Promise<RawEvent[]> {
    const now = sqlInstant(this.#clock.real());
    return this.#db.select<RawEvent>(
      `SELECT i.event_id, i.kind, i.subject, i.payload, i.born_at, i.attempts FROM inbox i
       WHERE i.state = 'pending' AND (i.due_at IS NULL OR i.due_at <= ?)
         AND (i.lease_until IS NULL OR i.lease_until <= ?)
         AND NOT EXISTS (
           SELECT 1 FROM inbox e
           WHERE e.state = 'pending' AND e.subject = i.subject AND e.event_id <> i.event_id
             AND (e.lease_until > ? OR e.born_at < i.born_at
                  OR (e.born_at = i.born_at AND e.event_id < i.event_id)))
       ORDER BY i.born_at, i.event_id LIMIT ${Math.trunc(limit)}`,
      [now, now, now],
    );
  }

  /** Keeps a lease alive while an event is being applied. */
  async extend(eventId: string, owner: string): Promise<void> {
    await this.#db.execute(
      "UPDATE inbox SET lease_until = ? WHERE event_id = ? AND lease_owner = ? AND state = 'pending'",
      [sqlInstant(this.#clock.real() + LEASE_MS), eventId, owner],
    );
  }

  async finish(eventId: string, owner: string): Promise<void> {
    await this.#db.execute(
      `UPDATE inbox SET state = 'applied', applied_at = ?, last_error = NULL, lease_owner = NULL, lease_until = NULL
       WHERE event_id = ? AND lease_owner = ? AND state = 'pending'`,
      [sqlInstant(this.#clock.real()), eventId, owner],
    );
  }

  /** Back in the line after a pause; dead after {@link MAX_ATTEMPTS}. @returns whether it will be tried again */
  async retry(
    event: InboxEvent,
    owner: string,
    failure: { error: string; afterMs: number },
  ): Promise<boolean> {
    const isDead = event.attempts >= MAX_ATTEMPTS;
    const dueAt = isDead ? null : sqlInstant(this.#clock.real() + failure.afterMs);
    await this.#db.execute(
      `UPDATE inbox SET state = ?, due_at = ?, last_error = ?, lease_owner = NULL, lease_until = NULL
       WHERE event_id = ? AND lease_owner = ? AND state = 'pending'`,
      [isDead ? 'dead' : 'pending', dueAt, failure.error.slice(0, LONGEST.error), event.eventId, owner],
    );
    return !isDead;
  }

  /** Everything of these kinds that has not been applied yet, for a handler that applies many at once. */
  async pendingOf(kinds: readonly string[]): Promise<Pick<InboxEvent, 'eventId' | 'payload'>[]> {
    const rows = await this.#db.select<Pick<RawEvent, 'event_id' | 'payload'>>(
      "SELECT event_id, payload FROM inbox WHERE state = 'pending' AND kind IN (?)",
      [kinds],
    );
    return rows.map((row) => ({ eventId: row.event_id, payload: payloadOf(row) }));
  }

  /** Marks events as applied whose effect another one brought about. */
  async finishAll(eventIds: readonly string[]): Promise<void> {
    if (eventIds.length === 0) return;
    await this.#db.execute(
      `UPDATE inbox SET state = 'applied', applied_at = ?, last_error = NULL, lease_owner = NULL, lease_until = NULL
       WHERE event_id IN (?) AND state = 'pending'`,
      [sqlInstant(this.#clock.real()), eventIds],
    );
  }
}

const COLUMNS = ['event_id', 'kind', 'subject', 'payload', 'born_at', 'received_at'];

/** A text too long for its column keeps its beginning and stays unlike any other. */
const fitting = (text: string, longest: number): string =>
  text.length <= longest
    ? text
    : `${text.slice(0, longest - 65)}#${createHash('sha256').update(text).digest('hex')}`;

const payloadOf = (row: Pick<RawEvent, 'payload'>): InboxEvent['payload'] =>
  JSON.parse(row.payload) as InboxEvent['payload'];

const asEvent = (row: RawEvent): InboxEvent => ({
  eventId: row.event_id,
  kind: row.kind,
  subject: row.subject,
  payload: payloadOf(row),
  bornAt: row.born_at.getTime(),
  attempts: row.attempts + 1,
});
