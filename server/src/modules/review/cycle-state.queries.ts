import { countTiers, type CycleState, type Period, type TierCounts } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import { requireCycle, type Cycle } from './cycle.ts';
import type { ReviewDeps } from './deps.ts';
import { countedOf, membersOf, type Member } from './members.queries.ts';

/** Something that must be settled before publication. */
export interface Blocker {
  readonly kind: 'flag';
  readonly id: string;
}

/** What every cycle command prints (spec "interfaces: command line"). */
export interface CycleDocument {
  readonly period: Period;
  readonly cycleId: string;
  readonly modelVersion: number;
  readonly state: CycleState;
  /** Of the people the viewer may see; per person the decision, else the suggestion. */
  readonly counts: Omit<TierCounts, 'left'>;
  readonly blockers: readonly Blocker[];
  readonly ms: number;
}

/** State of a cycle as the viewer may see it. @param started real ms when the command began */
export async function cycleDocument(
  deps: ReviewDeps,
  viewer: Viewer,
  cycleId: string,
  started: number,
): Promise<CycleDocument> {
  const cycle = await requireCycle(deps.db, cycleId);
  const members = await membersOf(deps.db, { cycle, viewer, today: today(deps.clock) });
  const { left: _left, ...counts } = countTiers(members.map(countedOf));
  return {
    period: cycle.period,
    cycleId,
    modelVersion: cycle.modelVersion,
    state: cycle.state,
    counts,
    blockers: await blockersOf(deps, cycle),
    ms: deps.clock.real() - started,
  };
}

/** Open fairness flags; a published cycle has none. */
export async function blockersOf(deps: Pick<ReviewDeps, 'db'>, cycle: Cycle): Promise<Blocker[]> {
  if (cycle.state !== 'review') return [];
  const rows = await deps.db.select<{ flag_id: string }>(
    'SELECT flag_id FROM cycle_flags WHERE cycle_id = ? AND answer IS NULL ORDER BY flag_id',
    [cycle.cycleId],
  );
  return rows.map((row) => ({ kind: 'flag', id: row.flag_id }));
}

/** Members still without a decision; who has left needs none. */
export const undecidedOf = (members: readonly Member[]): Member[] =>
  members.filter((member) => !member.hasLeft && member.decisionKind === null);
