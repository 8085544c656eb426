import {
  AppError,
  sumLayout,
  type MetricId,
  type Period,
  type SalesRole,
  type Tier,
  type ExplanationSource,
} from '@shigang/shared';
import { visibleEmployees, type PersonalData, type Viewer } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import {
  evidenceIds,
  findProfileValues,
  gatherSums,
  peopleInScope,
  readProfile,
  readProfileDoc,
  readTeamAverages,
  type GatherPlan,
  type PersonEvidence,
  type ProfileValues,
} from '../profile/index.ts';
import type { SettingsModule } from '../settings/index.ts';
import { gatherPlanFor } from './rebuild-profiles.ts';
import { roleModelVersion } from './role-model-store.ts';
import { Scorer } from './score-people.ts';

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

/** Whose figures: absent and not visible look alike. */
export interface FiguresRequest {
  readonly viewer: Viewer;
  readonly userId: string;
  /** Which rule of access: `cycle` is HR alone, `profile` also the person and managers. */
  readonly data: PersonalData;
}

/** Which figures: of a period, against a role's model. */
export interface FiguresKey {
  readonly period: Period;
  readonly role: SalesRole;
}

interface FiguresDeps {
  readonly db: Database;
  readonly settings: SettingsModule;
}

/** A person's figures of the last rebuild; null: none to see. Those that a later release wrote are computed anew. */
export async function liveFigures(
  deps: FiguresDeps,
  key: FiguresKey,
  request: FiguresRequest,
): Promise<PersonFigures | null> {
  const { userId } = request;
  const profile = await readProfile(deps.db, key, userId, (column) =>
    visibleEmployees(request.viewer, request.data, column),
  );
  if (!profile || profile.modelVersion === null) return null;
  const version = await roleModelVersion(deps.db, key.role, profile.modelVersion);
  const plan = await gatherPlanFor(deps, deps.db, { period: key.period, version, userIds: [userId] });
  const values =
    findProfileValues(profile.doc) ?? (await valuesFromFacts(deps, { plan, userId, period: key.period }));
  if (values === null) return null;
  const [person] = await deps.db.select<{ name: string }>('SELECT name FROM employees WHERE user_id = ?', [
    userId,
  ]);
  return {
    source: {
      version,
      period: key.period,
      values,
      teamAverages: await readTeamAverages(deps.db, key, profile.mainDeptId),
      evidence: await evidenceOfOne(deps, plan, userId),
    },
    name: person?.name ?? userId,
    presentRole: await presentRoleOf(deps, userId, plan),
    suggested: profile.tier,
    suggestedRole: null,
    dataAt: profile.computedAt.getTime(),
  };
}

interface FactsOfOne {
  readonly plan: GatherPlan;
  readonly userId: string;
  readonly period: Period;
}

/** Null: the person is in nobody's scope of that period. */
async function valuesFromFacts(
  { db }: FiguresDeps,
  { plan, userId, period }: FactsOfOne,
): Promise<ProfileValues | null> {
  const people = await peopleInScope(db, period, { userIds: [userId] });
  const [person] = people;
  if (!person) return null;
  const sums = await gatherSums(db, plan, people);
  const scorer = new Scorer(null, sumLayout(plan.facts), plan.company);
  return readProfileDoc(scorer.score(person, sums, 0).row.doc);
}

async function presentRoleOf(deps: FiguresDeps, userId: string, plan: GatherPlan): Promise<SalesRole | null> {
  const [row] = await deps.db.select<{ role: SalesRole }>(
    'SELECT role FROM role_assignments WHERE user_id = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1',
    [userId, plan.window.lastOn],
  );
  return row?.role ?? null;
}

/** Evidence of one person as the facts stand now. */
export async function evidenceOfOne(
  deps: Pick<FiguresDeps, 'db'>,
  plan: GatherPlan,
  userId: string,
): Promise<PersonEvidence> {
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
