import type { declarations } from '@shigang/server';
import type { JobHandler } from '../handler.ts';

export const handleFinishLeftImports: JobHandler<typeof declarations.finishLeftImports> = async (
  _,
  { app },
) => {
  await app.modules.facts.finishLeftRuns();
};
