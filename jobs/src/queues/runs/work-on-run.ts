import { workOn, type declarations, type RunWork } from '@shigang/server';
import type { JobHandler } from '../handler.ts';
import { runs } from './registry.ts';

export const handleWorkOnRun: JobHandler<typeof declarations.workOnRun> = async ({ runId }, context) => {
  const work = (kind: string): RunWork<never, never> => {
    const run = runs.get(kind);
    if (!run) throw new Error(`no handler for run ${kind}`);
    const { declaration, handle } = run;
    return { declaration, handle: (payload, progress) => handle(payload, progress, context) };
  };
  await workOn(context.app, { runId, owner: context.owner, work });
};
