import { AppError, assertBegun, rangeOfPeriod, type Period, type SalesRole } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import { chunksToDo, computeChunk, prepareCycle } from './compute-cycle.ts';
import { cycleIdOf, findCycle, type Cycle } from './cycle.ts';
import type { CycleDeps } from './deps.ts';
import { finishCompute } from './finish-compute.ts';

export interface RunCycleRequest {
  readonly period: Period;
  readonly role: SalesRole;
  /** A past quarter, scored and closed with nobody told. */
  readonly history?: boolean;
  /** Departments to narrow the scope to, sub-departments listed too. */
  readonly deptIds?: readonly number[];
}

/** Other workers may hold chunks; this many rounds of looking again are plenty. */
const MAX_ROUNDS = 100;

/**
 * Computes a cycle as far as `review`, all in this process; repeated after a crash it goes on where it stopped, and a
 * cycle in `review` is computed anew with its decisions kept. A published one is left alone.
 * @throws AppError access.denied, period.not_begun, model.not_found, cycle.not_past, cycle.wrong_state
 */
export async function runCycle(deps: CycleDeps, viewer: Viewer, request: RunCycleRequest): Promise<void> {
  const cycle = await startCycle(deps, viewer, request);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    for (const range of await chunksToDo(deps, cycle.cycleId))
      await computeChunk(deps, viewer, { cycleId: cycle.cycleId, range });
    if (await finishCompute(deps, viewer, cycle.cycleId)) break;
  }
}

/** Opens the cycle and takes its snapshot; the chunks are then anybody's work (jobs). */
export async function startCycle(deps: CycleDeps, viewer: Viewer, request: RunCycleRequest): Promise<Cycle> {
  assertMay(viewer, 'cycle.run');
  assertBegun(request.period, today(deps.clock));
  const isHistory = request.history === true;
  if (isHistory) await assertMayBeHistory(deps, request);
  return prepareCycle(deps, viewer, { ...request, isHistory });
}

async function assertMayBeHistory(deps: CycleDeps, request: RunCycleRequest): Promise<void> {
  if (rangeOfPeriod(request.period).lastDay >= today(deps.clock)) {
    throw new AppError('cycle.not_past', { period: request.period });
  }
  const cycle = await findCycle(deps.db, cycleIdOf(request.period, request.role));
  if (cycle && !cycle.isHistory && cycle.state !== 'closed') {
    throw new AppError('cycle.open_already', { period: request.period });
  }
}
