import { declareJob } from '../queue/job.ts';

/** Applies every due event; woken with each that arrives, and every few seconds while there are any. */
export const applyInbox = declareJob<object>()({
  name: 'inbox.apply',
  queue: 'inbox',
  attempts: 1,
  backoffMs: 1_000,
});
