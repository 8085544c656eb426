import { declareJob } from '../queue/job.ts';

const RELAY = { attempts: 1, backoffMs: 1_000 } as const;

/** Sends every due row of the lane to DingTalk; woken every few seconds while there are any. */
export const relayOutbox = declareJob<object>()({ name: 'outbox.relay', queue: 'outbox', ...RELAY });

/** Tells what is due inside the house; waits for no call to DingTalk. */
export const relayNews = declareJob<object>()({ name: 'news.relay', queue: 'news', ...RELAY });
