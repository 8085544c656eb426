import { declareJob, type App, type JobDeclaration, type Lane } from '@shigang/server';
import { register } from '../handler.ts';

const RELAY = { attempts: 1, backoffMs: 1_000 } as const;

/** Sends every due row of a lane; woken every few seconds while there are any. A lane waits for no other. */
const relays = {
  house: declareJob<object>()({ name: 'news.relay', queue: 'news', ...RELAY }),
  dingtalk: declareJob<object>()({ name: 'outbox.relay', queue: 'outbox', ...RELAY }),
} as const satisfies Readonly<Record<Lane, JobDeclaration<object>>>;

const relayed = Object.keys(relays) as Lane[];

/** Wakes the relay of each lane that has something due. */
export async function wakeRelays({ outbox, queues }: Pick<App, 'outbox' | 'queues'>): Promise<void> {
  for (const lane of relayed) if ((await outbox.dueCount(lane)) > 0) await queues.wake(relays[lane]);
}

export const outboxJobs = relayed.map((lane) =>
  register(relays[lane], async (_, { app, owner }) => {
    const handled = await app.modules.relay.drain(owner, lane);
    // What was sent may be news, and news may send something.
    if (handled > 0) await wakeRelays(app);
  }),
);
