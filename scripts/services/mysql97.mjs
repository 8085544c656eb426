// The newest MySQL, privately, on a Debian that only packages MariaDB: fetched from Debian's unstable release with
// its own libraries and loader (58 MB), installing nothing. x86_64 only.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../clone.mjs';
import { startMysql } from './private-servers.mjs';
import { unpacked } from './unpack.mjs';

const LEAST = [9, 7];
const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg';
const DEFAULT_MIRROR = 'http://deb.debian.org/debian';

/** @returns {Promise<{url, engine, version, stop, source}>} a private MySQL ≥ 9.7; throws with the reason */
export async function startMysql97({ folder, log, isForTests }) {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('MySQL 9.7 is fetched on x86_64 Linux only');
  const root = await unpacked({
    name: 'mysql-newest',
    packages: ['mysql-server-core'],
    sources: [`deb [signed-by=${KEYRING}] ${mirror()} sid main`],
    skip: /^(perl|libperl|libc-gconv|.*gconv)/,
    log,
  });
  const server = await startMysql(programs(root), folder, { isForTests });
  const [major, minor] = server.version.split('.').map(Number);
  if (server.engine !== 'mysql' || major < LEAST[0] || (major === LEAST[0] && minor < LEAST[1])) {
    await server.stop();
    throw new Error(`${server.engine} ${server.version} is not MySQL ≥ ${LEAST.join('.')}`);
  }
  return { ...server, source: 'fetched' };
}

function programs(root) {
  const base = join(root, 'usr');
  const libraries = join(base, 'lib', 'x86_64-linux-gnu');
  return {
    server: join(base, 'sbin', 'mysqld'),
    install: null,
    baseArgs: [`--basedir=${base}`],
    serverArgs: [
      `--lc-messages-dir=${join(base, 'share', 'mysql')}`,
      `--character-sets-dir=${join(base, 'share', 'mysql', 'charsets')}`,
      `--plugin-dir=${join(base, 'lib', 'mysql', 'plugin')}`,
    ],
    // The server was built for a newer C library than the machine's: it runs under its own loader.
    wrap: [join(libraries, 'ld-linux-x86-64.so.2'), '--library-path', `${libraries}:${join(base, 'lib')}`],
    env: {},
  };
}

/** The Debian mirror that this machine already uses. */
function mirror() {
  const folder = '/etc/apt/sources.list.d';
  const files = ['/etc/apt/sources.list', ...listed(folder).map((name) => join(folder, name))];
  for (const text of files.map(readText)) {
    const uri =
      /^URIs:\s*(\S*debian)\/?\s*$/m.exec(text) ?? /^deb\s+(?:\[[^\]]*\]\s+)?(\S*debian)\/?\s/m.exec(text);
    if (uri) return uri[1];
  }
  return DEFAULT_MIRROR;
}

function listed(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
