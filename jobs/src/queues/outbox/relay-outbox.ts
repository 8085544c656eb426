import { declarations, type App, type JobDeclaration, type Lane } from '@shigang/server';
import type { JobContext, JobHandler } from '../handler.ts';

const relays = {
  house: declarations.relayNews,
  dingtalk: declarations.relayOutbox,
} as const satisfies Readonly<Record<Lane, JobDeclaration<object>>>;

/** Wakes the relay of each lane that has something due. */
export async function wakeRelays({ outbox, queues }: Pick<App, 'outbox' | 'queues'>): Promise<void> {
  for (const lane of Object.keys(relays) as Lane[])
    if ((await outbox.dueCount(lane)) > 0) await queues.wake(relays[lane]);
}

async function relay(lane: Lane, { app, owner }: JobContext): Promise<void> {
  const handled = await app.modules.relay.drain(owner, lane);
  // What was sent may be news, and news may send something.
  if (handled > 0) await wakeRelays(app);
}

export const handleRelayOutbox: JobHandler<typeof declarations.relayOutbox> = (_, context) =>
  relay('dingtalk', context);
export const handleRelayNews: JobHandler<typeof declarations.relayNews> = (_, context) =>
  relay('house', context);
