import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '@shigang/shared';
import type { Sql } from '../../../platform/database.ts';
import { timesTaken } from '../../../platform/locks.ts';
import { finishLeftRuns } from './finish-left-runs.ts';
import type { RunDeps } from './run-store.ts';

/** How long somebody who computes waits for imports; the largest file is applied in less. */
const MAX_WAIT_MS = 300_000;
const LOOK_MS = 100;

/** An import began while something was read: what was read may be half of it. */
class ImportBegan extends Error {}

/** Throws when an import began since the reading did; a reading that writes asks it before its commit. */
export type AssertQuiet = (sql: Sql) => Promise<void>;

/**
 * Reads facts while no import is being applied, so that nobody computes from half of a file: waits for a running one, takes
 * up one whose process is gone, and reads again when one began meanwhile.
 * @throws AppError import.running when imports follow each other for longer than anybody should wait
 */
export async function whileQuiet<Result>(
  deps: RunDeps,
  read: (assertQuiet: AssertQuiet) => Promise<Result>,
): Promise<Result> {
  const until = deps.clock.real() + MAX_WAIT_MS;
  for (;;) {
    const begun = await untilQuiet(deps, until);
    let isAsserted = false;
    const assertQuiet: AssertQuiet = async (sql) => {
      isAsserted = true;
      if ((await isApplying(sql)) || (await timesTaken(sql, 'imports')) !== begun) throw new ImportBegan();
    };
    try {
      const result = await read(assertQuiet);
      if (!isAsserted) await assertQuiet(deps.db);
      return result;
    } catch (error) {
      if (!(error instanceof ImportBegan)) throw error;
    }
  }
}

/** Whether an import is being applied, by the reading of `sql`: a snapshot answers for its own instant. */
export async function isApplying(sql: Sql): Promise<boolean> {
  const rows = await sql.select("SELECT 1 AS found FROM import_runs WHERE state = 'applying' LIMIT 1");
  return rows.length > 0;
}

/** @returns how many imports had begun by then */
async function untilQuiet(deps: RunDeps, until: number): Promise<number> {
  for (;;) {
    // The count first: an import that begins after it is seen either here or by whoever compares it.
    const begun = await timesTaken(deps.db, 'imports');
    if (!(await isApplying(deps.db))) return begun;
    if (deps.clock.real() > until) throw new AppError('import.running');
    await finishLeftRuns(deps);
    await pause(LOOK_MS);
  }
}
