import { declareJob, type App } from '@shigang/server';
import { register } from '../handler.ts';

/** Hands what a cycle in `computing` still lacks to the workers; repeated until nothing is missing. */
export const continueCycles = declareJob<object>()({
  name: 'scores.continue-cycles',
  queue: 'scores',
  attempts: 1,
  backoffMs: 1_000,
});

/** Scores one chunk of people from the cycle's snapshot; one transaction, safe to repeat. */
const computeChunk = declareJob<{ cycleId: string; fromUserId: string; toUserId: string }>()({
  name: 'scores.compute-chunk',
  queue: 'scores',
  attempts: 10,
  backoffMs: 500,
});

export const scoreJobs = [
  register(continueCycles, async (_, { app }) => {
    for (const cycleId of await app.modules.cycle.unfinished()) await handOut(app, cycleId);
  }),
  register(computeChunk, async ({ cycleId, fromUserId, toUserId }, { app }) => {
    await app.modules.cycle.computeChunk(cycleId, { fromUserId, toUserId });
    await app.modules.cycle.finishCompute(cycleId);
  }),
];

async function handOut(app: App, cycleId: string): Promise<void> {
  const { cycle } = app.modules;
  const chunks = await cycle.chunksToDo(cycleId);
  if (chunks.length === 0) {
    await cycle.finishCompute(cycleId);
    return;
  }
  for (const chunk of chunks) {
    // A chunk already waiting or running is not queued twice; its lock, not this, decides who takes it up again.
    await app.queues.addOnce(computeChunk, `${cycleId}-${chunk.fromUserId}`, { cycleId, ...chunk });
  }
}
