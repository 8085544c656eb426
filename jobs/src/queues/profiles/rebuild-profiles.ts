import type { Period, SalesRole } from '@shigang/shared';
import { declareJob, systemViewer } from '@shigang/server';
import { register } from '../handler.ts';

/** Rebuilds profiles and scores of a quarter for one role's model. */
export const rebuildProfiles = declareJob<{ period: Period; role: SalesRole }>()({
  name: 'profiles.rebuild',
  queue: 'profiles',
  attempts: 5,
  backoffMs: 1_000,
});

/** Rebuilds what facts changed since the last time; woken every few seconds. */
export const rebuildChanged = declareJob<object>()({
  name: 'profiles.rebuild-changed',
  queue: 'profiles',
  attempts: 1,
  backoffMs: 1_000,
});

export const profileJobs = [
  register(rebuildProfiles, (request, { app }) =>
    app.modules.match.rebuildProfiles(systemViewer('profiles.rebuild'), request),
  ),
  register(rebuildChanged, async (_, { app }) => {
    await app.modules.match.rebuildChanged(systemViewer('profiles.rebuild-changed'));
  }),
];
