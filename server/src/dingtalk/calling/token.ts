import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import type { Clock } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { whileRenewing } from '../../platform/while-renewing.ts';
import { DingTalkError } from './errors.ts';

export interface FreshToken {
  readonly value: string;
  readonly validForMs: number;
}

interface StoredToken {
  value: string;
  expiresAt: number;
}

/** DingTalk's advice: fetch again about ten minutes before the end. */
const EARLY_MS = 600_000;
/** A process that died holds the lock no longer; one that still fetches renews it. */
const LOCK_MS = 4_000;
const RENEW_MS = 1_000;
/** More than two fetches with their deadlines. */
const PATIENCE_MS = 36_000;
const LOOK_EVERY_MS = 100;
const RENEW = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end return 0`;
const UNLOCK = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;

/** The app's token: one for all processes, kept in Redis, fetched by one of them while the others wait. */
export class AppToken {
  readonly #redis: Redis;
  readonly #key: string;
  readonly #clock: Clock;
  readonly #fetch: () => Promise<FreshToken>;
  #known: StoredToken | null = null;
  #inFlight: Promise<string> | null = null;

  constructor(redis: Redis, key: string, clock: Clock, fetchToken: () => Promise<FreshToken>) {
    this.#redis = redis;
    this.#key = key;
    this.#clock = clock;
    this.#fetch = fetchToken;
  }

  /** A token that holds for some minutes yet. @throws DingTalkError */
  get(): Promise<string> {
    if (this.#known && this.#isFresh(this.#known)) return Promise.resolve(this.#known.value);
    return this.#once(null);
  }

  /** After DingTalk refused `refused`: the token that another process has fetched since, or a new one. */
  renew(refused: string): Promise<string> {
    if (this.#known && this.#known.value !== refused && this.#isFresh(this.#known)) {
      return Promise.resolve(this.#known.value);
    }
    this.#known = null;
    return this.#once(refused);
  }

  #once(refused: string | null): Promise<string> {
    this.#inFlight ??= this.#obtain(refused).finally(() => (this.#inFlight = null));
    return this.#inFlight;
  }

  async #obtain(refused: string | null): Promise<string> {
    const owner = newId();
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_EVERY_MS) {
      const stored = await this.#stored();
      if (stored && stored.value !== refused && this.#isFresh(stored)) return this.#keep(stored);
      if ((await this.#redis.set(this.#lock, owner, 'PX', LOCK_MS, 'NX')) === 'OK')
        return this.#holding(owner, () => this.#fetchUnderLock(refused));
      await sleep(LOOK_EVERY_MS);
    }
    throw new DingTalkError({
      trouble: 'token',
      dingtalkCode: '',
      api: 'token',
      message: 'lock held too long',
    });
  }

  get #lock(): string {
    return `${this.#key}:lock`;
  }

  async #holding<Result>(owner: string, work: () => Promise<Result>): Promise<Result> {
    const renew = (): Promise<unknown> => this.#redis.eval(RENEW, 1, this.#lock, owner, LOCK_MS);
    try {
      return await whileRenewing(RENEW_MS, renew, work);
    } finally {
      await this.#redis.eval(UNLOCK, 1, this.#lock, owner);
    }
  }

  /** Another process may have stored one between our look and our lock. */
  async #fetchUnderLock(refused: string | null): Promise<string> {
    const stored = await this.#stored();
    if (stored && stored.value !== refused && this.#isFresh(stored)) return this.#keep(stored);
    const fresh = await this.#fetch();
    const token = { value: fresh.value, expiresAt: this.#clock.real() + fresh.validForMs };
    await this.#redis.set(this.#key, JSON.stringify(token), 'PX', Math.max(fresh.validForMs, 1));
    return this.#keep(token);
  }

  async #stored(): Promise<StoredToken | null> {
    const text = await this.#redis.get(this.#key);
    return text === null ? null : (JSON.parse(text) as StoredToken);
  }

  #keep(token: StoredToken): string {
    this.#known = token;
    return token.value;
  }

  #isFresh(token: StoredToken): boolean {
    return token.expiresAt - EARLY_MS > this.#clock.real();
  }
}
