import type { Period, RoleModelFile, SalesRole } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import { liveFigures, type FiguresKey, type FiguresRequest, type PersonFigures } from './figures.ts';
import { hasChanged, rebuildChanged, type ChangedResult } from './rebuild-changed.ts';
import {
  rebuildProfiles,
  type RebuildDeps,
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
export * from './dto.ts';

/** The face of role models, profiles and scores. */
export interface Match {
  /** `model apply`: see {@link applyRoleModel}. */
  applyRoleModel(viewer: Viewer, file: unknown): Promise<AppliedModel>;
  /** `model show`: see {@link showRoleModel}. */
  showRoleModel(viewer: Viewer, role: SalesRole, period?: Period): Promise<RoleModelFile>;
  /** `profiles rebuild`: see {@link rebuildProfiles}. */
  rebuildProfiles(viewer: Viewer, request: RebuildRequest): Promise<RebuildResult>;
  /** What changed facts made stale: see {@link rebuildChanged}. */
  rebuildChanged(viewer: Viewer): Promise<ChangedResult>;
  /** Whether changed facts wait for {@link Match.rebuildChanged}. */
  hasChanged(): Promise<boolean>;
  /** See {@link liveFigures}. */
  liveFigures(key: FiguresKey, request: FiguresRequest): Promise<PersonFigures | null>;
}

export interface MatchDeps extends RebuildDeps {
  readonly audit: AuditLog;
}

export function createMatch(deps: MatchDeps): Match {
  return {
    applyRoleModel: (viewer, file) => applyRoleModel(deps, viewer, file),
    showRoleModel: (viewer, role, period) => showRoleModel(deps, viewer, { role, period }),
    rebuildProfiles: (viewer, request) => rebuildProfiles(deps, viewer, request),
    rebuildChanged: (viewer) => rebuildChanged(deps, viewer),
    hasChanged: () => hasChanged(deps.db),
    liveFigures: (key, request) => liveFigures(deps, key, request),
  };
}
