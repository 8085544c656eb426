import { createHmac } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { sqlInstant, type Clock } from '../../platform/clock.ts';
import type { Database, Sql } from '../../platform/database.ts';
import { newSecret } from '../../platform/ids.ts';
import { Session } from './session.entity.ts';

const HOUR_MS = 3_600_000;
/** A token that nobody renewed ends after a working day. */
const TOKEN_MS = 12 * HOUR_MS;
/** However often it is renewed, after a week one signs in again. */
const SESSION_MS = 7 * 24 * HOUR_MS;
/** A token older than this is exchanged for a new one at the next chance. */
const ROTATE_AFTER_MS = HOUR_MS;
/** Requests under way while the token is exchanged still carry the old one. */
const GRACE_MS = 60_000;
/** Ended sessions are kept this long for questions, then removed, some at each sign-in. */
const KEEP_ENDED_MS = 30 * 24 * HOUR_MS;
const REMOVE_AT_ONCE = 500;

export interface IssuedToken {
  readonly token: string;
  readonly maxAgeMs: number;
}

/** Sessions in MySQL: a stolen database yields no usable token, and ending one counts at the next request. */
export class SessionStore {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #secret: string;

  constructor(db: Database, clock: Clock, secret: string) {
    this.#db = db;
    this.#clock = clock;
    this.#secret = secret;
  }

  /** Starts a session with a token nobody has seen before; the one the browser held, if any, ends. */
  async start(
    person: { userId: string; corpId: string },
    previousToken: string | null,
  ): Promise<IssuedToken> {
    const now = this.#clock.real();
    return this.#db.transaction(async (tx) => {
      if (previousToken !== null) await this.#revoke(tx, previousToken, now);
      const old = sqlInstant(now - KEEP_ENDED_MS);
      await tx.execute(`DELETE FROM sessions WHERE expires_at < ? LIMIT ${REMOVE_AT_ONCE}`, [old]);
      return this.#issue(tx.manager, { ...person, createdAt: now });
    });
  }

  /** Who holds the token; null: nobody, or it has ended. */
  async holderOf(token: string): Promise<{ userId: string } | null> {
    const now = sqlInstant(this.#clock.real());
    const [row] = await this.#db.select<{ user_id: string }>(
      'SELECT user_id FROM sessions WHERE token_hash = ? AND (revoked_at IS NULL OR revoked_at > ?) AND expires_at > ?',
      [this.#hash(token), now, now],
    );
    return row ? { userId: row.user_id } : null;
  }

  /** A new token for an old one; null while it is young or when it has ended. The old one lasts a minute more. */
  async rotate(token: string): Promise<IssuedToken | null> {
    const now = this.#clock.real();
    return this.#db.transaction(async (tx) => {
      const session = await tx.manager.findOne(Session, {
        where: { tokenHash: this.#hash(token) },
        lock: { mode: 'pessimistic_write' },
      });
      if (!session || session.revokedAt !== null || session.expiresAt.getTime() <= now) return null;
      if (session.rotatedAt.getTime() > now - ROTATE_AFTER_MS) return null;
      await tx.manager.update(
        Session,
        { tokenHash: session.tokenHash },
        { revokedAt: new Date(now + GRACE_MS) },
      );
      const { userId, corpId } = session;
      return this.#issue(tx.manager, { userId, corpId, createdAt: session.createdAt.getTime() });
    });
  }

  async end(token: string): Promise<void> {
    await this.#revoke(this.#db, token, this.#clock.real());
  }

  /** Ends every session of these people, in the transaction of its cause. */
  async endAll(tx: Sql, userIds: readonly string[]): Promise<void> {
    if (userIds.length === 0) return;
    const now = sqlInstant(this.#clock.real());
    await tx.execute(
      'UPDATE sessions SET revoked_at = ? WHERE user_id IN (?) AND (revoked_at IS NULL OR revoked_at > ?)',
      [now, userIds, now],
    );
  }

  async #issue(
    manager: EntityManager,
    session: { userId: string; corpId: string; createdAt: number },
  ): Promise<IssuedToken> {
    const now = this.#clock.real();
    const token = newSecret();
    const expiresAt = Math.min(now + TOKEN_MS, session.createdAt + SESSION_MS);
    await manager.insert(Session, {
      tokenHash: this.#hash(token),
      userId: session.userId,
      corpId: session.corpId,
      createdAt: new Date(session.createdAt),
      rotatedAt: new Date(now),
      expiresAt: new Date(expiresAt),
      revokedAt: null,
    });
    return { token, maxAgeMs: expiresAt - now };
  }

  async #revoke(sql: Sql, token: string, now: number): Promise<void> {
    const at = sqlInstant(now);
    const where = 'token_hash = ? AND (revoked_at IS NULL OR revoked_at > ?)';
    await sql.execute(`UPDATE sessions SET revoked_at = ? WHERE ${where}`, [at, this.#hash(token), at]);
  }

  #hash(token: string): string {
    return createHmac('sha256', this.#secret).update(token).digest('hex');
  }
}
