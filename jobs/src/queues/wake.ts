import { declarations, type App } from '@shigang/server';
import { runSchedule } from '../schedule/jobs.ts';
import { wakeRelays } from './outbox/relay-outbox.ts';
import { isScheduleDue } from '../schedule.ts';

/**
 * Looks into MySQL for work that is due and wakes its jobs. This, not Redis, is what remembers: after Redis was emptied
 * the next look puts everything back.
 */
export async function wakeJobs(app: App): Promise<void> {
  const { queues, jobRuns } = app;
  const { cycle, facts, inboxReader } = app.modules;
  await wakeRelays(app);
  if (await inboxReader.hasDue()) await queues.wake(declarations.applyInbox);
  if (await isScheduleDue(app)) await queues.wake(runSchedule);
  if (await facts.hasLeftRuns()) await queues.wake(declarations.finishLeftImports);
  if (await facts.hasDirtyMarks('profile')) await queues.wake(declarations.rebuildChanged);
  if (await facts.hasDirtyMarks('statement')) await queues.wake(declarations.recomputeChanged);
  if (await cycle.hasUnfinished()) await queues.wake(declarations.continueCycles);
  for (const runId of await jobRuns.due()) await queues.addOnce(declarations.workOnRun, runId, { runId });
}
