// What belongs to this clone: its root, its hash and the folders of its runs under .local/.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLineOf, identityOf, isSameProcess } from './processes.mjs';

export const ROOT = realpathSync(dirname(dirname(fileURLToPath(import.meta.url))));
export const LOCAL = join(ROOT, '.local');

/** Eight hex digits that tell clones on one machine apart: databases, Redis prefixes and cookies carry them. */
export const CLONE_HASH = createHash('sha256').update(ROOT).digest('hex').slice(0, 8);

const OWNER = 'owner.json';

/**
 * A folder of this run alone, `.local/run-<pid>/`, removed by `remove()`. Folders of runs that were killed hard are
 * cleared first, together with any server of theirs that is still there.
 */
export function openRunFolder() {
  mkdirSync(LOCAL, { recursive: true });
  clearStaleRuns();
  const path = join(LOCAL, `run-${process.pid}`);
  rmSync(path, { recursive: true, force: true });
  mkdirSync(path);
  writeFileSync(join(path, OWNER), JSON.stringify(identityOf(process.pid)));
  return {
    path,
    remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

function clearStaleRuns() {
  for (const name of readdirSync(LOCAL)) {
    if (!name.startsWith('run-')) continue;
    const path = join(LOCAL, name);
    if (isSameProcess(readJson(join(path, OWNER)))) continue;
    for (const file of listFiles(path)) {
      if (file.endsWith('.pid')) killLeftover(Number(readText(join(path, file))), path);
    }
    rmSync(path, { recursive: true, force: true });
  }
}

/** Ends a server that outlived its run, if the process of that number is really one of this folder. */
function killLeftover(pid, folder) {
  if (!Number.isInteger(pid) || pid <= 1) return;
  if (!commandLineOf(pid).includes(folder)) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}

const listFiles = (folder) => {
  try {
    return readdirSync(folder, { recursive: true });
  } catch {
    return [];
  }
};

export function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

export function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
