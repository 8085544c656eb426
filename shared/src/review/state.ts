import { AppError } from '../errors/app-error.ts';
import { cycleStateNames, cycleStepNames, type CycleState, type CycleStepName } from '../messages/words.ts';

/** What moves a cycle (docs/domain.md §5): `recompute` goes back to computing and keeps the decisions. */
export type CycleStep = Exclude<CycleStepName, 'decide'>;

const steps: Record<CycleStep, { readonly from: CycleState; readonly to: CycleState }> = {
  compute: { from: 'draft', to: 'computing' },
  finish_compute: { from: 'computing', to: 'review' },
  recompute: { from: 'review', to: 'computing' },
  publish: { from: 'review', to: 'published' },
  close: { from: 'published', to: 'closed' },
};

/**
 * State after a step; a step that was done already (the cycle stands where it leads) changes nothing, so that every
 * command may be repeated.
 * @throws AppError cycle.wrong_state
 */
export function nextCycleState(state: CycleState, step: CycleStep): CycleState {
  const { from, to } = steps[step];
  if (state === from || state === to) return to;
  throw wrongState(state, step);
}

const wrongState = (state: CycleState, step: CycleStepName): AppError =>
  new AppError('cycle.wrong_state', { state: cycleStateNames[state], step: cycleStepNames[step] });

/** Whether people may decide. @throws AppError cycle.wrong_state */
export function assertInReview(state: CycleState): void {
  if (state !== 'review') throw wrongState(state, 'decide');
}

/** Employees and managers see scores of such cycles only. */
export const isPublic = (state: CycleState): boolean => state === 'published' || state === 'closed';
