import { AppError } from '@shigang/shared';
import { declarations, type App, type Need, type StartedRun } from '@shigang/server';

/** What a command needs that hands its work to the workers (`--workers`) instead of doing it itself. */
export const needsOf = (options: { readonly workers?: boolean }): Need[] =>
  options.workers ? ['database', 'redis', 'queues'] : ['database'];

/** How often the command looks whether the workers are done. */
const LOOK_MS = 150;
/** Without a running worker nothing would ever happen; the command then says so. */
const PATIENCE_MS = 600_000;

/**
 * Follows a run to its end.
 * @returns what came of it
 * @throws AppError command.no_worker when nothing came of it in ten minutes, command.job_failed with the run's sentence
 */
export async function followRun<Outcome extends object>(app: App, { runId }: StartedRun): Promise<Outcome> {
  await app.queues.addOnce(declarations.workOnRun, runId, { runId });
  const until = app.clock.real() + PATIENCE_MS;
  for (;;) {
    const run = await app.jobRuns.find(runId);
    if (run?.state === 'done') return run.outcome as Outcome;
    if (run?.state === 'failed' || run?.state === 'cancelled')
      throw new AppError('command.job_failed', { job: run.title, reason: run.sentence ?? '' });
    if (app.clock.real() > until) throw new AppError('command.no_worker');
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
