import {
  AppError,
  metricWindow,
  sumLayout,
  type CompanyRecords,
  type CycleState,
  type ModelFacts,
  type Period,
  type SalesRole,
  type SegmentBounds,
} from '@shigang/shared';
import { sqlInstant } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { readJson } from '../../platform/json.ts';
import { lock } from '../../platform/locks.ts';
import { roleModelVersion, type RoleModelVersion } from '../match/index.ts';
import type { GatherPlan } from '../profile/index.ts';

/** What a computation keeps besides the sums, so that every later step works from the same picture. */
export interface Frozen {
  /** Run under which profiles are written. */
  readonly runId: string;
  readonly bounds: SegmentBounds;
  readonly facts: ModelFacts;
  readonly company: CompanyRecords;
  /** Departments that HR narrowed the scope to; null: everybody. */
  readonly deptIds: readonly number[] | null;
}

/** A review cycle; at most one per period and role. */
export interface Cycle {
  readonly cycleId: string;
  readonly period: Period;
  readonly role: SalesRole;
  readonly modelVersion: number;
  readonly state: CycleState;
  readonly isHistory: boolean;
  /** `full`: publication tells everybody and starts the tiers' actions. `none`: nothing is ever sent for it. */
  readonly actions: 'none' | 'full';
  /** Null before the first computation. */
  readonly frozen: Frozen | null;
  readonly snapshotAt: Date | null;
  readonly publishedAt: Date | null;
  /** Counts up with every change. */
  readonly version: number;
}

interface RawCycle {
  cycle_id: string;
  period: Period;
  role: SalesRole;
  model_version: number;
  state: CycleState;
  is_history: number;
  actions: 'none' | 'full';
  frozen: string;
  snapshot_at: Date | null;
  published_at: Date | null;
  version: number;
}

const COLUMNS =
  'cycle_id, period, role, model_version, state, is_history, actions, frozen, snapshot_at, published_at, version';

/** Id of the one cycle of a period and role. */
export const cycleIdOf = (period: Period, role: SalesRole): string => `${period}-${role}`;

export async function findCycle(sql: Sql, cycleId: string): Promise<Cycle | null> {
  const [row] = await sql.select<RawCycle>(`SELECT ${COLUMNS} FROM review_cycles WHERE cycle_id = ?`, [
    cycleId,
  ]);
  return row ? asCycle(row) : null;
}

/** @throws AppError cycle.not_found */
export async function requireCycle(sql: Sql, cycleId: string): Promise<Cycle> {
  return (await findCycle(sql, cycleId)) ?? missing();
}

/** Reads the row and holds it until the end of the transaction: steps of one cycle follow each other. */
export async function lockCycle(
  tx: Tx,
  cycleId: string,
  mode: 'update' | 'share' = 'update',
): Promise<Cycle> {
  // A step writes the lock's row: on a cluster a row that is only read excludes nobody on another node.
  if (mode === 'update') await lock(tx, `cycle:${cycleId}`);
  const held = mode === 'update' ? 'FOR UPDATE' : 'LOCK IN SHARE MODE';
  const [row] = await tx.select<RawCycle>(`SELECT ${COLUMNS} FROM review_cycles WHERE cycle_id = ? ${held}`, [
    cycleId,
  ]);
  return row ? asCycle(row) : missing();
}

/** Newest first. */
export async function listCycles(sql: Sql, role: SalesRole | null): Promise<Cycle[]> {
  const of = role === null ? { sql: '1 = 1', params: [] } : { sql: 'role = ?', params: [role] };
  const rows = await sql.select<RawCycle>(
    `SELECT ${COLUMNS} FROM review_cycles WHERE ${of.sql} ORDER BY period DESC, role`,
    of.params,
  );
  return rows.map(asCycle);
}

/** Ids of cycles that are being computed. */
export async function unfinishedCycles(sql: Sql): Promise<string[]> {
  const rows = await sql.select<{ cycle_id: string }>(
    "SELECT cycle_id FROM review_cycles WHERE state = 'computing' ORDER BY cycle_id",
  );
  return rows.map((row) => row.cycle_id);
}

const missing = (): never => {
  throw new AppError('cycle.not_found');
};

const asCycle = (row: RawCycle): Cycle => {
  const frozen = readJson<Frozen | Record<string, never>>(row.frozen);
  return {
    cycleId: row.cycle_id,
    period: row.period,
    role: row.role,
    modelVersion: row.model_version,
    state: row.state,
    isHistory: row.is_history === 1,
    actions: row.actions,
    frozen: 'runId' in frozen ? (frozen as Frozen) : null,
    snapshotAt: row.snapshot_at,
    publishedAt: row.published_at,
    version: row.version,
  };
};

/** What computing and evidence need of a cycle that has its snapshot. */
export interface ComputedCycle {
  readonly version: RoleModelVersion;
  readonly frozen: Frozen;
  readonly plan: GatherPlan;
}

/**
 * The cycle's own picture of the facts: model version, bounds and layout as they were at the snapshot.
 * @param laterQuarters quarters after the period in which deals closed; only evidence needs them
 */
export async function pictureOf(
  sql: Sql,
  cycle: Cycle,
  laterQuarters: readonly number[] = [],
): Promise<ComputedCycle> {
  if (cycle.frozen === null) throw new AppError('internal', {}, { about: { cycleId: cycle.cycleId } });
  const version = await roleModelVersion(sql, cycle.role, cycle.modelVersion);
  const window = metricWindow(cycle.period, version.model.lookbackQuarters);
  const quarters = Array.from(
    { length: version.model.lookbackQuarters },
    (_, index) => window.firstQuarter + index,
  );
  const { frozen } = cycle;
  return {
    version,
    frozen,
    plan: {
      window,
      facts: frozen.facts,
      bounds: frozen.bounds,
      company: frozen.company,
      quarters,
      closedQuarters: [...quarters, ...laterQuarters],
    },
  };
}

/** Row layout of the sums that the snapshot wrote. */
export const layoutOf = (picture: ComputedCycle) => sumLayout(picture.frozen.facts);

export interface CycleChange {
  readonly state: CycleState;
  /** Business time, ms. */
  readonly at: number;
}

/** Moves a locked cycle on and counts its version up. */
export async function moveCycle(tx: Tx, cycle: Cycle, change: CycleChange): Promise<void> {
  await tx.execute('UPDATE review_cycles SET state = ?, version = version + 1 WHERE cycle_id = ?', [
    change.state,
    cycle.cycleId,
  ]);
  if (change.state === 'closed') {
    await tx.execute('UPDATE review_cycles SET closed_at = ? WHERE cycle_id = ?', [
      sqlInstant(change.at),
      cycle.cycleId,
    ]);
  }
}

/** Notes that a locked cycle is published; {@link moveCycle} moves it. @param actions what goes out for it */
export async function notePublication(
  tx: Tx,
  cycle: Cycle,
  { by, at, actions }: { readonly by: string; readonly at: number; readonly actions: Cycle['actions'] },
): Promise<void> {
  await tx.execute(
    'UPDATE review_cycles SET published_at = ?, published_by = ?, actions = ? WHERE cycle_id = ?',
    [sqlInstant(at), by, actions, cycle.cycleId],
  );
}
