// MySQL and Redis for demo, tests and benches: the first candidate that passes a trial.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startContainer } from './compose.mjs';
import { startMysql97 } from './mysql97.mjs';
import {
  installedMysql,
  installedRedis,
  startMysql,
  startRedis,
  unpackedMysql,
  unpackedRedis,
} from './private-servers.mjs';
import { tryMysql, tryRedis } from './trial.mjs';
import { withUnpacked } from './unpack.mjs';

const stopNothing = async () => {};

/** Debian packages, by folder name in the cache, and how to start what they hold. */
const PACKAGES = {
  mariadb: {
    packages: ['mariadb-server-core', 'mariadb-client-core'],
    start: (unpackedAt, { folder, isForTests }) =>
      startMysql(unpackedMysql(unpackedAt), folder, { isForTests }),
  },
  // Debian's redis-server is a link to a program of redis-tools.
  redis: {
    packages: ['redis-server', 'redis-tools'],
    start: (unpackedAt, { folder }) => startRedis(unpackedRedis(unpackedAt), folder),
  },
};

/**
 * The candidates in their order. Each answers {url, version, engine?, stop} or throws with the reason.
 * `SHIGANG_SERVICES` (for tests of this very search) names the only ones to be tried, by comma.
 */
const CANDIDATES = {
  mysql: [
    ['environment', ({ env }) => given(env.DATABASE_URL, 'DATABASE_URL', tryMysql, withoutDatabase)],
    ['default', () => running('mysql://shigang:shigang@127.0.0.1:3306', tryMysql)],
    [
      'installed',
      ({ folder, isForTests }) =>
        startMysql(found(installedMysql(), 'mariadbd or mysqld'), folder, { isForTests }),
    ],
    ['unpacked', (run) => fromPackages('mariadb', run)],
    ['docker', ({ folder, log }) => startContainer('mysql', folder, log)],
  ],
  redis: [
    ['environment', ({ env }) => given(env.REDIS_URL, 'REDIS_URL', tryRedis)],
    ['default', () => running('redis://127.0.0.1:6379', tryRedis)],
    ['installed', ({ folder }) => startRedis(found(installedRedis(), 'redis-server'), folder)],
    ['unpacked', (run) => fromPackages('redis', run)],
    ['docker', ({ folder, log }) => startContainer('redis', folder, log)],
  ],
};

const ADVICE = {
  mysql: 'install MariaDB ≥ 10.11 or MySQL ≥ 8.4 (Debian: mariadb-server), or set DATABASE_URL',
  redis: 'install Redis ≥ 6.2 (Debian: redis-server), or set REDIS_URL',
};

/**
 * Finds or starts MySQL and Redis, both at once. @param run {path} folder of this run; `engine: 'mysql97'` asks for a
 * private MySQL of the newest release instead of whatever is found; `isForTests`: a private one may lose everything when
 * its machine does.
 * @returns {Promise<{mysql: {url, engine, version, source}, redis: {url, version, source}, stop}>}
 */
export async function openServices(run, options = {}) {
  const { log = console.log, engine, env = process.env, isForTests = false } = options;
  const open = async (kind) => {
    const newest = kind === 'mysql' && engine === 'mysql97';
    const context = { folder: join(run.path, kind), log, env, isForTests };
    mkdirSync(context.folder, { recursive: true });
    const server = newest ? await startMysql97(context) : await firstThatPasses(kind, context);
    log(`${server.engine ?? kind} ${server.version} (${server.source})`);
    return server;
  };
  const opened = await Promise.allSettled([open('mysql'), open('redis')]);
  const stop = async () => {
    for (const { value } of opened.splice(0).reverse()) await value?.stop();
  };
  const failed = opened.find(({ status }) => status === 'rejected');
  if (failed !== undefined) {
    await stop();
    throw failed.reason;
  }
  const [mysql, redis] = opened.map(({ value }) => value);
  return { mysql, redis, stop };
}

/** Whether the MySQL was started for this run and ends with it. */
export const isPrivate = ({ mysql }) => !['environment', 'default'].includes(mysql.source);

async function firstThatPasses(kind, context) {
  const tried = [];
  const only = context.env.SHIGANG_SERVICES?.split(',');
  for (const [source, open] of CANDIDATES[kind]) {
    if (only && !only.includes(source)) continue;
    try {
      const server = await open(context);
      if (server !== null) return { ...server, source };
      tried.push(`${source}: not set`);
    } catch (error) {
      tried.push(`${source}: ${error.message || error.code}`);
    }
  }
  throw new Error(
    `No usable ${kind === 'mysql' ? 'MySQL' : 'Redis'} (${tried.join('; ')}): ${ADVICE[kind]}.`,
  );
}

async function given(url, name, trial, prepare = (text) => text) {
  if (url === undefined || url === '') return null;
  if (!URL.canParse(url)) throw new Error(`${name} is not a URL`);
  return running(prepare(url), trial);
}

async function running(url, trial) {
  return { url, ...(await trial(url)), stop: stopNothing };
}

/** Demo and tests take the server only, never the database that the URL names. */
function withoutDatabase(text) {
  const url = new URL(text);
  url.pathname = '';
  return url.href;
}

function found(programs, name) {
  if (programs === null) throw new Error(`${name} is not installed`);
  return programs;
}

const fromPackages = (name, context) =>
  withUnpacked({ name, packages: PACKAGES[name].packages, log: context.log }, (at) =>
    PACKAGES[name].start(at, context),
  );
