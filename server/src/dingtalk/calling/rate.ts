import { setTimeout as sleep } from 'node:timers/promises';
import type { Redis } from 'ioredis';

/**
 * DingTalk allows 20 calls a second per app and API on the standard edition. Calls are spaced evenly, a little wider
 * than 50 ms, so that neither a counting second nor a sliding one ever sees more than 20 whatever the network does.
 */
export const SPACING_MS = 52;

/** Takes the next free slot of an API; the answer is how long to wait for it, ms. One clock for all: Redis's. */
const TAKE_SLOT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local free = tonumber(redis.call('GET', KEYS[1]) or '0')
local slot = math.max(now, free)
redis.call('SET', KEYS[1], slot + ARGV[1], 'PX', slot - now + 60000)
return slot - now`;

/** Nobody takes a slot of the API before the pause is over. */
const HOLD_BACK = `
local time = redis.call('TIME')
local free = time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[1]
if free > tonumber(redis.call('GET', KEYS[1]) or '0') then redis.call('SET', KEYS[1], free, 'PX', ARGV[1] + 60000) end
return 1`;

/** Spaces the calls of all processes per app and API; a caller waits for its slot, it is never refused. */
export class CallSpacing {
  readonly #redis: Redis;
  readonly #prefix: string;
  readonly #spacingMs: number;

  constructor(redis: Redis, prefix: string, spacingMs: number) {
    this.#redis = redis;
    this.#prefix = prefix;
    this.#spacingMs = spacingMs;
  }

  async takeSlot(path: string): Promise<void> {
    const waitMs = Number(await this.#redis.eval(TAKE_SLOT, 1, `${this.#prefix}:${path}`, this.#spacingMs));
    if (waitMs > 0) await sleep(waitMs);
  }

  /** After a refusal: all processes stay away from the API for `pauseMs`. */
  async holdBack(path: string, pauseMs: number): Promise<void> {
    await this.#redis.eval(HOLD_BACK, 1, `${this.#prefix}:${path}`, pauseMs);
  }
}
