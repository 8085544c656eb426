import { declareJob } from '../../platform/queue/job.ts';

/** Finishes imports whose process is gone, or forgets what was still being read. */
export const finishLeftImports = declareJob<object>()({
  name: 'imports.finish-left',
  queue: 'profiles',
  attempts: 1,
  backoffMs: 1_000,
});
