import { dropLeftovers } from '../scripts/databases.mjs';

/** Once per jest, after the last suite: the workers' databases go, unless the server goes with them. */
export default async function runEnds() {
  const { TEST_DATABASE_URL: mysql, TEST_REDIS_URL: redis, TEST_RUN_ID: runId, TEST_SERVERS } = process.env;
  if (!mysql || !redis || !runId || TEST_SERVERS === 'private') return;
  await dropLeftovers({ mysql: { url: mysql }, redis: { url: redis } }, { runId, ended: process.pid });
}
