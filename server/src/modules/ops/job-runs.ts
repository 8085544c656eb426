import { AppError, jobRunText, shanghaiInstant } from '@shigang/shared';
import type { JobRunAnswer, JobRunView } from '@shigang/shared/answers';
import { assertMay, type Viewer } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import type { JobRuns } from '../../platform/job-runs/job-runs.ts';
import type { JobRun } from '../../platform/job-runs/run-row.ts';
import { namesOf } from '../org/index.ts';

export interface JobRunsDeps {
  readonly db: Database;
  readonly jobRuns: JobRuns;
}

/** What runs, waits, or was asked for today; one's own, everybody's for an HR admin. @throws AppError access.denied */
export async function listRuns(deps: JobRunsDeps, viewer: Viewer): Promise<JobRunView[]> {
  assertMay(viewer, 'runs.list');
  return views(deps, await deps.jobRuns.shown(seesAll(viewer) ? null : viewer.actor));
}

/** @throws AppError access.denied, job_run.not_found (absent and another's look alike) */
export async function showRun(deps: JobRunsDeps, viewer: Viewer, runId: string): Promise<JobRunAnswer> {
  assertMay(viewer, 'runs.list');
  const run = await visibleRun(deps, viewer, runId);
  const [view] = await views(deps, [run]);
  if (!view) throw new AppError('internal');
  return { ...view, outcome: run.outcome, errorCode: run.errorCode };
}

/** Asks a run to stop, and shows it. @throws AppError access.denied, job_run.not_found */
export async function cancelRun(deps: JobRunsDeps, viewer: Viewer, runId: string): Promise<JobRunAnswer> {
  assertMay(viewer, 'runs.cancel');
  await visibleRun(deps, viewer, runId);
  await deps.jobRuns.cancel(deps.db, runId, viewer);
  return showRun(deps, viewer, runId);
}

const seesAll = (viewer: Viewer): boolean => viewer.isHrAdmin || viewer.isSystem;

async function visibleRun(deps: JobRunsDeps, viewer: Viewer, runId: string): Promise<JobRun> {
  const run = await deps.jobRuns.find(runId);
  if (run === null || (!seesAll(viewer) && run.startedBy !== viewer.actor))
    throw new AppError('job_run.not_found');
  return run;
}

async function views(deps: JobRunsDeps, runs: readonly JobRun[]): Promise<JobRunView[]> {
  const names = await namesOf(deps.db, [...new Set(runs.map((run) => run.startedBy))]);
  return runs.map((run) => ({
    runId: run.runId,
    kind: run.kind,
    title: run.title,
    state: run.state,
    done: run.done,
    total: run.total,
    startedAt: shanghaiInstant(run.startedAt.getTime()),
    finishedAt: run.finishedAt === null ? null : shanghaiInstant(run.finishedAt.getTime()),
    startedBy: names.get(run.startedBy) ?? nameOfActor(run.startedBy),
    mayCancel: run.isCancellable && run.cancelAskedBy === null && isOpen(run),
    sentence: run.sentence ?? sentenceOfOpen(run),
  }));
}

const isOpen = (run: JobRun): boolean => run.state === 'queued' || run.state === 'running';

const nameOfActor = (actor: string): string =>
  actor.startsWith('cli:') ? jobRunText.byOperator : jobRunText.bySystem;

function sentenceOfOpen(run: JobRun): string {
  if (run.state === 'queued') return jobRunText.queued;
  return run.cancelAskedBy === null ? jobRunText.running(run.done, run.total) : jobRunText.stopping;
}
