import type { MetricId, Period, SalesRole, Tier } from '@shigang/shared';
import type { Predicate } from '../../access/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { Sql, SqlScalar } from '../../platform/database.ts';
import type { TeamAverageRow } from './team-sums.ts';

/** Which profiles: of one period, for one role's model. */
export interface ProfileKey {
  readonly period: Period;
  readonly role: SalesRole;
}

/** One person's profile with what lists need in columns; `doc` as written by `writeProfileDoc`. */
export interface ProfileRow {
  readonly userId: string;
  readonly modelVersion: number | null;
  readonly mainDeptId: number | null;
  readonly doc: string;
  /** Hundredths; null without a model or without any indicator. */
  readonly score: number | null;
  readonly coverage: number | null;
  readonly tier: Tier | null;
}

export interface StoredProfile extends ProfileRow {
  readonly computedAt: Date;
}

const COLUMNS = [
  'period',
  'role',
  'user_id',
  'model_version',
  'main_dept_id',
  'doc',
  'score_hundredths',
  'coverage_hundredths',
  'tier',
  'computed_at',
] as const;

/** Writes profiles (`computedAt`: business ms); an earlier row is replaced, so that a repeated chunk has one effect. */
export async function writeProfiles(
  sql: Sql,
  run: ProfileKey & { readonly computedAt: number },
  rows: readonly ProfileRow[],
): Promise<void> {
  await sql.insertMany(
    'profiles',
    COLUMNS,
    rows.map((row): SqlScalar[] => [
      run.period,
      run.role,
      row.userId,
      row.modelVersion,
      row.mainDeptId,
      row.doc,
      row.score,
      row.coverage,
      row.tier,
      sqlInstant(run.computedAt),
    ]),
    { update: COLUMNS.slice(3) },
  );
}

/** Userids per DELETE. */
const DELETE_BATCH = 1_000;

/**
 * Removes profiles of people who are not in the scope (any more): of everybody's, or of the people named. A row that
 * somebody else is rewriting at the same time stays.
 */
export async function removeOutsiders(
  sql: Sql,
  key: ProfileKey,
  people: { readonly inScope: ReadonlySet<string>; readonly among?: readonly string[] },
): Promise<void> {
  const outsiders: string[] = people.among?.filter((userId) => !people.inScope.has(userId)) ?? [];
  if (people.among === undefined) {
    await sql.stream(
      'SELECT user_id FROM profiles WHERE period = ? AND role = ?',
      [key.period, key.role],
      ([userId]) => {
        if (!people.inScope.has(String(userId))) outsiders.push(String(userId));
      },
    );
  }
  for (let from = 0; from < outsiders.length; from += DELETE_BATCH) {
    await sql.execute('DELETE FROM profiles WHERE period = ? AND role = ? AND user_id IN (?)', [
      key.period,
      key.role,
      outsiders.slice(from, from + DELETE_BATCH),
    ]);
  }
}

/** Replaces the team averages of a period and role, or of one department of it. */
export async function writeTeamAverages(
  sql: Sql,
  key: ProfileKey & { readonly deptId?: number },
  averages: readonly TeamAverageRow[],
): Promise<void> {
  const one =
    key.deptId === undefined ? { sql: '', params: [] } : { sql: ' AND dept_id = ?', params: [key.deptId] };
  await sql.execute(`DELETE FROM team_averages WHERE period = ? AND role = ?${one.sql}`, [
    key.period,
    key.role,
    ...one.params,
  ]);
  await sql.insertMany(
    'team_averages',
    ['period', 'role', 'dept_id', 'metric', 'value_ten_thousandths', 'n'],
    averages.map((row) => [key.period, key.role, row.deptId, row.metric, row.value, row.n]),
    { update: ['value_ten_thousandths', 'n'] },
  );
}

/** One person's last profile as far as the predicate lets it be seen; null when there is none. */
export async function readProfile(
  sql: Sql,
  key: ProfileKey,
  userId: string,
  seen: (column: string) => Predicate,
): Promise<StoredProfile | null> {
  const may = seen('p.user_id');
  const [row] = await sql.select<StoredProfile>(
    `SELECT p.user_id AS userId, p.model_version AS modelVersion, p.main_dept_id AS mainDeptId, p.doc,
       p.score_hundredths AS score, p.coverage_hundredths AS coverage, p.tier,
       p.computed_at AS computedAt
     FROM profiles p WHERE p.period = ? AND p.role = ? AND p.user_id = ? AND ${may.sql}`,
    [key.period, key.role, userId, ...may.params],
  );
  return row ?? null;
}

/** Documents of one department's profiles, for its team averages. */
export function departmentDocs(
  sql: Sql,
  key: ProfileKey,
  deptId: number,
): Promise<{ userId: string; doc: string }[]> {
  return sql.select<{ userId: string; doc: string }>(
    'SELECT user_id AS userId, doc FROM profiles WHERE period = ? AND role = ? AND main_dept_id = ?',
    [key.period, key.role, deptId],
  );
}

/** Team averages of a department by metric, ten-thousandths. */
export async function readTeamAverages(
  sql: Sql,
  key: ProfileKey,
  deptId: number | null,
): Promise<ReadonlyMap<MetricId, number>> {
  if (deptId === null) return new Map();
  const rows = await sql.select<{ metric: MetricId; value: number }>(
    `SELECT metric, value_ten_thousandths AS value FROM team_averages
     WHERE period = ? AND role = ? AND dept_id = ?`,
    [key.period, key.role, deptId],
  );
  return new Map(rows.map((row) => [row.metric, row.value]));
}
