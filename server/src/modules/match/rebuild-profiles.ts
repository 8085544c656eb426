import {
  factsOfModel,
  roleModelDefaults,
  sumLayout,
  type MetricId,
  type Period,
  type SalesRole,
} from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import type { Database, Sql } from '../../platform/database.ts';
import type { Clock } from '../../platform/clock.ts';
import {
  departmentDocs,
  findProfileValues,
  gatherSums,
  peopleInScope,
  planGather,
  removeOutsiders,
  TeamSums,
  writeProfiles,
  writeTeamAverages,
  type GatherPlan,
  type ProfileKey,
  type ScopePerson,
} from '../profile/index.ts';
import { whileQuiet } from '../facts/index.ts';
import type { SettingsModule } from '../settings/index.ts';
import { roleModelInForce, type RoleModelVersion } from './role-model-store.ts';
import { Scorer, type ScoredProfile } from './score-people.ts';

export interface RebuildDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly settings: SettingsModule;
}

export interface RebuildRequest {
  readonly period: Period;
  readonly role: SalesRole;
  /** Absent: everyone in the period's scope. */
  readonly userIds?: readonly string[];
}

export interface RebuildResult {
  readonly period: Period;
  readonly employees: number;
  /** Values that are present, over all people. */
  readonly metrics: number;
  readonly ms: number;
}

/** Told between two chunks; what it throws ends the rebuild there, with whole rows. */
export type RebuildProgress = (done: number, total: number) => Promise<void>;

/** People per chunk: bounds memory and the size of a batch of writes; n chunks read the window once in all. */
const CHUNK = 1_000;

/**
 * Metrics, profile, score and tier of the period's people for one role's model, and the team averages beside them.
 * Safe to repeat: the same facts give byte-identical rows. @throws AppError access.denied
 */
export async function rebuildProfiles(
  deps: RebuildDeps,
  viewer: Viewer,
  request: RebuildRequest,
  progress: RebuildProgress = () => Promise.resolve(),
): Promise<RebuildResult> {
  assertMay(viewer, 'profiles.rebuild');
  const started = deps.clock.real();
  const key: ProfileKey = { period: request.period, role: request.role };
  const version = await roleModelInForce(deps.db, request.role, request.period);
  const filter = request.userIds === undefined ? {} : { userIds: request.userIds };
  const plan = await whileQuiet(deps, () =>
    gatherPlanFor(deps, deps.db, { period: request.period, version, ...filter }),
  );
  const people = await peopleInScope(deps.db, request.period, filter);
  const run = new RebuildRun(deps, key, { plan, version, computedAt: deps.clock.now() });
  try {
    for (let from = 0; from < people.length; from += CHUNK) {
      await progress(from, people.length);
      await run.chunk(people.slice(from, from + CHUNK));
    }
  } finally {
    await run.flush();
  }
  await progress(people.length, people.length);
  if (request.userIds === undefined) await run.finishAll(people);
  else await run.finishSome(people, request.userIds);
  return {
    period: request.period,
    employees: people.length,
    metrics: run.metrics,
    ms: deps.clock.real() - started,
  };
}

export interface PlanRequest {
  readonly period: Period;
  readonly version: RoleModelVersion | null;
  /** The only people that will be gathered; absent: everybody. */
  readonly userIds?: readonly string[];
}

/** What a period's sums depend on: the model's look-back and courses (four quarters and none without one), the bounds. */
export async function gatherPlanFor(
  deps: Pick<RebuildDeps, 'settings'>,
  sql: Sql,
  request: PlanRequest,
): Promise<GatherPlan> {
  const { segments } = await deps.settings.current();
  const model = request.version?.model ?? null;
  return planGather(sql, {
    period: request.period,
    lookbackQuarters: model?.lookbackQuarters ?? roleModelDefaults.lookbackQuarters,
    facts: factsOfModel(model),
    bounds: segments,
    ...(request.userIds === undefined ? {} : { userIds: request.userIds }),
  });
}

interface RunSettings {
  readonly plan: GatherPlan;
  readonly version: RoleModelVersion | null;
  /** Business time, ms. */
  readonly computedAt: number;
}

class RebuildRun {
  readonly #deps: RebuildDeps;
  readonly #db: Database;
  readonly #key: ProfileKey & { readonly computedAt: number };
  readonly #plan: GatherPlan;
  readonly #scorer: Scorer;
  readonly #metricIds: readonly MetricId[];
  readonly #teams = new TeamSums();
  #writing: Promise<void> = Promise.resolve();
  metrics = 0;

  constructor(deps: RebuildDeps, key: ProfileKey, of: RunSettings) {
    const layout = sumLayout(of.plan.facts);
    this.#deps = deps;
    this.#db = deps.db;
    this.#key = { ...key, computedAt: of.computedAt };
    this.#plan = of.plan;
    this.#metricIds = layout.metrics;
    this.#scorer = new Scorer(of.version, layout, of.plan.company);
  }

  /** Reads and scores a chunk while the one before is still being written. */
  async chunk(people: readonly ScopePerson[]): Promise<void> {
    const sums = await whileQuiet(this.#deps, () => gatherSums(this.#db, this.#plan, people));
    // One by one, so that of a whole chunk only the rows stay in memory.
    const rows = people.map((person, position) => {
      const scored = this.#scorer.score(person, sums, position);
      this.#count(scored);
      return scored.row;
    });
    await this.#writing;
    this.#writing = writeProfiles(this.#db, this.#key, rows);
  }

  flush(): Promise<void> {
    return this.#writing;
  }

  async finishAll(people: readonly ScopePerson[]): Promise<void> {
    const inScope = new Set(people.map((person) => person.userId));
    await this.#db.transaction(async (tx) => {
      await removeOutsiders(tx, this.#key, { inScope });
      await writeTeamAverages(tx, this.#key, this.#teams.averages());
    });
  }

  /** A rebuild of some people changes the averages of their departments alone. */
  async finishSome(people: readonly ScopePerson[], among: readonly string[]): Promise<void> {
    await removeOutsiders(this.#db, this.#key, {
      inScope: new Set(people.map((person) => person.userId)),
      among,
    });
    const deptIds = new Set(
      people.flatMap((person) => (person.mainDeptId === null ? [] : [person.mainDeptId])),
    );
    for (const deptId of deptIds) {
      await this.#renewUnreadable(deptId);
      const teams = new TeamSums();
      for (const { doc } of await departmentDocs(this.#db, this.#key, deptId)) {
        const values = findProfileValues(doc);
        if (values) teams.add(deptId, values.metrics);
      }
      await this.#db.transaction((tx) => writeTeamAverages(tx, { ...this.#key, deptId }, teams.averages()));
    }
  }

  /** Profiles that a later release wrote are computed again, since the averages need what they say. */
  async #renewUnreadable(deptId: number): Promise<void> {
    const docs = await departmentDocs(this.#db, this.#key, deptId);
    const userIds = docs.filter(({ doc }) => findProfileValues(doc) === null).map(({ userId }) => userId);
    if (userIds.length === 0) return;
    await this.chunk(await peopleInScope(this.#db, this.#key.period, { userIds }));
    await this.flush();
  }

  #count(one: ScoredProfile): void {
    for (const metric of one.metrics) if (metric) this.metrics += 1;
    this.#teams.addRow(one.row.mainDeptId, this.#metricIds, one.metrics);
  }
}
