import type { Redis } from 'ioredis';
import { openRedis } from '@shigang/server';
import { afterSuite, testServers } from './servers.ts';

export interface TestRedis {
  readonly url: string;
  /** Prefix of every key of the suite, with its braces: `{shigang-<clone>-<pid>-<n>}`. */
  readonly prefix: string;
  readonly client: Redis;
}

let count = 0;
const SCAN_COUNT = 500;

/** A Redis connection and a prefix of this suite alone; its keys go and the connection closes after the last test. */
export async function testRedis(): Promise<TestRedis> {
  const { redisUrl, runId } = testServers();
  const prefix = `{shigang-${runId}-${process.pid}-${++count}}`;
  const client = await openRedis(redisUrl);
  await removeKeys(client, prefix);
  afterSuite(async () => {
    await removeKeys(client, prefix);
    await client.quit();
  });
  return { url: redisUrl, prefix, client };
}

/** Removes the keys under a prefix; others on the same server are not touched. */
export async function removeKeys(client: Redis, prefix: string): Promise<void> {
  let cursor = '0';
  do {
    const [next, keys] = await client.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', SCAN_COUNT);
    if (keys.length > 0) await client.unlink(...keys);
    cursor = next;
  } while (cursor !== '0');
}
