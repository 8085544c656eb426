import type { Period } from '@shigang/shared';
import { declareJob, systemViewer } from '@shigang/server';
import { register } from '../handler.ts';

/** Prices one chunk of people; one transaction, safe to repeat. */
const computeChunk = declareJob<{ period: Period; from: string; to: string }>()({
  name: 'incentives.compute-chunk',
  queue: 'incentives',
  attempts: 5,
  backoffMs: 1_000,
});

/** Prices a whole quarter by handing its chunks to the workers. */
export const computeStatements = declareJob<{ period: Period }>()({
  name: 'incentives.compute',
  queue: 'incentives',
  attempts: 5,
  backoffMs: 1_000,
});

/** Prices what facts, roles or plans changed since the last time; woken every few seconds. */
export const recomputeChanged = declareJob<object>()({
  name: 'incentives.recompute-changed',
  queue: 'incentives',
  attempts: 1,
  backoffMs: 1_000,
});

export const incentiveJobs = [
  register(computeStatements, async ({ period }, { app }) => {
    const chunks = await app.modules.incentive.chunksOf(period);
    await app.queues.addMany(
      computeChunk,
      chunks.map((range) => ({ period, ...range })),
    );
  }),
  register(computeChunk, async ({ period, from, to }, { app }) => {
    await app.modules.incentive.computeChunk(systemViewer('incentives.compute'), period, { from, to });
  }),
  register(recomputeChanged, async (_, { app }) => {
    await app.modules.incentive.recomputeChanged(systemViewer('incentives.recompute-changed'));
  }),
];
