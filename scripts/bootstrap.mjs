// Brings the clone up to date before anything else runs: dependencies when the lock file changed, the build when
// the sources changed. Safe when two run side by side: the second waits for the first.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { LOCAL, ROOT, readJson, readText } from './clone.mjs';
import { cleanEnv } from './environment.mjs';
import { identityOf, isSameProcess, run, until } from './processes.mjs';

const LOCK_FOLDER = join(LOCAL, 'bootstrap.lock');
const LOCK_OWNER = join(LOCK_FOLDER, 'owner.json');
const INSTALL_MARK = join(ROOT, 'node_modules', '.shigang-lock');
const BUILD_MARK = join(LOCAL, 'build.json');
/** Longer than any install; whoever waits longer should say so rather than wait for ever. */
const WAIT_MS = 30 * 60_000;

/** Installs and builds what is out of date. `log` gets one line per step. Throws with a sentence when one fails. */
export async function bootstrap({ log = console.log, build = true } = {}) {
  const release = await lock(log);
  try {
    await install(log);
    if (build) await buildAll(log);
  } finally {
    release();
  }
}

async function lock(log) {
  mkdirSync(LOCAL, { recursive: true });
  let isToldToWait = false;
  await until(
    async () => {
      if (takeLock() && (await isStillMine())) return true;
      if (!isToldToWait) log('Waiting for another install or build in this clone …');
      isToldToWait = true;
      return undefined;
    },
    { timeoutMs: WAIT_MS, everyMs: 250, what: `${relative(ROOT, LOCK_FOLDER)} was not given free` },
  );
  return () => rmSync(LOCK_FOLDER, { recursive: true, force: true });
}

function takeLock() {
  try {
    mkdirSync(LOCK_FOLDER);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    const holder = readJson(LOCK_OWNER);
    // Without an owner file the holder is between its two steps, or died there: `isOld` tells which.
    if (holder === null ? isOld(LOCK_FOLDER) : !isSameProcess(holder)) {
      rmSync(LOCK_FOLDER, { recursive: true, force: true });
    }
    return false;
  }
  writeFileSync(LOCK_OWNER, JSON.stringify(identityOf(process.pid)));
  return true;
}

/** Two that clear one stale lock at the same instant could both take it: the one that wrote last keeps it. */
async function isStillMine() {
  await new Promise((resolve) => setTimeout(resolve, 100));
  return readJson(LOCK_OWNER)?.pid === process.pid;
}

async function install(log) {
  const lockText = readFileSync(join(ROOT, 'package-lock.json'), 'utf8');
  const machine = `node ${process.versions.node.split('.')[0]} ${process.platform} ${process.arch}`;
  const wanted = `${hashOf(lockText)} ${machine}`;
  const mark = readText(INSTALL_MARK);
  if (mark === wanted) return;
  if ((mark === '' || mark.endsWith(machine)) && isInstalledAsLocked(JSON.parse(lockText))) {
    writeFileSync(INSTALL_MARK, wanted);
    return;
  }
  log('Installing dependencies (npm ci) …');
  const npm = npmCommand();
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!process.stdout.isTTY) args.push('--no-progress');
  const { code, stdout, stderr } = await run(npm[0], [...npm.slice(1), ...args], {
    cwd: ROOT,
    env: cleanEnv(),
    echo: process.stdout.isTTY,
  });
  if (code !== 0) throw new Error(`npm ci failed:\n${stdout}${stderr}`);
  writeFileSync(INSTALL_MARK, wanted);
}

/** npm as it was called, so that its version and settings stay the same. */
function npmCommand() {
  const path = process.env.npm_execpath;
  return path?.endsWith('npm-cli.js') ? [process.execPath, path] : ['npm'];
}

/** Whether an install by hand already left what the lock file names; what is there beyond that does no harm. */
function isInstalledAsLocked(locked) {
  const installed = readJson(join(ROOT, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
  const isSame = (path, { version, resolved, link }) =>
    link === true ? installed[path].resolved === resolved : installed[path].version === version;
  return Object.entries(locked.packages)
    .filter(([path]) => path.includes('node_modules/'))
    .every(([path, entry]) => (path in installed ? isSame(path, entry) : isOptional(entry)));
}

const isOptional = (entry) => Boolean(entry.optional || entry.devOptional || entry.peer);

/** Folders whose TypeScript is compiled, in the order of their references. */
const COMPILED = ['shared', 'migrations', 'server', 'jobs', 'test/simulator'];

async function buildAll(log) {
  const sources = sourceFiles();
  const wanted = {
    files: hashOf(sources.join('\n')),
    content: hashOf(...sources.map((file) => readFileSync(join(ROOT, file)))),
    install: readText(INSTALL_MARK),
  };
  const outputs = [...COMPILED, 'miniapp'].map((folder) => join(ROOT, folder, 'dist'));
  const built = readJson(BUILD_MARK);
  const isThere = outputs.every((folder) => existsSync(folder));
  if (isThere && JSON.stringify(built) === JSON.stringify(wanted)) return;
  log('Building …');
  rmSync(BUILD_MARK, { force: true });
  // A source that went away would leave its output behind.
  if (built?.files !== wanted.files)
    for (const folder of outputs) rmSync(folder, { recursive: true, force: true });
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  await step('tsc -b', [tsc, '-b', ...COMPILED], ROOT);
  await step('miniapp build', ['build.mjs'], join(ROOT, 'miniapp'));
  writeFileSync(BUILD_MARK, JSON.stringify(wanted));
}

async function step(name, args, cwd) {
  const { code, stdout, stderr } = await run(process.execPath, args, { cwd, env: cleanEnv() });
  if (code !== 0) throw new Error(`${name} failed:\n${stdout}${stderr}`);
}

/** Paths of everything that the build reads, relative and sorted. */
function sourceFiles() {
  const found = ['tsconfig.base.json'];
  const walk = (folder) => {
    for (const entry of readdirSync(join(ROOT, folder), { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) {
        if (!['node_modules', 'dist'].includes(entry.name)) walk(path);
      } else if (!/\.test\.tsx?$/.test(entry.name)) found.push(path);
    }
  };
  for (const folder of [...COMPILED, 'miniapp']) walk(folder);
  return found.sort();
}

function isOld(folder) {
  try {
    return Date.now() - statSync(folder).mtimeMs > 10_000;
  } catch {
    return false;
  }
}

function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}
