import { systemViewer, type declarations } from '@shigang/server';
import type { JobHandler, RunHandler } from '../handler.ts';

/** Who may was judged when it was asked for; the work itself is the house's. */
export const handleRebuildProfiles: RunHandler<typeof declarations.rebuildProfilesRun> = (
  request,
  progress,
  { app },
) => app.modules.match.rebuildProfiles(systemViewer('profiles.rebuild'), request, progress);

export const handleRebuildChanged: JobHandler<typeof declarations.rebuildChanged> = async (_, { app }) => {
  await app.modules.match.rebuildChanged(systemViewer('profiles.rebuild-changed'));
};
