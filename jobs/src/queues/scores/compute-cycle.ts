import { declarations, systemViewer, type App } from '@shigang/server';
import type { JobHandler, RunHandler } from '../handler.ts';

const COMPUTING = systemViewer('cycle.compute');
/** How often a run looks how far the chunks are. */
const LOOK_MS = 250;

export const handleContinueCycles: JobHandler<typeof declarations.continueCycles> = async (_, { app }) => {
  for (const cycleId of await app.modules.cycle.unfinished()) await handOut(app, cycleId);
};

export const handleComputeChunk: JobHandler<typeof declarations.computeChunkJob> = async (
  { cycleId, fromUserId, toUserId },
  { app },
) => {
  await app.modules.cycle.computeChunk(COMPUTING, cycleId, { fromUserId, toUserId });
  await app.modules.cycle.finishCompute(COMPUTING, cycleId);
};

/** The chunks are the workers' own; what gets lost of them the timer hands out again. */
export const handleComputeCycle: RunHandler<typeof declarations.computeCycleRun> = async (
  { cycleId },
  progress,
  { app },
) => {
  await handOut(app, cycleId);
  for (;;) {
    const { done, total, isOver } = await app.modules.cycle.progress(cycleId);
    await progress(done, total);
    if (isOver) return { people: total };
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
};

async function handOut(app: App, cycleId: string): Promise<void> {
  const { cycle } = app.modules;
  const chunks = await cycle.chunksToDo(cycleId);
  if (chunks.length === 0) {
    await cycle.finishCompute(COMPUTING, cycleId);
    return;
  }
  for (const chunk of chunks) {
    // A chunk already waiting or running is not queued twice; its lock, not this, decides who takes it up again.
    await app.queues.addOnce(declarations.computeChunkJob, `${cycleId}-${chunk.fromUserId}`, {
      cycleId,
      ...chunk,
    });
  }
}
