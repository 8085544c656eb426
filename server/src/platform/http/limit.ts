import type { Redis } from 'ioredis';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
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
