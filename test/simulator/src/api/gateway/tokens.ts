import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../../clock/clock.ts';

/** Life of the app's token and of the JSAPI ticket, renewed by fetching it again. */
export const TOKEN_SECONDS = 7_200;
/** A ticket is renewed at most this long after its creation. */
const TICKET_LIFE_MS = 24 * 3_600_000;
/** Life of a login code that the client hands to the page. */
const CODE_LIFE_MS = 5 * 60_000;

interface Issued {
  value: string;
  createdAt: number;
  expiresAt: number;
}

const opaque = (prefix: string): string => `${prefix}${randomUUID().replaceAll('-', '')}`;

/** One value per app: fetched again while it is valid it stays the same and lives on. */
class RenewedSecret {
  readonly #clock: SimulatorClock;
  readonly #prefix: string;
  readonly #longestMs: number;
  #current: Issued | undefined;

  constructor(clock: SimulatorClock, prefix: string, longestMs: number) {
    this.#clock = clock;
    this.#prefix = prefix;
    this.#longestMs = longestMs;
  }

  issue(): { value: string; expireIn: number } {
    const now = this.#clock.real();
    if (this.#current === undefined || !this.isValid(this.#current.value)) {
      this.#current = { value: opaque(this.#prefix), createdAt: now, expiresAt: now };
    }
    const last = this.#current.createdAt + this.#longestMs;
    this.#current.expiresAt = Math.min(now + TOKEN_SECONDS * 1_000, last);
    return { value: this.#current.value, expireIn: Math.round((this.#current.expiresAt - now) / 1_000) };
  }

  isValid(value: string): boolean {
    const current = this.#current;
    return current !== undefined && current.value === value && this.#clock.real() < current.expiresAt;
  }

  revoke(): void {
    this.#current = undefined;
  }
}

/** Tokens, tickets and login codes. Their life times are real time. */
export class Tokens {
  readonly #clock: SimulatorClock;
  readonly #app: RenewedSecret;
  readonly #ticket: RenewedSecret;
  readonly #codes = new Map<string, { userid: string; expiresAt: number }>();

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
    this.#app = new RenewedSecret(clock, 'simtoken', Number.POSITIVE_INFINITY);
    this.#ticket = new RenewedSecret(clock, 'simticket', TICKET_LIFE_MS);
  }

  appToken(): { value: string; expireIn: number } {
    return this.#app.issue();
  }

  isAppToken(value: string): boolean {
    return this.#app.isValid(value);
  }

  /** From now on the present token is unknown; the next one fetched is new. */
  revokeAppToken(): void {
    this.#app.revoke();
  }

  jsapiTicket(): { value: string; expireIn: number } {
    return this.#ticket.issue();
  }

  /** @returns a code that stands for the person once, for five minutes */
  authCode(userid: string): string {
    const code = opaque('simcode');
    this.#codes.set(code, { userid, expiresAt: this.#clock.real() + CODE_LIFE_MS });
    return code;
  }

  /** @returns whose code it was; undefined if it is unknown, used or too old */
  useAuthCode(code: string): string | undefined {
    const known = this.#codes.get(code);
    this.#codes.delete(code);
    return known !== undefined && this.#clock.real() < known.expiresAt ? known.userid : undefined;
  }
}
