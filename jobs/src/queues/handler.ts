import type { App, JobDeclaration } from '@shigang/server';

/** What a handler gets besides its payload. */
export interface JobContext {
  readonly app: App;
  /** Name of this worker, for leases. */
  readonly owner: string;
  /** 0–100, shown in the queue console. */
  readonly progress: (percent: number) => Promise<void>;
}

/** What a handler answers is kept with the job for whoever waits for it. */
export type JobHandler = (payload: object, context: JobContext) => Promise<object | void>;

/** A declaration with its handler, payload type erased for the registry. */
export interface RegisteredJob {
  readonly declaration: JobDeclaration<object>;
  readonly handle: JobHandler;
}

export const register = <Payload extends object>(
  declaration: JobDeclaration<Payload>,
  handle: (payload: Payload, context: JobContext) => Promise<object | void>,
): RegisteredJob => ({ declaration, handle: handle as JobHandler });
