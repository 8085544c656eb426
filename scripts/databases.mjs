// The databases and Redis keys that belong to this clone, on servers that may be shared with others.
import { CLONE_HASH } from './clone.mjs';
import { isAlive } from './processes.mjs';
import { connectMysql, connectRedis } from './services/trial.mjs';

const SCAN_COUNT = 500;

/**
 * Drops test databases and keys of this clone whose process has ended; those of a run beside this one stay.
 * @param ended a process that still runs and has no use for its own any more
 */
export async function dropLeftovers({ mysql, redis }, { runId = CLONE_HASH, ended } = {}) {
  const isOver = (pid) => pid === ended || !isAlive(pid);
  const connection = await connectMysql(mysql.url);
  try {
    const [rows] = await connection.query('SHOW DATABASES LIKE ?', [`shigang\\_test\\_${runId}\\_%`]);
    for (const name of rows.flatMap((row) => Object.values(row))) {
      if (isOver(Number(name.split('_')[3]))) await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
    }
  } finally {
    connection.destroy();
  }
  const start = `{shigang-${runId}-`;
  await removeKeys(redis.url, start, (key) => isOver(Number(key.slice(start.length).split('-')[0])));
}

/** Removes the keys that start with `prefix` and that `isOurs` accepts; never FLUSHALL, others may live there. */
export async function removeKeys(url, prefix, isOurs = () => true) {
  const client = connectRedis(url);
  try {
    await client.connect();
    let cursor = '0';
    do {
      const [next, keys] = await client.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', SCAN_COUNT);
      const ours = keys.filter(isOurs);
      if (ours.length > 0) await client.unlink(...ours);
      cursor = next;
    } while (cursor !== '0');
  } finally {
    client.disconnect();
  }
}

/** Drops `name` if it is there and makes it anew, empty. */
export async function recreateDatabase(url, name) {
  const connection = await connectMysql(url);
  try {
    await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
    await connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  } finally {
    connection.destroy();
  }
}

export async function dropDatabase(url, name) {
  const connection = await connectMysql(url);
  try {
    await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
  } finally {
    connection.destroy();
  }
}

/** URL of a database on a server. */
export function databaseUrl(serverUrl, name) {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
