import type { JobRunAnswer, JobRunView } from '@shigang/shared/answers';
import type { Viewer } from '../../access/index.ts';
import { cancelRun, listRuns, showRun, type JobRunsDeps } from './job-runs.ts';

export { jobRunRoutes } from './job-runs.routes.ts';

/** What keeps the installation going, as people see it. */
export interface Ops {
  /** See {@link listRuns}. */
  listRuns(viewer: Viewer): Promise<JobRunView[]>;
  /** See {@link showRun}. */
  showRun(viewer: Viewer, runId: string): Promise<JobRunAnswer>;
  /** See {@link cancelRun}. */
  cancelRun(viewer: Viewer, runId: string): Promise<JobRunAnswer>;
}

export const createOps = (deps: JobRunsDeps): Ops => ({
  listRuns: (viewer) => listRuns(deps, viewer),
  showRun: (viewer, runId) => showRun(deps, viewer, runId),
  cancelRun: (viewer, runId) => cancelRun(deps, viewer, runId),
});
