import { jobRunText } from '@shigang/shared';
import { declareRun } from '../../platform/job-runs/declaration.ts';
import { declareJob } from '../../platform/queue/job.ts';
import type { RebuildRequest, RebuildResult } from './rebuild-profiles.ts';

/** Rebuilds what facts changed since the last time; woken every few seconds. */
export const rebuildChanged = declareJob<object>()({
  name: 'profiles.rebuild-changed',
  queue: 'profiles',
  attempts: 1,
  backoffMs: 1_000,
});

/** Rebuilds profiles and scores of a quarter for one role's model. Stopped between two chunks it leaves whole rows. */
export const rebuildProfilesRun = declareRun<RebuildRequest, RebuildResult>()({
  name: 'profiles.rebuild',
  attempts: 5,
  isCancellable: true,
  title: jobRunText.rebuildProfiles,
  told: jobRunText.profilesRebuilt,
});
