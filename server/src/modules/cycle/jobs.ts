import { jobRunText, type Period, type SalesRole } from '@shigang/shared';
import { declareRun } from '../../platform/job-runs/declaration.ts';
import { declareJob } from '../../platform/queue/job.ts';

/** Hands what a cycle in `computing` still lacks to the workers; repeated until nothing is missing. */
export const continueCycles = declareJob<object>()({
  name: 'scores.continue-cycles',
  queue: 'scores',
  attempts: 1,
  backoffMs: 1_000,
});

/** Scores one chunk of people from the cycle's snapshot; one transaction, safe to repeat. */
export const computeChunkJob = declareJob<{ cycleId: string; fromUserId: string; toUserId: string }>()({
  name: 'scores.compute-chunk',
  queue: 'scores',
  attempts: 10,
  backoffMs: 500,
});

/**
 * Follows a cycle's chunks until everybody is computed. It cannot be stopped: from `computing` a cycle goes on to
 * `review` or nowhere.
 */
export const computeCycleRun = declareRun<
  { cycleId: string; period: Period; role: SalesRole },
  { people: number }
>()({
  name: 'cycle.compute',
  attempts: 20,
  isCancellable: false,
  title: jobRunText.computeCycle,
  told: jobRunText.cycleComputed,
});
