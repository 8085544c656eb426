import { declareJob } from '../queue/job.ts';

/** Takes one run up, if it is still to be had: what it is stands in `job_runs`. */
export const workOnRun = declareJob<{ runId: string }>()({
  name: 'runs.work',
  queue: 'runs',
  attempts: 1,
  backoffMs: 1_000,
});
