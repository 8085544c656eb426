import { newId } from '../../../platform/ids.ts';
import { applyRun } from './apply-run.ts';
import { dropRun, runsUnderWay, type RunDeps } from './run-store.ts';

/**
 * Takes up imports whose process is gone: what was read to its end is applied to its end, so that a file is taken over as a
 * whole; what was still being read is forgotten, nothing of it was stored. Any number of processes may do it at once.
 * @returns runs finished or forgotten
 */
export async function finishLeftRuns(deps: RunDeps): Promise<number> {
  const left = (await runsUnderWay(deps.db, deps.clock)).filter((run) => run.isLeft);
  let count = 0;
  for (const run of left) {
    if (run.state === 'failed') continue;
    if (run.state === 'reading') await deps.db.transaction((tx) => dropRun(tx, run.batchId));
    else await applyRun(deps, run.batchId, newId());
    count += 1;
  }
  return count;
}

/** Whether there is a run to take up. */
export async function hasLeftRuns(deps: RunDeps): Promise<boolean> {
  const runs = await runsUnderWay(deps.db, deps.clock);
  return runs.some((run) => run.isLeft && run.state !== 'failed');
}
