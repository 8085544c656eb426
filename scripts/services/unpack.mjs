// Debian and Ubuntu packages without root: fetched by apt as whatever user this is and unpacked in the user's cache
// folder. Nothing is installed, no service starts, and clones share what was fetched.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { readText } from '../clone.mjs';
import { cleanEnv } from '../environment.mjs';
import { findProgram, run } from '../processes.mjs';

const FETCH_MS = 15 * 60_000;

/** `~/.cache/shigang/<distribution>-<version>-<architecture>`: what fits one machine need not fit another. */
export function cacheFolder() {
  const release = readText('/etc/os-release');
  const field = (name) => new RegExp(`^${name}="?([^"\\n]*)"?$`, 'm').exec(release)?.[1] ?? '';
  const system = release === '' ? process.platform : `${field('ID')}-${field('VERSION_ID') || 'rolling'}`;
  return join(
    process.env.XDG_CACHE_HOME || join(homedir(), '.cache'),
    'shigang',
    `${system}-${process.arch}`,
  );
}

/**
 * The folder into which `packages` are unpacked, fetched unless it is there already.
 * @param name of the folder in the cache @param sources lines of a sources.list instead of the machine's own, with
 *   nothing of the machine taken as installed @param skip names of packages that are fetched but not needed
 */
export async function unpacked({ name, packages, sources, skip = /^$/, log, isFresh = false }) {
  const target = join(cacheFolder(), name);
  if (isFresh) discard(target);
  if (existsSync(target)) return target;
  if (findProgram('apt-get') === null || findProgram('dpkg') === null) {
    throw new Error('no apt-get here: only Debian and Ubuntu packages can be unpacked');
  }
  log(`Fetching ${packages.join(', ')} into ${target} (nothing is installed) …`);
  mkdirSync(dirname(target), { recursive: true });
  const temporary = mkdtempSync(`${target}.partial-`);
  try {
    await fetchPackages(temporary, { packages, sources, skip });
    moveInto(temporary, target);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return target;
}

/**
 * Unpacks and hands the folder to `use`. What was unpacked long ago may no longer fit the machine's own libraries:
 * when `use` fails with such a folder, the packages are fetched once more.
 */
export async function withUnpacked(spec, use) {
  const wasThere = existsSync(join(cacheFolder(), spec.name));
  try {
    return await use(await unpacked(spec));
  } catch (error) {
    if (!wasThere) throw error;
    spec.log(`${error.message.split('\n')[0]}; fetching ${spec.packages[0]} again`);
    return use(await unpacked({ ...spec, isFresh: true }));
  }
}

async function fetchPackages(folder, { packages, sources, skip }) {
  const apt = join(folder, '.apt');
  mkdirSync(join(apt, 'lists', 'partial'), { recursive: true });
  mkdirSync(join(apt, 'cache', 'archives', 'partial'), { recursive: true });
  const options = {
    'Dir::State::Lists': join(apt, 'lists'),
    'Dir::Cache': join(apt, 'cache'),
    'Dir::Log': apt,
    'APT::Sandbox::User': '',
    'Debug::NoLocking': '1',
    'Acquire::Retries': '3',
    ...(sources === undefined ? {} : ownSources(apt, sources)),
  };
  const aptGet = (...args) =>
    run(
      findProgram('apt-get'),
      ['-qq', ...Object.entries(options).map(([key, value]) => `-o${key}=${value}`), ...args],
      {
        env: cleanEnv({ DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }),
        timeoutMs: FETCH_MS,
      },
    );
  // A single source that does not answer is no reason to give up: what is missing shows in the next step.
  const update = await aptGet('update');
  const install = ['install', '-y', '--reinstall', '--no-install-recommends', '--download-only', ...packages];
  const download = await aptGet(...install);
  const archives = join(apt, 'cache', 'archives');
  const debs = readdirSync(archives).filter((file) => file.endsWith('.deb') && !skip.test(file));
  if (download.code !== 0 || debs.length === 0) {
    throw new Error(
      `apt could not fetch ${packages.join(', ')}: ${lastLine(download.stderr || update.stderr)}`,
    );
  }
  for (const deb of debs) {
    const answer = await run(findProgram('dpkg'), ['-x', join(archives, deb), folder], { env: cleanEnv() });
    if (answer.code !== 0) throw new Error(`dpkg could not unpack ${deb}: ${lastLine(answer.stderr)}`);
  }
  rmSync(apt, { recursive: true, force: true });
}

function ownSources(apt, sources) {
  writeFileSync(join(apt, 'sources.list'), `${sources.join('\n')}\n`);
  writeFileSync(join(apt, 'status'), '');
  return {
    'Dir::Etc::sourcelist': join(apt, 'sources.list'),
    'Dir::Etc::sourceparts': '/dev/null',
    'Dir::State::status': join(apt, 'status'),
  };
}

/** Another clone may have been faster; then its folder is as good as ours. */
function moveInto(temporary, target) {
  try {
    renameSync(temporary, target);
  } catch (error) {
    if (!existsSync(target)) throw error;
  }
}

/** Moves a folder away before removing it, so that nobody finds it half there. */
function discard(target) {
  if (!existsSync(target)) return;
  const away = join(dirname(target), `.${basename(target)}.old-${process.pid}`);
  renameSync(target, away);
  rmSync(away, { recursive: true, force: true });
}

const lastLine = (text) => text.trim().split('\n').at(-1) ?? '';
