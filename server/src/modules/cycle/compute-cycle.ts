import {
  AppError,
  MetricSums,
  nextCycleState,
  readSums,
  recommend,
  writeSums,
  type SalesRole,
  type Period,
  type Tier,
} from '@shigang/shared';
import { assertMay, systemViewer, type Viewer } from '../../access/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { SqlScalar, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { whileQuiet, type AssertQuiet } from '../facts/index.ts';
import { gatherPlanFor, requireRoleModel, roleModelVersion, Scorer } from '../match/index.ts';
import { gatherSums, peopleInScope, writeProfiles, type GatherPlan } from '../profile/index.ts';
import {
  cycleIdOf,
  findCycle,
  layoutOf,
  lockCycle,
  pictureOf,
  requireCycle,
  type ComputedCycle,
  type Cycle,
  type Frozen,
} from './cycle.ts';
import type { CycleDeps } from './deps.ts';

/** Which cycle, and how it is computed. */
export interface PrepareRequest {
  readonly period: Period;
  readonly role: SalesRole;
  /** A past quarter, scored and closed with nobody told. */
  readonly isHistory: boolean;
  /** Departments (sub-departments listed too) that HR narrows the scope to; absent: everybody, or as before. */
  readonly deptIds?: readonly number[];
}

/** People from one userid to another, both included. */
export interface MemberRange {
  readonly fromUserId: string;
  readonly toUserId: string;
}

/** People gathered at a time: bounds the memory of the sums, not the snapshot. */
const GATHER_CHUNK = 4_000;
/** People per computing job: short enough to be repeated cheaply when its worker dies. */
export const COMPUTE_CHUNK = 500;

/**
 * Opens the cycle if need be and writes the sums of everyone in scope from one consistent read; all later steps, also
 * after a crash, work from these rows. One transaction: after a crash either nothing happened or the snapshot is whole.
 * A cycle in `review` starts again and keeps its decisions; one that is being computed goes on; one that is published
 * stays as it is.
 * @throws AppError model.not_found
 */
export async function prepareCycle(deps: CycleDeps, viewer: Viewer, request: PrepareRequest): Promise<Cycle> {
  const cycleId = await openCycle(deps, viewer, request);
  const work = (assertQuiet: AssertQuiet): Promise<void> =>
    deps.db.snapshot(async (tx) => {
      const cycle = await lockCycle(tx, cycleId);
      if (cycle.state !== 'draft' && cycle.state !== 'review') return;
      await assertQuiet(tx);
      await takeSnapshot(deps, tx, {
        viewer,
        cycle,
        deptIds: request.deptIds ?? cycle.frozen?.deptIds ?? null,
      });
    });
  await whileQuiet(deps, work);
  return requireCycle(deps.db, cycleId);
}

/** Inserts the row in `draft` unless it is there. */
async function openCycle(deps: CycleDeps, viewer: Viewer, request: PrepareRequest): Promise<string> {
  const cycleId = cycleIdOf(request.period, request.role);
  if (await findCycle(deps.db, cycleId)) return cycleId;
  const { version } = await requireRoleModel(deps.db, request.role, request.period);
  await deps.db.transaction(async (tx) => {
    const inserted = await tx.execute(
      `INSERT IGNORE INTO review_cycles (cycle_id, period, role, model_version, state, is_history, frozen, created_at, created_by)
       VALUES (?, ?, ?, ?, 'draft', ?, '{}', ?, ?)`,
      [
        cycleId,
        request.period,
        request.role,
        version,
        request.isHistory ? 1 : 0,
        sqlInstant(deps.clock.now()),
        viewer.actor,
      ],
    );
    if (inserted.affectedRows === 0) return;
    await deps.audit.record(tx, viewer, {
      action: 'cycle.created',
      subjectKind: 'cycle',
      subjectId: cycleId,
      after: { state: 'draft', modelVersion: version, isHistory: request.isHistory },
    });
  });
  return cycleId;
}

interface SnapshotInput {
  readonly viewer: Viewer;
  readonly cycle: Cycle;
  readonly deptIds: readonly number[] | null;
}

async function takeSnapshot(
  deps: CycleDeps,
  tx: Tx,
  { viewer, cycle, deptIds }: SnapshotInput,
): Promise<void> {
  const state = nextCycleState(cycle.state, cycle.state === 'draft' ? 'compute' : 'recompute');
  const version = await roleModelVersion(tx, cycle.role, cycle.modelVersion);
  const plan = await gatherPlanFor(deps, tx, { period: cycle.period, version });
  const people = await peopleInScope(tx, cycle.period, deptIds === null ? {} : { deptIds });
  await tx.execute('DELETE FROM cycle_members WHERE cycle_id = ?', [cycle.cycleId]);
  for (let from = 0; from < people.length; from += GATHER_CHUNK) {
    const chunk = people.slice(from, from + GATHER_CHUNK);
    const sums = await gatherSums(tx, plan, chunk);
    await tx.insertMany(
      'cycle_members',
      ['cycle_id', 'user_id', 'name', 'main_dept_id', 'present_role', 'hired_on', 'sums'],
      chunk.map((person, position) => [
        cycle.cycleId,
        person.userId,
        person.name,
        person.mainDeptId,
        person.presentRole,
        person.hiredOn,
        writeSums(sums, position),
      ]),
    );
  }
  await tx.execute(
    'UPDATE review_cycles SET state = ?, frozen = ?, snapshot_at = ?, version = version + 1 WHERE cycle_id = ?',
    [state, JSON.stringify(frozenOf(plan, deptIds)), sqlInstant(deps.clock.now()), cycle.cycleId],
  );
  await deps.audit.record(tx, viewer, {
    action: 'cycle.computing',
    subjectKind: 'cycle',
    subjectId: cycle.cycleId,
    before: { state: cycle.state },
    after: { state, people: people.length, modelVersion: cycle.modelVersion },
  });
}

const frozenOf = (plan: GatherPlan, deptIds: readonly number[] | null): Frozen => ({
  runId: newId(),
  bounds: plan.bounds,
  facts: plan.facts,
  company: plan.company,
  deptIds,
});

/**
 * Takes the snapshot of a cycle that is being computed again: its sums are of a layout that this release does not know.
 * Does nothing where somebody else did. A published cycle never comes here: its result stands as it was shown.
 */
async function retakeSnapshot(deps: CycleDeps, runId: string, cycleId: string): Promise<void> {
  await deps.db.snapshot(async (tx) => {
    const cycle = await lockCycle(tx, cycleId);
    if (cycle.state !== 'computing' || cycle.frozen?.runId !== runId) return;
    const { deptIds } = cycle.frozen;
    await takeSnapshot(deps, tx, { viewer: systemViewer('cycle.compute'), cycle, deptIds });
  });
}

/** Chunks that still hold somebody who is not computed; every worker may ask, and any may compute any. */
export async function chunksToDo(
  deps: CycleDeps,
  cycleId: string,
  size = COMPUTE_CHUNK,
): Promise<MemberRange[]> {
  const cycle = await requireCycle(deps.db, cycleId);
  if (cycle.state !== 'computing') return [];
  const chunks: { from: string; to: string; left: number }[] = [];
  let position = 0;
  await deps.db.stream(
    'SELECT user_id, doc IS NULL FROM cycle_members WHERE cycle_id = ? ORDER BY user_id',
    [cycleId],
    ([userId, isOpen]) => {
      const id = String(userId);
      if (position % size === 0) chunks.push({ from: id, to: id, left: 0 });
      const chunk = chunks.at(-1);
      if (chunk) {
        chunk.to = id;
        chunk.left += Number(isOpen);
      }
      position += 1;
    },
  );
  return chunks
    .filter((chunk) => chunk.left > 0)
    .map((chunk) => ({ fromUserId: chunk.from, toUserId: chunk.to }));
}

interface MemberRow {
  readonly user_id: string;
  readonly name: string;
  readonly main_dept_id: number | null;
  readonly present_role: SalesRole;
  readonly hired_on: string | null;
  readonly sums: string;
}

/**
 * Profiles, scores and suggestions of the chunk's people who have none yet, in one transaction. Safe to repeat and to
 * run twice at once: the same sums give the same rows.
 * @returns people computed; 0 when the cycle is not being computed (any more), or has to begin again from the facts
 */
export async function computeChunk(
  deps: CycleDeps,
  viewer: Viewer,
  { cycleId, range }: { readonly cycleId: string; readonly range: MemberRange },
): Promise<number> {
  assertMay(viewer, 'cycle.compute');
  const cycle = await requireCycle(deps.db, cycleId);
  if (cycle.state !== 'computing') return 0;
  const picture = await pictureOf(deps.db, cycle);
  const people = await deps.db.select<MemberRow>(
    `SELECT user_id, name, main_dept_id, present_role, hired_on, sums FROM cycle_members
     WHERE cycle_id = ? AND user_id BETWEEN ? AND ? AND doc IS NULL ORDER BY user_id`,
    [cycleId, range.fromUserId, range.toUserId],
  );
  if (people.length === 0) return 0;
  const decided = await deps.decidedSuggestions(deps.db, cycleId, range);
  const rows = scoreMembers(cycle, picture, { people, decided });
  if (rows === null) {
    await retakeSnapshot(deps, picture.frozen.runId, cycleId);
    return 0;
  }
  return deps.db.transaction(async (tx) => {
    const now = await lockCycle(tx, cycleId, 'share');
    // Somebody took a new snapshot meanwhile: these sums are no longer the cycle's.
    if (now.state !== 'computing' || now.frozen?.runId !== picture.frozen.runId) return 0;
    await tx.insertMany('cycle_members', MEMBER_COLUMNS, rows.members, { update: MEMBER_COLUMNS.slice(5) });
    const { period, role } = cycle;
    const run = { period, role, computedAt: deps.clock.now() };
    await writeProfiles(tx, run, rows.profiles);
    return people.length;
  });
}

const MEMBER_COLUMNS = [
  'cycle_id',
  'user_id',
  'name',
  'present_role',
  'sums',
  'doc',
  'score_hundredths',
  'coverage_hundredths',
  'tier',
  'target_role',
  'is_suggestion_changed',
] as const;

interface ScoreInput {
  readonly people: readonly MemberRow[];
  /** Suggestion that the standing decision was made upon. */
  readonly decided: ReadonlyMap<string, Tier>;
}

/** Null: another release took the snapshot, and its sums mean something else. */
function scoreMembers(cycle: Cycle, picture: ComputedCycle, { people, decided }: ScoreInput) {
  const layout = layoutOf(picture);
  const sums = new MetricSums(layout, picture.plan.window, people.length);
  if (!people.every((person, position) => readSums(sums, position, person.sums))) return null;
  const scorer = new Scorer(picture.version, layout, picture.frozen.company);
  const members: SqlScalar[][] = [];
  const profiles = people.map((person, position) => {
    const of = { userId: person.user_id, mainDeptId: person.main_dept_id, hiredOn: person.hired_on };
    const { row, match } = scorer.score(of, sums, position);
    if (match === null) throw new AppError('internal', {}, { about: { cycleId: cycle.cycleId } });
    const { tier, targetRole } = recommend(match.tier, {
      presentRole: person.present_role,
      modelRole: cycle.role,
    });
    const before = decided.get(person.user_id);
    members.push([
      cycle.cycleId,
      person.user_id,
      person.name,
      person.present_role,
      person.sums,
      row.doc,
      match.score,
      match.coverage,
      tier,
      targetRole,
      before !== undefined && before !== tier ? 1 : 0,
    ]);
    return row;
  });
  return { members, profiles };
}
