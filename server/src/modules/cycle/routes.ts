import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import { CycleListAnswer, CyclesQuery } from './cycle.dto.ts';
import type { CycleModule } from './index.ts';

/** Endpoints of the cycles themselves. */
export const cycleRoutes = (cycle: CycleModule): ApiRoute[] => [
  endpoint(
    {
      method: 'GET',
      path: '/cycles',
      audience: 'session',
      may: 'cycle.read',
      summary: '季度盘点列表',
      query: CyclesQuery,
      answer: CycleListAnswer,
    },
    async ({ viewer, query }) => ({ cycles: await cycle.list(viewer, query.role ?? null) }),
  ),
];
