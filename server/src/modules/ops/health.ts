import type Router from '@koa/router';
import type { Redis } from 'ioredis';
import type { Database } from '../../platform/database.ts';
import type { HttpMetrics } from '../../platform/metrics.ts';

export interface HealthDeps {
  readonly db: Database;
  readonly redis: Redis;
  readonly metrics: HttpMetrics;
}

/** How long a dependency may take before the server is called not ready. */
const PATIENCE_MS = 2_000;

/** `/healthz`: the process lives. `/readyz`: MySQL and Redis answer. `/metrics`: Prometheus. No personal data in any. */
export function mountHealth(router: Router, deps: HealthDeps): void {
  router.get('/healthz', (ctx) => {
    ctx.body = { ok: true };
  });
  router.get('/readyz', async (ctx) => {
    const [database, redis] = await Promise.all([
      answers(deps.db.select('SELECT 1')),
      answers(deps.redis.ping()),
    ]);
    ctx.status = database && redis ? 200 : 503;
    ctx.body = { ok: database && redis, database, redis };
  });
  router.get('/metrics', async (ctx) => {
    ctx.type = deps.metrics.registry.contentType;
    ctx.body = await deps.metrics.registry.metrics();
  });
}

async function answers(probe: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
  });
  try {
    return await Promise.race([probe.then(() => true).catch(() => false), patience]);
  } finally {
    clearTimeout(timer);
  }
}
