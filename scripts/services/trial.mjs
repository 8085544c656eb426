// Whether a server found somewhere is one that the product can use. The drivers are the product's own.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ROOT } from '../clone.mjs';

const MIN_MYSQL = [8, 4];
const MIN_MARIADB = [10, 11];
const MIN_REDIS = [6, 2];
const CONNECT_MS = 3_000;

// Resolved when used: before the first install there is nothing to resolve.
const driver = (name) => createRequire(join(ROOT, 'server', 'package.json'))(name);

/** A connection to the server of `url`; `dateStrings` and friends do not matter to scripts. */
export const connectMysql = (url) =>
  driver('mysql2/promise').createConnection({
    uri: url,
    connectTimeout: CONNECT_MS,
    supportBigNumbers: true,
  });

/**
 * Tries a MySQL server: it must be new enough and let us create and drop a database.
 * @param url `mysql://user:password@host:port` without a database
 * @returns {Promise<{engine: 'mysql'|'mariadb', version: string}>}; throws with the reason
 */
export async function tryMysql(url) {
  const connection = await connectMysql(url);
  try {
    const [[{ version }]] = await connection.query('SELECT VERSION() AS version');
    const engine = /mariadb/i.test(version) ? 'mariadb' : 'mysql';
    const least = engine === 'mariadb' ? MIN_MARIADB : MIN_MYSQL;
    if (isOlder(version, least)) throw final(`${engine} ${version} is older than ${least.join('.')}`);
    const name = `shigang_trial_${process.pid}_${Math.trunc(performance.now())}`;
    await connection.query(`CREATE DATABASE \`${name}\``);
    await connection.query(`DROP DATABASE \`${name}\``);
    return { engine, version };
  } finally {
    connection.destroy();
  }
}

/** A Redis connection that fails instead of trying again for ever. */
export function connectRedis(url) {
  const { Redis } = driver('ioredis');
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  client.on('error', () => {});
  return client;
}

/** Tries a Redis server: new enough, no password asked, noeviction. @returns {Promise<{version: string}>} */
export async function tryRedis(url) {
  const client = connectRedis(url);
  try {
    await client.connect();
    const info = await client.info();
    const field = (name) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1] ?? '';
    const version = field('redis_version');
    if (isOlder(version, MIN_REDIS)) throw final(`Redis ${version} is older than ${MIN_REDIS.join('.')}`);
    const policy = field('maxmemory_policy');
    if (policy !== 'noeviction') throw final(`its maxmemory-policy is ${policy}, not noeviction`);
    return { version };
  } finally {
    client.disconnect();
  }
}

function isOlder(version, least) {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10));
  return major < least[0] || (major === least[0] && minor < least[1]);
}

/** A reason that waiting does not change. */
const final = (message) => Object.assign(new Error(message), { isFinal: true });
