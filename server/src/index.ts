export * from './config/env.ts';
export * from './platform/clock.ts';
export * from './platform/database.ts';
export * from './platform/ids.ts';
export * from './platform/log.ts';
export * from './platform/redis.ts';
export * from './platform/outbox/outbox.ts';
export * from './platform/outbox/relay.ts';
