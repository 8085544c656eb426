import { Redis } from 'ioredis';
import { AppError } from '@shigang/shared';

/** Opens a Redis connection as BullMQ wants it. @throws AppError service.unavailable */
export async function openRedis(url: string): Promise<Redis> {
  const redis = new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    connectTimeout: 5_000,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
  } catch (cause) {
    redis.disconnect();
    throw new AppError('service.unavailable', { service: '缓存（Redis）' }, { cause });
  }
  // From here on a lost connection comes back by itself.
  redis.options.retryStrategy = (times: number) => Math.min(times * 200, 2_000);
  return redis;
}

/** BullMQ loses jobs under any policy that evicts. */
export async function evictionPolicy(redis: Redis): Promise<string> {
  const info = await redis.info('memory');
  return /maxmemory_policy:(\S+)/.exec(info)?.[1] ?? 'unknown';
}
