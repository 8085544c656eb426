import type { MetricId, Period, SalesRole, Tier } from '@shigang/shared';
import type { Predicate } from '../../access/index.ts';
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

const COLUMNS = [
  'period',
  'role',
  'user_id',
  'run_id',
  'model_version',
  'main_dept_id',
  'doc',
  'score_hundredths',
  'coverage_hundredths',
  'tier',
] as const;

/** Writes profiles under a run; a row of an earlier run is replaced, so that a repeated chunk has one effect. */
export async function writeProfiles(
  sql: Sql,
  key: ProfileKey & { readonly runId: string },
  rows: readonly ProfileRow[],
): Promise<void> {
  await sql.insertMany(
    'profiles',
    COLUMNS,
    rows.map((row): SqlScalar[] => [
      key.period,
      key.role,
      row.userId,
      key.runId,
      row.modelVersion,
      row.mainDeptId,
      row.doc,
      row.score,
      row.coverage,
      row.tier,
    ]),
    { update: COLUMNS.slice(3) },
  );
}

/** Removes what this rebuild (of everybody, or of the people named) did not write: who is no longer in the scope. */
export async function removeOtherRuns(
  sql: Sql,
  key: ProfileKey & { readonly runId: string },
  userIds?: readonly string[],
): Promise<void> {
  const named =
    userIds === undefined ? { sql: '', params: [] } : { sql: ' AND user_id IN (?)', params: [userIds] };
  await sql.execute(`DELETE FROM profiles WHERE period = ? AND role = ? AND run_id <> ?${named.sql}`, [
    key.period,
    key.role,
    key.runId,
    ...named.params,
  ]);
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
): Promise<ProfileRow | null> {
  const may = seen('p.user_id');
  const [row] = await sql.select<ProfileRow>(
    `SELECT p.user_id AS userId, p.model_version AS modelVersion, p.main_dept_id AS mainDeptId, p.doc,
       p.score_hundredths AS score, p.coverage_hundredths AS coverage, p.tier
     FROM profiles p WHERE p.period = ? AND p.role = ? AND p.user_id = ? AND ${may.sql}`,
    [key.period, key.role, userId, ...may.params],
  );
  return row ?? null;
}

/** Documents of one department's profiles, for its team averages. */
export async function departmentDocs(sql: Sql, key: ProfileKey, deptId: number): Promise<string[]> {
  const rows = await sql.select<{ doc: string }>(
    'SELECT doc FROM profiles WHERE period = ? AND role = ? AND main_dept_id = ?',
    [key.period, key.role, deptId],
  );
  return rows.map((row) => row.doc);
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
