import { declareJob } from '@shigang/server';

/** Runs what the schedule says is due by the business clock. */
export const runSchedule = declareJob<object>()({
  name: 'schedule.run',
  queue: 'schedule',
  attempts: 1,
  backoffMs: 1_000,
});
