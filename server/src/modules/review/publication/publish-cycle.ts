import { AppError, isPublic, nextCycleState } from '@shigang/shared';
import { assertMay, type Viewer } from '../../../access/index.ts';
import { today } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import {
  blockersOf,
  freezeLeavers,
  lockCycle,
  memberCount,
  moveCycle,
  notePublication,
  requireCycle,
  type Cycle,
} from '../../cycle/index.ts';
import type { ReviewDeps } from '../deps.ts';
import { membersOf, undecidedOf, type Member } from '../members.queries.ts';
import { addCycleCards } from './cycle-cards.ts';
import { planActions } from './plan-actions.ts';
import { startActions } from './start-actions.ts';
import { addTeamSummaries } from './team-summaries.ts';

/** People named in a refusal. */
const NAMES = 5;

/**
 * Publishes a cycle: evidence and who has left are frozen, and written into the outbox are each person's notice and its
 * tier's action, one summary per manager, one card per HR person and HR admin. Needs a decision for everyone, a scope that covers everyone (else an HR admin) and no blockers. Published
 * already: nothing happens.
 * @throws AppError access.denied, cycle.not_found, cycle.scope_too_small, cycle.wrong_state, cycle.undecided, cycle.blocked
 */
export async function publishCycle(deps: ReviewDeps, viewer: Viewer, cycleId: string): Promise<void> {
  assertMay(viewer, 'cycle.publish');
  const before = await requireCycle(deps.db, cycleId);
  await deps.db.transaction((tx) => assertMayPublish(deps, tx, { cycle: before, viewer }));
  if (isPublic(before.state)) return;
  nextCycleState(before.state, 'publish');
  await deps.cycle.freezeEvidence(before);
  await deps.db.transaction(async (tx) => {
    const cycle = await lockCycle(tx, cycleId);
    if (isPublic(cycle.state)) return;
    await assertMayPublish(deps, tx, { cycle, viewer });
    // Decisions may have come in since; a new snapshot would have thrown the evidence away.
    if (cycle.frozen?.runId !== before.frozen?.runId) throw new AppError('cycle.changed');
    await freezeLeavers(tx, cycleId, today(deps.clock));
    const at = deps.clock.now();
    const state = nextCycleState(cycle.state, 'publish');
    await notePublication(tx, cycle, { by: viewer.actor, at, actions: 'full' });
    await moveCycle(tx, cycle, { state, at });
    const published = await requireCycle(tx, cycleId);
    const actions = await planActions(deps, tx, { cycle: published });
    await startActions(deps, tx, { cycle: published, actions });
    const managers = await addTeamSummaries(deps, tx, { cycle: published, actions });
    const cards = await addCycleCards(deps, tx, published);
    await deps.audit.record(tx, viewer, {
      action: 'cycle.published',
      subjectKind: 'cycle',
      subjectId: cycleId,
      before: { state: cycle.state },
      after: { state, cards, managers, notices: actions.length },
    });
  });
}

async function assertMayPublish(
  deps: ReviewDeps,
  tx: Tx,
  { cycle, viewer }: { readonly cycle: Cycle; readonly viewer: Viewer },
): Promise<void> {
  const members = await coveredMembers(deps, tx, { cycle, viewer });
  if (cycle.state !== 'review') return;
  const undecided = undecidedOf(members);
  if (undecided.length > 0) {
    const names = undecided.slice(0, NAMES).map((member) => member.name);
    if (undecided.length > NAMES) names.push('…');
    throw new AppError('cycle.undecided', { count: undecided.length, names: names.join('、') });
  }
  const blockers = await blockersOf(deps.db, cycle);
  if (blockers.length > 0) {
    throw new AppError('cycle.blocked', {
      count: blockers.length,
      blockers: blockers.map((blocker) => blocker.id).join('、'),
    });
  }
}

/** Everybody of the cycle, for a viewer whose scope covers them all. @throws AppError cycle.not_found, cycle.scope_too_small */
export async function coveredMembers(
  deps: ReviewDeps,
  tx: Tx,
  { cycle, viewer }: { readonly cycle: Cycle; readonly viewer: Viewer },
): Promise<Member[]> {
  const members = await membersOf(tx, { cycle, viewer, today: today(deps.clock) });
  if (viewer.isHrAdmin || viewer.isSystem) return members;
  if (members.length === 0) throw new AppError('cycle.not_found');
  if (members.length < (await memberCount(tx, cycle.cycleId))) throw new AppError('cycle.scope_too_small');
  return members;
}
