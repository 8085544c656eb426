import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Middleware } from 'koa';
import { AppError } from '@shigang/shared';

/** Requests per minute and person (or address, before sign-in): far above what a screen needs, far below a flood. */
const POINTS = 600;
const SECONDS = 60;

/** Limits requests per user and address across all servers. @throws AppError request.too_many */
export function createLimit(redis: Redis, prefix: string): (key: string) => Promise<void> {
  const limiter = new RateLimiterRedis({
    storeClient: redis,
    keyPrefix: `${prefix}:http`,
    points: POINTS,
    duration: SECONDS,
    // A flood is stopped in memory, without asking Redis again.
    inMemoryBlockOnConsumed: POINTS + 1,
  });
  return async (key) => {
    try {
      await limiter.consume(key);
    } catch (error) {
      if (error instanceof RateLimiterRes) throw new AppError('request.too_many');
      throw error;
    }
  };
}

/** Files of the mini-app and health checks are not counted, /api/v1 counts by itself and by person. */
const UNCOUNTED = /^\/(?:assets\/|sw\.js$|api\/|healthz$|readyz$|metrics$)/;

/** Limits pages and the queue console per address, before a session is looked up. */
export const limitPages =
  (limit: (key: string) => Promise<void>): Middleware =>
  async (ctx, next) => {
    if (!UNCOUNTED.test(ctx.path)) await limit(`page ${ctx.ip}`);
    await next();
  };
