import type { Sql } from '../../platform/database.ts';
import type { SettingsModule } from '../settings/index.ts';
import { groupsAbove, readDepartments, type Person } from './reporting-lines.ts';

type AccessSettings = Pick<SettingsModule, 'current'>;

/** People asked about in one statement. */
const CHUNK = 1_000;

/**
 * Who starts the approval of a decision: the deciding HR person while in service, else the first HR admin by userid;
 * null: nobody. @param decidedBy userid, or the command line's or system's name
 */
export async function starterOf(
  sql: Sql,
  settings: AccessSettings,
  decidedBy: string,
): Promise<string | null> {
  return (await startersOf(sql, settings, [decidedBy])).get(decidedBy) ?? null;
}

/** As {@link starterOf} for many at once, in a fixed number of statements per chunk of those who decided. */
export async function startersOf(
  sql: Sql,
  settings: AccessSettings,
  decidedBy: readonly string[],
): Promise<Map<string, string | null>> {
  const active = await inService(sql, decidedBy);
  const [admin = null] = decidedBy.every((by) => active.has(by)) ? [] : await hrAdmins(sql, settings);
  return new Map(decidedBy.map((by) => [by, active.has(by) ? by : admin]));
}

export interface ApproverQuestion {
  readonly userId: string;
  /** Never asked to agree to what they started; null: nobody starts it. */
  readonly starterUserId: string | null;
}

/**
 * Who is asked: the direct manager, else a head of the main department or of the next one above it, else an HR admin.
 * In service, and never the person or the starter. Null: nobody can be asked.
 */
export async function approverOf(
  sql: Sql,
  settings: AccessSettings,
  question: ApproverQuestion,
): Promise<string | null> {
  return (await approversOf(sql, settings, [question])).get(question.userId) ?? null;
}

/** As {@link approverOf} for many people at once, by userid; a fixed number of statements per chunk of people. */
export async function approversOf(
  sql: Sql,
  settings: AccessSettings,
  questions: readonly ApproverQuestion[],
): Promise<Map<string, string | null>> {
  if (questions.length === 0) return new Map();
  const people = await readPeople(
    sql,
    questions.map(({ userId }) => userId),
  );
  const departments = await readDepartments(sql);
  const inUse = new Map([...departments].filter(([, { isActive }]) => isActive));
  const admins = await hrAdmins(sql, settings);
  const candidates = new Map(
    [...people.values()].map((person) => [
      person.userId,
      [...[...groupsAbove(person, inUse)].flat(), ...admins],
    ]),
  );
  const active = await inService(sql, [...candidates.values()].flat());
  return new Map(
    questions.map(({ userId, starterUserId }) => [
      userId,
      (candidates.get(userId) ?? admins).find(
        (candidate) => candidate !== userId && candidate !== starterUserId && active.has(candidate),
      ) ?? null,
    ]),
  );
}

export const isInService = async (sql: Sql, userId: string): Promise<boolean> =>
  (await inService(sql, [userId])).has(userId);

/** Those of these people who are in service. */
async function inService(sql: Sql, userIds: readonly string[]): Promise<Set<string>> {
  const rows = await inChunks(userIds, (ids) =>
    sql.select<{ id: string }>('SELECT user_id AS id FROM employees WHERE user_id IN (?) AND active = 1', [
      ids,
    ]),
  );
  return new Set(rows.map((row) => row.id));
}

async function readPeople(sql: Sql, userIds: readonly string[]): Promise<Map<string, Person>> {
  const rows = await inChunks(userIds, (ids) =>
    sql.select<Person>(
      `SELECT user_id AS userId, manager_user_id AS managerId, main_dept_id AS mainDeptId
       FROM employees WHERE user_id IN (?)`,
      [ids],
    ),
  );
  return new Map(rows.map((row) => [row.userId, row]));
}

async function inChunks<Row>(
  userIds: readonly string[],
  read: (ids: readonly string[]) => Promise<Row[]>,
): Promise<Row[]> {
  const ids = [...new Set(userIds)];
  const rows: Row[] = [];
  for (let from = 0; from < ids.length; from += CHUNK)
    rows.push(...(await read(ids.slice(from, from + CHUNK))));
  return rows;
}

/** HR admins in service, in the order of userids. */
async function hrAdmins(sql: Sql, settings: AccessSettings): Promise<string[]> {
  const { hrAdmin } = (await settings.current()).accessRoles;
  if (hrAdmin.length === 0) return [];
  const rows = await sql.select<{ userId: string }>(
    `SELECT DISTINCT e.user_id AS userId FROM employees e JOIN dingtalk_roles r ON r.user_id = e.user_id
     WHERE e.active = 1 AND r.role_name IN (?) ORDER BY e.user_id`,
    [hrAdmin],
  );
  return rows.map((row) => row.userId);
}
