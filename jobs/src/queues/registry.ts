import type { JobHandler, RegisteredJob } from './handler.ts';
import { inboxJobs } from './inbox/apply-inbox.ts';
import { importJobs } from './imports/finish-left-imports.ts';
import { incentiveJobs } from './incentives/compute-statements.ts';
import { outboxJobs } from './outbox/relay-outbox.ts';
import { profileJobs } from './profiles/rebuild-profiles.ts';
import { scheduleJobs } from './schedule/run-schedule.ts';
import { scoreJobs } from './scores/compute-cycle.ts';

/** Every job of the house; the worker fails a job whose name is not here. */
const jobs: readonly RegisteredJob[] = [
  ...scheduleJobs,
  ...importJobs,
  ...profileJobs,
  ...scoreJobs,
  ...incentiveJobs,
  ...outboxJobs,
  ...inboxJobs,
];

export const handlers: ReadonlyMap<string, JobHandler> = new Map(
  jobs.map(({ declaration, handle }) => [declaration.name, handle]),
);
