import { declareJob } from '../../platform/queue/job.ts';

/** Prices what facts, roles or plans changed since the last time; woken every few seconds. */
export const recomputeChanged = declareJob<object>()({
  name: 'incentives.recompute-changed',
  queue: 'incentives',
  attempts: 1,
  backoffMs: 1_000,
});
