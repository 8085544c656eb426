import { AppError, isPublic, type MetricId, type Period, type SalesRole, type Tier } from '@shigang/shared';
import { visibleEmployees, type PersonalData, type Viewer } from '../../access/index.ts';
import { gatherPlanFor, roleModelVersion, type ExplanationSource } from '../match/index.ts';
import {
  evidenceIds,
  readProfile,
  readProfileDoc,
  readTeamAverages,
  type GatherPlan,
  type PersonEvidence,
} from '../profile/index.ts';
import type { Cycle } from './cycle.ts';
import type { CycleDeps } from './deps.ts';
import { teamAveragesOf } from './finish-compute.ts';
import { evidencePicture, readFrozenEvidence } from './freeze-evidence.ts';

/** A person's figures with what screens and commands say beside them. */
export interface PersonFigures {
  readonly source: ExplanationSource;
  readonly name: string;
  readonly presentRole: SalesRole | null;
  readonly suggested: Tier | null;
  readonly suggestedRole: SalesRole | null;
  /** When the figures were computed, business ms. */
  readonly dataAt: number | null;
}

interface MemberDetail {
  readonly name: string;
  readonly mainDeptId: number | null;
  readonly presentRole: SalesRole;
  readonly doc: string | null;
  readonly evidence: string | null;
  readonly suggested: Tier | null;
  readonly suggestedRole: SalesRole | null;
}

/** Whose figures: absent and not visible look alike. */
export interface FiguresRequest {
  readonly viewer: Viewer;
  readonly userId: string;
  /** Which rule of access: `cycle` is HR alone, `profile` also the person and managers. */
  readonly data: PersonalData;
}

/** A member's figures as the cycle holds them, evidence frozen once it is published. Null: no such member to see. */
export async function memberFigures(
  deps: CycleDeps,
  cycle: Cycle,
  request: FiguresRequest,
): Promise<PersonFigures | null> {
  const may = visibleEmployees(request.viewer, request.data, 'm.user_id');
  const [member] = await deps.db.select<MemberDetail>(
    `SELECT m.name, m.main_dept_id AS mainDeptId, m.present_role AS presentRole, m.doc, m.evidence,
       m.tier AS suggested, m.target_role AS suggestedRole
     FROM cycle_members m WHERE m.cycle_id = ? AND m.user_id = ? AND m.doc IS NOT NULL AND ${may.sql}`,
    [cycle.cycleId, request.userId, ...may.params],
  );
  if (!member || member.doc === null) return null;
  const evidence =
    isPublic(cycle.state) && member.evidence !== null
      ? readFrozenEvidence(member.evidence)
      : await evidenceOfOne(deps, (await evidencePicture(deps.db, cycle)).plan, request.userId);
  return {
    source: {
      version: await roleModelVersion(deps.db, cycle.role, cycle.modelVersion),
      period: cycle.period,
      values: readProfileDoc(member.doc),
      teamAverages: await teamAveragesOf(deps, cycle, member.mainDeptId),
      evidence,
    },
    name: member.name,
    presentRole: member.presentRole,
    suggested: member.suggested,
    suggestedRole: member.suggestedRole,
    dataAt: cycle.snapshotAt?.getTime() ?? null,
  };
}

/** A person's figures of the last rebuild; null: none to see. */
export async function liveFigures(
  deps: CycleDeps,
  key: { readonly period: Period; readonly role: SalesRole },
  request: FiguresRequest,
): Promise<PersonFigures | null> {
  const profile = await readProfile(deps.db, key, request.userId, (column) =>
    visibleEmployees(request.viewer, request.data, column),
  );
  if (!profile || profile.modelVersion === null) return null;
  const version = await roleModelVersion(deps.db, key.role, profile.modelVersion);
  const plan = await gatherPlanFor(deps, deps.db, { period: key.period, version, userIds: [request.userId] });
  const [person] = await deps.db.select<{ name: string }>('SELECT name FROM employees WHERE user_id = ?', [
    request.userId,
  ]);
  return {
    source: {
      version,
      period: key.period,
      values: readProfileDoc(profile.doc),
      teamAverages: await readTeamAverages(deps.db, key, profile.mainDeptId),
      evidence: await evidenceOfOne(deps, plan, request.userId),
    },
    name: person?.name ?? request.userId,
    presentRole: await presentRoleOf(deps, request.userId, plan),
    suggested: profile.tier,
    suggestedRole: null,
    dataAt: profile.computedAt.getTime(),
  };
}

async function presentRoleOf(deps: CycleDeps, userId: string, plan: GatherPlan): Promise<SalesRole | null> {
  const [row] = await deps.db.select<{ role: SalesRole }>(
    'SELECT role FROM role_assignments WHERE user_id = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1',
    [userId, plan.window.lastOn],
  );
  return row?.role ?? null;
}

async function evidenceOfOne(deps: CycleDeps, plan: GatherPlan, userId: string): Promise<PersonEvidence> {
  return (await evidenceIds(deps.db, plan, [userId])).get(userId) ?? new Map();
}

/** Figures that must be there. @throws AppError cycle.person_not_found */
export function present(figures: PersonFigures | null): PersonFigures {
  if (figures === null) throw new AppError('cycle.person_not_found');
  return figures;
}

/** The metric as the figures know it. @throws AppError metric.unknown */
export function knownMetric(figures: PersonFigures, metric: string): MetricId {
  const { model } = figures.source.version;
  const indicator = model.dimensions
    .flatMap((dimension) => dimension.indicators)
    .find((row) => row.metric === metric);
  const found = indicator?.metric ?? model.mustHave.find((must) => must.metric === metric)?.metric;
  if (found === undefined) throw new AppError('metric.unknown', { metric });
  return found;
}
