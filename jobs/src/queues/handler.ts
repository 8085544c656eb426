import type { App, JobDeclaration, OutcomeOf, PayloadOf, RunProgress } from '@shigang/server';

/** What a handler gets besides its payload. */
export interface JobContext {
  readonly app: App;
  /** Name of this worker, for leases. */
  readonly owner: string;
}

/** What a handler answers is kept with the job for the console. */
export type JobHandler<Job> =
  Job extends JobDeclaration<infer Payload>
    ? (payload: Payload, context: JobContext) => Promise<object | void>
    : never;

/** Does a run: tells its progress between two pieces, and answers what came of it. */
export type RunHandler<Run> = (
  payload: PayloadOf<Run>,
  progress: RunProgress,
  context: JobContext,
) => Promise<OutcomeOf<Run>>;
