export * from './harness/browser.ts';
export * from './harness/house.ts';
export * from './harness/servers.ts';
export * from './harness/shigang-process.ts';
export * from './harness/test-database.ts';
export * from './harness/test-dingtalk.ts';
export * from './harness/test-redis.ts';
export * from './harness/virtual-clock.ts';
