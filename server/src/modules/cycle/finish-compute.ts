import { nextCycleState, type MetricId } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import {
  findProfileValues,
  readTeamAverages,
  removeOutsiders,
  TeamSums,
  writeTeamAverages,
  type TeamAverageRow,
} from '../profile/index.ts';
import { lockCycle, moveCycle, notePublication, requireCycle, type Cycle } from './cycle.ts';
import type { CycleDeps } from './deps.ts';
import { freezeEvidence } from './freeze-evidence.ts';
import { freezeLeavers } from './members.queries.ts';

/**
 * Ends a computation once everybody is computed: team averages, then `review` (a history cycle goes on to `closed`, with
 * nobody told). Does nothing where somebody is still missing or the cycle has moved on.
 * @returns whether the cycle is computed
 */
export async function finishCompute(deps: CycleDeps, who: Viewer, cycleId: string): Promise<boolean> {
  assertMay(who, 'cycle.compute');
  const before = await requireCycle(deps.db, cycleId);
  if (before.state !== 'computing') return before.state !== 'draft';
  if (await isSomebodyMissing(deps, cycleId)) return false;
  if (before.isHistory) await freezeEvidence(deps, before);
  return deps.db.transaction(async (tx) => {
    const cycle = await lockCycle(tx, cycleId);
    if (cycle.state !== 'computing') return true;
    if (cycle.frozen?.runId !== before.frozen?.runId) return false;
    if (!(await writeAverages(tx, cycle))) return false;
    const state = nextCycleState(cycle.state, 'finish_compute');
    await moveCycle(tx, cycle, { state, at: deps.clock.now() });
    await deps.audit.record(tx, who, {
      action: 'cycle.computed',
      subjectKind: 'cycle',
      subjectId: cycleId,
      before: { state: cycle.state },
      after: { state },
    });
    if (cycle.isHistory) await closeHistory(deps, tx, { cycle: { ...cycle, state }, who });
    return true;
  });
}

async function isSomebodyMissing(deps: CycleDeps, cycleId: string): Promise<boolean> {
  const rows = await deps.db.select(
    'SELECT 1 FROM cycle_members WHERE cycle_id = ? AND doc IS NULL LIMIT 1',
    [cycleId],
  );
  return rows.length > 0;
}

/**
 * Averages of the cycle's scope, frozen with it, and the same beside the profiles that the computation wrote.
 * @returns false, with nothing written, where a later release computed somebody: they are to be computed again
 */
async function writeAverages(tx: Tx, cycle: Cycle): Promise<boolean> {
  const teams = new TeamSums();
  const inScope = new Set<string>();
  const unreadable: string[] = [];
  await tx.stream(
    'SELECT user_id, main_dept_id, doc FROM cycle_members WHERE cycle_id = ? AND doc IS NOT NULL',
    [cycle.cycleId],
    ([userId, deptId, doc]) => {
      inScope.add(String(userId));
      const values = findProfileValues(String(doc));
      if (values === null) unreadable.push(String(userId));
      else teams.add(deptId === null || deptId === undefined ? null : Number(deptId), values.metrics);
    },
  );
  if (unreadable.length > 0) {
    await tx.execute('UPDATE cycle_members SET doc = NULL WHERE cycle_id = ? AND user_id IN (?)', [
      cycle.cycleId,
      unreadable,
    ]);
    return false;
  }
  const averages = teams.averages();
  await writeCycleAverages(tx, cycle.cycleId, averages);
  const { period, role, frozen } = cycle;
  await writeTeamAverages(tx, { period, role }, averages);
  // A narrowed scope leaves the other departments' profiles alone.
  if (frozen?.deptIds === null) await removeOutsiders(tx, { period, role }, { inScope });
  return true;
}

async function writeCycleAverages(
  tx: Tx,
  cycleId: string,
  averages: readonly TeamAverageRow[],
): Promise<void> {
  await tx.execute('DELETE FROM cycle_team_averages WHERE cycle_id = ?', [cycleId]);
  await tx.insertMany(
    'cycle_team_averages',
    ['cycle_id', 'dept_id', 'metric', 'value_ten_thousandths', 'n'],
    averages.map((row) => [cycleId, row.deptId, row.metric, row.value, row.n]),
  );
}

/** A past quarter counts as published for who may see it, and is over. */
async function closeHistory(
  deps: CycleDeps,
  tx: Tx,
  { cycle, who }: { cycle: Cycle; who: Viewer },
): Promise<void> {
  const at = deps.clock.now();
  await freezeLeavers(tx, cycle.cycleId, today(deps.clock));
  const published = nextCycleState(cycle.state, 'publish');
  const closed = nextCycleState(published, 'close');
  await notePublication(tx, cycle, { by: who.actor, at, actions: cycle.actions });
  await moveCycle(tx, cycle, { state: closed, at });
  await deps.audit.record(tx, who, {
    action: 'cycle.closed_as_history',
    subjectKind: 'cycle',
    subjectId: cycle.cycleId,
    before: { state: cycle.state },
    after: { state: closed },
  });
}

/** Frozen team averages of a cycle's department by metric, or the last rebuild's while there is no cycle. */
export async function teamAveragesOf(
  deps: Pick<CycleDeps, 'db'>,
  cycle: Cycle,
  deptId: number | null,
): Promise<ReadonlyMap<MetricId, number>> {
  if (deptId === null) return new Map();
  if (cycle.state === 'draft' || cycle.state === 'computing') return readTeamAverages(deps.db, cycle, deptId);
  const rows = await deps.db.select<{ metric: MetricId; value: number }>(
    `SELECT metric, value_ten_thousandths AS value FROM cycle_team_averages WHERE cycle_id = ? AND dept_id = ?`,
    [cycle.cycleId, deptId],
  );
  return new Map(rows.map((row) => [row.metric, row.value]));
}
