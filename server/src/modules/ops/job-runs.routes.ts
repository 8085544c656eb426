import { endpoint, type ApiRoute } from '../../platform/http/index.ts';
import type { Ops } from './index.ts';
import { JobRunAnswer, JobRunParams, JobRunsAnswer } from './job-runs.dto.ts';

const ASKED = { audience: 'session', may: 'runs.read' } as const;

/** Long work: look at it, follow it, stop it. What starts it is an endpoint of the module that knows it. */
export const jobRunRoutes = (ops: Ops): ApiRoute[] => [
  endpoint(
    {
      ...ASKED,
      method: 'GET',
      path: '/job-runs',
      summary: '正在进行和今天的后台任务',
      answer: JobRunsAnswer,
    },
    async ({ viewer }) => ({ runs: await ops.listRuns(viewer) }),
  ),
  endpoint(
    {
      ...{ ...ASKED, method: 'GET', path: '/job-runs/{runId}', summary: '一个后台任务的进度和结果' },
      params: JobRunParams,
      answer: JobRunAnswer,
    },
    ({ viewer, params }) => ops.showRun(viewer, params.runId),
  ),
  endpoint(
    {
      ...{ ...ASKED, method: 'POST', path: '/job-runs/{runId}/cancel', summary: '请一个后台任务停下' },
      params: JobRunParams,
      answer: JobRunAnswer,
    },
    ({ viewer, params }) => ops.cancelRun(viewer, params.runId),
  ),
];
