import { declareJob } from '@shigang/server';
import { register } from '../handler.ts';

/** Sends every due outbox row; woken every few seconds while there are any. */
export const relayOutbox = declareJob<object>()({
  name: 'outbox.relay',
  queue: 'outbox',
  attempts: 1,
  backoffMs: 1_000,
});

export const outboxJobs = [
  register(relayOutbox, async (_, { app, owner }) => {
    await app.modules.relay.drain(owner);
  }),
];
