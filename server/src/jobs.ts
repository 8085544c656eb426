import * as cycle from './modules/cycle/jobs.ts';
import * as facts from './modules/facts/jobs.ts';
import * as incentive from './modules/incentive/jobs.ts';
import * as match from './modules/match/jobs.ts';
import * as inbox from './platform/inbox/jobs.ts';
import * as jobRuns from './platform/job-runs/jobs.ts';
import * as outbox from './platform/outbox/jobs.ts';
import type { QueueName } from './platform/queue/job.ts';

/** Every declaration of every `jobs.ts`; the handlers in `jobs/src/queues` are complete by this type. */
export const declarations = {
  ...facts,
  ...match,
  ...incentive,
  ...cycle,
  ...outbox,
  ...inbox,
  ...jobRuns,
} as const;

type Declared = (typeof declarations)[keyof typeof declarations];
/** What only a worker does, woken through a queue. */
export type DeclaredJob = Extract<Declared, { readonly queue: QueueName }>;
/** What somebody starts and follows. */
export type DeclaredRun = Extract<Declared, { readonly isCancellable: boolean }>;
