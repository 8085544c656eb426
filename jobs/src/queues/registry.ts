import type { DeclaredJob } from '@shigang/server';
import type { runSchedule } from '../schedule/jobs.ts';
import type { JobContext, JobHandler } from './handler.ts';
import { handleFinishLeftImports } from './imports/finish-left-imports.ts';
import { handleApplyInbox } from './inbox/apply-inbox.ts';
import { handleRecomputeChanged } from './incentives/recompute-changed.ts';
import { handleRelayNews, handleRelayOutbox } from './outbox/relay-outbox.ts';
import { handleRebuildChanged } from './profiles/rebuild-profiles.ts';
import { handleWorkOnRun } from './runs/work-on-run.ts';
import { handleRunSchedule } from './schedule/run-schedule.ts';
import { handleComputeChunk, handleContinueCycles } from './scores/compute-cycle.ts';

type Job = DeclaredJob | typeof runSchedule;

/** Every job of the house: a declaration without a handler does not compile, nor a handler without a declaration. */
const jobs: { readonly [Each in Job as Each['name']]: JobHandler<Each> } = {
  'schedule.run': handleRunSchedule,
  'imports.finish-left': handleFinishLeftImports,
  'profiles.rebuild-changed': handleRebuildChanged,
  'scores.continue-cycles': handleContinueCycles,
  'scores.compute-chunk': handleComputeChunk,
  'incentives.recompute-changed': handleRecomputeChanged,
  'runs.work': handleWorkOnRun,
  'outbox.relay': handleRelayOutbox,
  'news.relay': handleRelayNews,
  'inbox.apply': handleApplyInbox,
};

type AnyHandler = (payload: object, context: JobContext) => Promise<object | void>;

/** By the name that stands with the job in Redis; the worker fails a job whose name is not here. */
export const handlers: ReadonlyMap<string, AnyHandler> = new Map(
  Object.entries(jobs) as [string, AnyHandler][],
);
