import type { App } from '@shigang/server';
import { applyInbox } from './inbox/apply-inbox.ts';
import { finishLeftImports } from './imports/finish-left-imports.ts';
import { recomputeChanged } from './incentives/compute-statements.ts';
import { wakeRelays } from './outbox/relay-outbox.ts';
import { rebuildChanged } from './profiles/rebuild-profiles.ts';
import { runSchedule } from './schedule/run-schedule.ts';
import { continueCycles } from './scores/compute-cycle.ts';
import { isScheduleDue } from '../schedule.ts';

/**
 * Looks into MySQL for work that is due and wakes its jobs. This, not Redis, is what remembers: after Redis was emptied
 * the next look puts everything back.
 */
export async function wakeJobs(app: App): Promise<void> {
  const { queues } = app;
  const { cycle, facts, inboxReader } = app.modules;
  await wakeRelays(app);
  if (await inboxReader.hasDue()) await queues.wake(applyInbox);
  if (await isScheduleDue(app)) await queues.wake(runSchedule);
  if (await facts.hasLeftRuns()) await queues.wake(finishLeftImports);
  if (await facts.hasDirtyMarks('profile')) await queues.wake(rebuildChanged);
  if (await facts.hasDirtyMarks('statement')) await queues.wake(recomputeChanged);
  if (await cycle.hasUnfinished()) await queues.wake(continueCycles);
}
