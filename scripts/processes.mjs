// Starting, watching and ending other processes, so that a run leaves none behind.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, openSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const WATCHDOG = fileURLToPath(new URL('./services/watchdog.mjs', import.meta.url));
/** A stopped server has this long to close its files before it is killed. */
const GRACE_MS = 10_000;

/** `{pid, startedAt}`: a process number alone may since belong to another process. */
export const identityOf = (pid) => ({ pid, startedAt: startOf(pid) });

/** Whether the process that `identity` was taken of still runs. */
export const isSameProcess = (identity) =>
  identity !== null &&
  Number.isInteger(identity.pid) &&
  isAlive(identity.pid) &&
  startOf(identity.pid) === identity.startedAt;

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function startOf(pid) {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold blanks; the 22nd field counts from after it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

/** Command line and working folder of a process as one text to search in; empty when it is gone. */
export function commandLineOf(pid) {
  if (process.platform !== 'linux') {
    return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
  }
  try {
    return `${readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')} ${readlinkSync(`/proc/${pid}/cwd`)}`;
  } catch {
    return '';
  }
}

/**
 * Runs a program to its end. @returns {Promise<{code: number, stdout: string, stderr: string}>}; a program that
 * cannot be started has code 127. `echo: true` also shows what it prints; an aborted `signal` ends it.
 */
export function run(command, args, { cwd, env, echo = false, timeoutMs, input, uid, gid, signal } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, uid, gid, stdio: ['pipe', 'pipe', 'pipe'] });
    const out = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr']) {
      child[name].setEncoding('utf8').on('data', (text) => {
        out[name] += text;
        if (echo) process[name].write(text);
      });
    }
    const timer = timeoutMs && setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const abort = () => child.kill('SIGTERM');
    signal?.addEventListener('abort', abort);
    const end = (code) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      resolve({ code, ...out });
    };
    child.on('error', (error) => ((out.stderr += error.message), end(127)));
    child.on('close', (code) => end(code ?? 1));
    child.stdin.on('error', () => {}).end(input ?? '');
  });
}

/**
 * Starts a long-running program under the watchdog, which ends it when this process ends, however hard.
 * @param spec {command, args, cwd, env, logFile?, pidFile?, piped?, after?} `after`: a command line run when the
 *   program has ended; `piped`: stdout can be read here; without `logFile` it prints where this process does.
 * @returns {{stdout, exited: Promise<number>, hasExited(): boolean, stop(): Promise<void>}}
 */
export function startWatched(spec) {
  const { command, args, cwd, env, pidFile, after } = spec;
  const out = spec.logFile === undefined ? 'inherit' : openSync(spec.logFile, 'a');
  const child = spawn(
    process.execPath,
    [WATCHDOG, JSON.stringify({ command, args, cwd, pidFile, after, graceMs: GRACE_MS })],
    { env, detached: true, stdio: ['pipe', spec.piped ? 'pipe' : out, out] },
  );
  if (out !== 'inherit') closeSync(out);
  let exited = false;
  const done = new Promise((resolve) =>
    child.on('exit', (code) => {
      exited = true;
      resolve(code ?? 1);
    }),
  );
  child.stdin.on('error', () => {});
  const stop = async () => {
    child.stdin.end();
    await done;
  };
  return { stdout: child.stdout, exited: done, hasExited: () => exited, stop };
}

/** `wanted` (0: any port) if nobody listens on it at this moment; rejects otherwise. */
export function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Tries `attempt` until it answers something other than undefined, or until `timeoutMs` have passed. */
export async function until(attempt, { timeoutMs, everyMs = 50, what }) {
  const end = performance.now() + timeoutMs;
  let last;
  while (performance.now() < end) {
    try {
      const answer = await attempt();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
      if (error.isFinal) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
  throw new Error(`${what} within ${Math.round(timeoutMs / 1000)} s${last ? `: ${last.message}` : ''}`);
}

const EXTRA_FOLDERS = [
  '/usr/local/sbin',
  '/usr/local/bin',
  '/usr/sbin',
  '/usr/bin',
  '/sbin',
  '/bin',
  '/opt/homebrew/bin',
  '/opt/homebrew/sbin',
  '/opt/homebrew/opt/mariadb/bin',
  '/opt/homebrew/opt/mysql/bin',
  '/opt/homebrew/opt/redis/bin',
  '/usr/local/mysql/bin',
];

/** PATH with the folders of servers, which an ordinary user's often lacks. */
export const widePath = (first = []) =>
  [...new Set([...first, ...(process.env.PATH ?? '').split(':'), ...EXTRA_FOLDERS])]
    .filter(Boolean)
    .join(':');

/** Full path of the first of `names` that is found, or null. */
export function findProgram(...names) {
  for (const name of names) {
    for (const folder of widePath().split(':')) {
      const path = join(folder, name);
      if (isExecutable(path)) return path;
    }
  }
  return null;
}

export function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
