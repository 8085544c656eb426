import { AppError } from '@shigang/shared';
import type { App, JobDeclaration, Need } from '@shigang/server';

/** What a command needs that hands its work to the workers (`--workers`) instead of doing it itself. */
export const needsOf = (options: { readonly workers?: boolean }): Need[] =>
  options.workers ? ['database', 'redis', 'queues'] : ['database'];

/** How often the command looks whether the workers are done. */
const LOOK_MS = 150;
/** Without a running worker nothing would ever happen; the command then says so. */
const PATIENCE_MS = 600_000;

/**
 * Waits until `isDone`.
 * @throws AppError command.no_worker when nothing came of it in ten minutes
 */
export async function untilDone(app: App, isDone: () => Promise<boolean>): Promise<void> {
  const until = app.clock.real() + PATIENCE_MS;
  while (!(await isDone())) {
    if (app.clock.real() > until) throw new AppError('command.no_worker');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/**
 * Hands one job to the workers and waits for its end.
 * @returns what its handler answered
 * @throws AppError command.no_worker, command.job_failed with the worker's reason
 */
export async function runByWorkers<Payload extends object, Result extends object>(
  app: App,
  job: JobDeclaration<Payload>,
  payload: Payload,
): Promise<Result> {
  const { id = '' } = await app.queues.add(job, payload);
  const queue = app.queues.queue(job.queue);
  let state = '';
  await untilDone(app, async () => {
    state = await queue.getJobState(id);
    return state === 'completed' || state === 'failed';
  });
  const ended = await queue.getJob(id);
  if (state === 'completed' && ended) return ended.returnvalue as Result;
  throw new AppError('command.job_failed', { job: job.name, reason: ended?.failedReason ?? '' });
}
