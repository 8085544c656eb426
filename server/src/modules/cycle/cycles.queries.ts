import { AppError, type SalesRole } from '@shigang/shared';
import { visibleEmployees, type Viewer } from '../../access/index.ts';
import type { CycleSummary } from '@shigang/shared/answers';
import { listCycles, requireCycle, type Cycle } from './cycle.ts';
import type { CycleDeps } from './deps.ts';

const summaryOf = (cycle: Cycle): CycleSummary => ({
  cycleId: cycle.cycleId,
  period: cycle.period,
  role: cycle.role,
  state: cycle.state,
});

/** Cycles in which the viewer may see somebody, newest first; an HR admin sees all. */
export async function cyclesOf(
  deps: Pick<CycleDeps, 'db'>,
  viewer: Viewer,
  role: SalesRole | null,
): Promise<CycleSummary[]> {
  const cycles = await listCycles(deps.db, role);
  if (viewer.isHrAdmin || viewer.isSystem) return cycles.map(summaryOf);
  const may = visibleEmployees(viewer, 'cycle', 'm.user_id');
  const rows = await deps.db.select<{ cycle_id: string }>(
    `SELECT DISTINCT m.cycle_id FROM cycle_members m WHERE ${may.sql}`,
    [...may.params],
  );
  const seen = new Set(rows.map((row) => row.cycle_id));
  return cycles.filter((cycle) => seen.has(cycle.cycleId)).map(summaryOf);
}

/** A cycle that the viewer may see somebody of. @throws AppError cycle.not_found */
export async function visibleCycle(
  deps: Pick<CycleDeps, 'db'>,
  viewer: Viewer,
  cycleId: string,
): Promise<Cycle> {
  const cycle = await requireCycle(deps.db, cycleId);
  const seen = await cyclesOf(deps, viewer, cycle.role);
  if (!seen.some((one) => one.cycleId === cycleId)) throw new AppError('cycle.not_found');
  return cycle;
}
