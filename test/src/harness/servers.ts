/** Servers that `npm test` found or started (scripts/services); for a single run set the variables yourself. */
export interface TestServers {
  /** `mysql://user:password@host:port` without a database. */
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Hash of the clone's path: names of databases and Redis prefixes carry it. */
  readonly runId: string;
}

/** @throws Error naming the missing variable: a suite is never skipped silently */
export function testServers(): TestServers {
  return {
    databaseUrl: required('TEST_DATABASE_URL').replace(/\/+$/, ''),
    redisUrl: required('TEST_REDIS_URL'),
    runId: process.env['TEST_RUN_ID'] ?? 'dev',
  };
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run "npm test", or set it to a server of your own`);
  return value;
}

type Cleanup = () => Promise<void>;
const cleanups: Cleanup[] = [];

/** Registers what the suite must undo; everything runs after its last test, the latest first. */
export function afterSuite(cleanup: Cleanup): void {
  cleanups.push(cleanup);
}

/** Called once per test file by jest-setup.ts. The first error is thrown after all have run. */
export async function cleanUp(): Promise<void> {
  const errors: unknown[] = [];
  for (const cleanup of cleanups.splice(0).reverse())
    await cleanup().catch((error: unknown) => errors.push(error));
  if (errors.length > 0) throw errors[0];
}
