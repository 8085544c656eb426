import type { Viewer } from '../../access/index.ts';
import type { StartedRun } from '../../platform/job-runs/job-runs.ts';
import type { CycleDeps } from './deps.ts';
import { computeCycleRun } from './jobs.ts';
import { startCycle, type RunCycleRequest } from './run-cycle.ts';

/**
 * Opens the cycle and takes its snapshot as {@link startCycle}; the workers compute, the run is followed.
 * @throws AppError access.denied, model.not_found, cycle.not_past, cycle.wrong_state
 */
export async function startCycleRun(
  deps: CycleDeps,
  viewer: Viewer,
  request: RunCycleRequest,
): Promise<StartedRun & { readonly cycleId: string }> {
  const { cycleId, period, role } = await startCycle(deps, viewer, request);
  const payload = { cycleId, period, role };
  const run = await deps.jobRuns.start(deps.db, computeCycleRun, {
    payload,
    startedBy: viewer,
    key: cycleId,
  });
  return { ...run, cycleId };
}
