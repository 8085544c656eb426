// MySQL and Redis of this run alone: private data folders, free ports, ended with the run.
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText } from '../clone.mjs';
import { cleanEnv } from '../environment.mjs';
import { findProgram, freePort, isExecutable, run, startWatched, until, widePath } from '../processes.mjs';
import { tryMysql, tryRedis } from './trial.mjs';

const START_MS = 60_000;
const isRoot = () => process.getuid?.() === 0;

/** Same behaviour on every engine: strict modes, UTC, binary collation; nothing is kept beyond the run. */
const COMMON_MYSQL = [
  // Relative to the data folder: the path of a Unix socket may have 107 bytes only.
  '--socket=m.sock',
  '--pid-file=m.pid',
  '--bind-address=127.0.0.1',
  '--skip-name-resolve',
  '--skip-log-bin',
  '--local-infile=1',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_bin',
  '--default-time-zone=+00:00',
  '--sql-mode=STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY',
  '--innodb-flush-log-at-trx-commit=2',
  '--innodb-doublewrite=0',
  '--innodb-buffer-pool-size=256M',
  '--performance-schema=0',
];

/** Making and dropping tables, which tests do all day, no longer waits for the disk. */
const TEST_MYSQL = ['--innodb-flush-method=nosync', '--innodb-file-per-table=0'];

/** Programs installed on this machine, or null. */
export function installedMysql() {
  const server = findProgram('mariadbd', 'mysqld');
  if (server === null) return null;
  return {
    server,
    install: findProgram('mariadb-install-db', 'mysql_install_db'),
    baseArgs: [],
    wrap: [],
    env: {},
  };
}

export function installedRedis() {
  const server = findProgram('redis-server', 'valkey-server');
  return server === null ? null : { server, env: {} };
}

/** The programs of an unpacked folder (see unpack.mjs). */
export function unpackedMysql(folder) {
  const base = join(folder, 'usr');
  return {
    server: join(base, 'sbin', 'mariadbd'),
    install: join(base, 'bin', 'mariadb-install-db'),
    baseArgs: [`--basedir=${base}`],
    serverArgs: [`--lc-messages-dir=${join(base, 'share', 'mysql')}`],
    wrap: [],
    env: { LD_LIBRARY_PATH: libraryPath(folder), PATH: widePath([join(base, 'bin'), join(base, 'sbin')]) },
  };
}

export const unpackedRedis = (folder) => ({
  server: join(folder, 'usr', 'bin', 'redis-server'),
  env: { LD_LIBRARY_PATH: libraryPath(folder) },
});

/**
 * Where an unpacked folder has shared libraries. Some lie one folder deeper (libpulsecommon in `pulseaudio`) and are found
 * by a path that is written into the library that wants them, which is right only where they are installed.
 */
export function libraryPath(folder) {
  const triplet =
    { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch] ?? `${process.arch}-linux-gnu`;
  return [join(folder, 'usr', 'lib', triplet), join(folder, 'lib', triplet)]
    .flatMap((path) => [path, ...subfolders(path).filter(hasLibraries)])
    .join(':');
}

function subfolders(path) {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => join(path, name));
}

const hasLibraries = (path) => readdirSync(path).some((name) => /^lib.*\.so(\.|$)/.test(name));

/**
 * Starts a private MySQL or MariaDB in `folder`.
 * @param programs {server, install, baseArgs, serverArgs?, wrap, env}; `wrap` stands before the server's own path
 * @param isForTests whether it may lose everything when the machine does
 * @returns {Promise<{url, engine, version, stop}>}
 */
export async function startMysql(programs, folder, { isForTests = false } = {}) {
  if (!isExecutable(programs.server)) throw new Error(`${programs.server} is not there`);
  const data = join(folder, 'mysql');
  emptyFolder(data);
  const env = cleanEnv({ PATH: widePath(), ...programs.env });
  const asRoot = isRoot() ? ['--user=root'] : [];
  const { stdout: versionText } = await run(...wrapped(programs, ['--no-defaults', '--version']), { env });
  const isMariadb = /mariadb/i.test(versionText);
  await (isMariadb ? initMariadb : initMysql)(programs, data, { env, asRoot });
  const port = await freePort();
  const own = isMariadb ? ['--skip-networking=0', '--innodb-log-file-size=64M'] : mysqlArgs(folder);
  const log = join(folder, 'mysql.log');
  const args = [
    '--no-defaults',
    ...asRoot,
    ...programs.baseArgs,
    ...(programs.serverArgs ?? []),
    `--datadir=${data}`,
  ];
  const [command, commandArgs] = wrapped(programs, [
    ...args,
    `--port=${port}`,
    ...COMMON_MYSQL,
    ...(isForTests ? TEST_MYSQL : []),
    ...own,
  ]);
  const server = startWatched({
    command,
    args: commandArgs,
    cwd: folder,
    env,
    logFile: log,
    pidFile: join(folder, 'mysql.pid'),
  });
  const url = `mysql://root@127.0.0.1:${port}`;
  return {
    url,
    ...(await ready(server, () => tryMysql(url), { what: 'MySQL did not start', log })),
    stop: server.stop,
  };
}

/** An attempt that failed half-way leaves data that the next could not use. */
function emptyFolder(path) {
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path, { recursive: true });
}

const wrapped = ({ wrap, server }, args) => {
  const [command, ...rest] = [...wrap, server, ...args];
  return [command, rest];
};

/**
 * Also as root without --user: with it the script would change the owner of installed files, and not quote our path.
 */
async function initMariadb(programs, data, { env }) {
  if (programs.install === null) throw new Error('mariadb-install-db is not installed');
  const args = ['--no-defaults', ...programs.baseArgs, `--datadir=${data}`];
  const answer = await run(
    programs.install,
    [
      ...args,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
      '--skip-name-resolve',
      '--innodb-log-file-size=16M',
    ],
    { env, cwd: dirname(data), timeoutMs: START_MS },
  );
  if (answer.code !== 0)
    throw new Error(`mariadb-install-db failed: ${lastLines(answer.stdout + answer.stderr)}`);
}

async function initMysql(programs, data, { env, asRoot }) {
  const [command, args] = wrapped(programs, [
    '--no-defaults',
    ...asRoot,
    ...programs.baseArgs,
    ...(programs.serverArgs ?? []),
    `--datadir=${data}`,
    '--initialize-insecure',
    '--innodb-redo-log-capacity=16M',
  ]);
  const answer = await run(command, args, { env, cwd: dirname(data), timeoutMs: START_MS });
  if (answer.code !== 0) throw new Error(`mysqld --initialize failed: ${lastLines(answer.stderr)}`);
}

function mysqlArgs(folder) {
  // With skip-name-resolve root@localhost cannot log in over TCP.
  const file = join(folder, 'mysql-init.sql');
  writeFileSync(
    file,
    "CREATE USER IF NOT EXISTS 'root'@'127.0.0.1'; GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;\n",
  );
  return [`--init-file=${file}`, '--mysqlx=OFF', '--secure-file-priv=', '--innodb-redo-log-capacity=64M'];
}

/** Nothing is kept beyond the run, and nothing is evicted: a queue must not lose its oldest jobs. */
const REDIS_ARGS = [
  '--bind',
  '127.0.0.1',
  '--save',
  '',
  '--appendonly',
  'no',
  '--maxmemory-policy',
  'noeviction',
];

/** Starts a private Redis in `folder`. @returns {Promise<{url, version, stop}>} */
export async function startRedis(programs, folder) {
  if (!isExecutable(programs.server)) throw new Error(`${programs.server} is not there`);
  const data = join(folder, 'redis');
  emptyFolder(data);
  const port = await freePort();
  const log = join(folder, 'redis.log');
  const server = startWatched({
    command: programs.server,
    args: [...REDIS_ARGS, '--port', String(port)],
    cwd: data,
    env: cleanEnv(programs.env),
    logFile: log,
    pidFile: join(folder, 'redis.pid'),
  });
  const url = `redis://127.0.0.1:${port}`;
  return {
    url,
    ...(await ready(server, () => tryRedis(url), { what: 'Redis did not start', log })),
    stop: server.stop,
  };
}

/** Waits for the trial to pass; a server that ends meanwhile, or never gets ready, is stopped and reported. */
async function ready(server, trial, { what, log }) {
  try {
    return await until(
      () => {
        if (server.hasExited()) throw Object.assign(new Error('it ended'), { isFinal: true });
        return trial();
      },
      { timeoutMs: START_MS, everyMs: 40, what },
    );
  } catch (error) {
    await server.stop();
    throw new Error(`${what}: ${error.message}; ${existsSync(log) ? lastLines(readText(log)) : ''}`);
  }
}

const lastLines = (text) => text.trim().split('\n').slice(-3).join(' | ');
