import { countTiers, type CycleState, type Period, type TierCounts } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import { blockersOf, requireCycle, type Blocker } from '../cycle/index.ts';
import type { ReviewDeps } from './deps.ts';
import { countedOf, membersOf } from './members.queries.ts';

/** What every cycle command prints (docs/formats.md §8). */
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
    blockers: await blockersOf(deps.db, cycle),
    ms: deps.clock.real() - started,
  };
}
