import { systemViewer, type declarations } from '@shigang/server';
import type { JobHandler } from '../handler.ts';

export const handleRecomputeChanged: JobHandler<typeof declarations.recomputeChanged> = async (
  _,
  { app },
) => {
  await app.modules.incentive.recomputeChanged(systemViewer('incentives.recompute-changed'));
};
