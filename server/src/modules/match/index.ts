import { assertBegun, type Period, type RoleModelFile, type SalesRole } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { JobRuns, StartedRun } from '../../platform/job-runs/job-runs.ts';
import { liveFigures, type FiguresKey, type FiguresRequest, type PersonFigures } from './figures.ts';
import { rebuildProfilesRun } from './jobs.ts';
import { hasChanged, rebuildChanged, type ChangedResult } from './rebuild-changed.ts';
import {
  rebuildProfiles,
  type RebuildDeps,
  type RebuildProgress,
  type RebuildRequest,
  type RebuildResult,
} from './rebuild-profiles.ts';
import { applyRoleModel, showRoleModel, type AppliedModel } from './role-model-store.ts';

export {
  evidenceOfOne,
  knownMetric,
  liveFigures,
  present,
  type FiguresRequest,
  type PersonFigures,
} from './figures.ts';
export { gatherPlanFor, type RebuildRequest, type RebuildResult } from './rebuild-profiles.ts';
export {
  requireRoleModel,
  roleModelVersion,
  type AppliedModel,
  type RoleModelVersion,
} from './role-model-store.ts';
export { Scorer, type ScoredProfile } from './score-people.ts';
export { matchRoutes } from './routes.ts';
export * from './dto.ts';

/** The face of role models, profiles and scores. */
export interface Match {
  /** `model apply`: see {@link applyRoleModel}. */
  applyRoleModel(viewer: Viewer, file: unknown): Promise<AppliedModel>;
  /** `model show`: see {@link showRoleModel}. */
  showRoleModel(viewer: Viewer, role: SalesRole, period?: Period): Promise<RoleModelFile>;
  /** `profiles rebuild`: see {@link rebuildProfiles}. */
  rebuildProfiles(
    viewer: Viewer,
    request: RebuildRequest,
    progress?: RebuildProgress,
  ): Promise<RebuildResult>;
  /** The same by the workers, to be followed as a run; a second for the same quarter and role is the first. */
  startRebuild(viewer: Viewer, request: RebuildRequest): Promise<StartedRun>;
  /** What changed facts made stale: see {@link rebuildChanged}. */
  rebuildChanged(viewer: Viewer): Promise<ChangedResult>;
  /** Whether changed facts wait for {@link Match.rebuildChanged}. */
  hasChanged(): Promise<boolean>;
  /** See {@link liveFigures}. */
  liveFigures(key: FiguresKey, request: FiguresRequest): Promise<PersonFigures | null>;
}

export interface MatchDeps extends RebuildDeps {
  readonly audit: AuditLog;
  readonly jobRuns: JobRuns;
}

export function createMatch(deps: MatchDeps): Match {
  return {
    applyRoleModel: (viewer, file) => applyRoleModel(deps, viewer, file),
    showRoleModel: (viewer, role, period) => showRoleModel(deps, viewer, { role, period }),
    async rebuildProfiles(viewer, request, progress) {
      assertMay(viewer, 'profiles.rebuild');
      assertBegun(request.period, today(deps.clock));
      return rebuildProfiles(deps, viewer, request, progress);
    },
    async startRebuild(viewer, request) {
      assertMay(viewer, 'profiles.rebuild');
      assertBegun(request.period, today(deps.clock));
      const key = `${request.period}-${request.role}`;
      return deps.jobRuns.start(deps.db, rebuildProfilesRun, { payload: request, startedBy: viewer, key });
    },
    rebuildChanged: (viewer) => rebuildChanged(deps, viewer),
    hasChanged: () => hasChanged(deps.db),
    liveFigures: (key, request) => liveFigures(deps, key, request),
  };
}
