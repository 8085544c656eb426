import type { Sql } from '../../platform/database.ts';
import { readJson } from '../../platform/json.ts';

/**
 * The one home of "who stands above whom". (`access/load-viewer.ts` asks the same downwards, in SQL, at every request:
 * whom somebody may see.)
 */
export interface Person {
  readonly userId: string;
  /** Named in DingTalk; null: nobody is. */
  readonly managerId: string | null;
  readonly mainDeptId: number | null;
}

/** A department with its heads. */
export interface Headed {
  readonly isActive: boolean;
  readonly heads: readonly string[];
  readonly parentId: number | null;
}

/** A chain of departments longer than this is a circle. */
const MAX_LEVELS = 50;

/**
 * Those above a person, nearest first and each group together: the direct manager, the heads of the main department, and
 * those of every department above it. A group may be empty, or name the person.
 */
export function* groupsAbove(
  person: Person,
  departments: ReadonlyMap<number, Headed>,
): Generator<readonly string[]> {
  yield person.managerId === null ? [] : [person.managerId];
  let deptId = person.mainDeptId;
  for (let level = 0; deptId !== null && level < MAX_LEVELS; level += 1) {
    const department = departments.get(deptId);
    yield department?.heads ?? [];
    deptId = department?.parentId ?? null;
  }
}

/** Every department, by id. */
export async function readDepartments(sql: Sql): Promise<Map<number, Headed>> {
  const rows = await sql.select<{
    deptId: number;
    heads: string;
    parentId: number | null;
    active: number;
  }>('SELECT dept_id AS deptId, manager_user_ids AS heads, parent_id AS parentId, active FROM departments');
  return new Map(
    rows.map(({ deptId, heads, parentId, active }) => [
      Number(deptId),
      {
        isActive: active === 1,
        heads: readJson<string[]>(heads),
        parentId: parentId === null ? null : Number(parentId),
      },
    ]),
  );
}

/** Somebody in service with the people of a group who report to them, directly or not. */
export interface ManagerOfGroup {
  readonly userId: string;
  readonly name: string;
  /** Members of the group, in order of userid. */
  readonly reportIds: readonly string[];
}

interface Line extends Person {
  readonly name: string;
  readonly active: number;
}

/**
 * Managers of a group by the reporting lines: the direct manager, where none is named the heads of the main department,
 * and theirs in turn. In order of userid.
 */
export async function managersOf(sql: Sql, groupIds: readonly string[]): Promise<ManagerOfGroup[]> {
  const people = await sql.select<Line>(
    `SELECT user_id AS userId, name, manager_user_id AS managerId, main_dept_id AS mainDeptId, active
     FROM employees`,
  );
  const byId = new Map(people.map((person) => [person.userId, person]));
  const departments = await readDepartments(sql);
  const managersAbove = (userId: string): readonly string[] => {
    const person = byId.get(userId);
    if (!person) return [];
    const [direct = [], heads = []] = groupsAbove(person, departments);
    return direct.length > 0 ? direct : heads;
  };
  const reports = new Map<string, string[]>();
  for (const id of [...groupIds].sort()) {
    for (const manager of everybodyAbove(id, managersAbove)) {
      const known = reports.get(manager);
      if (known) known.push(id);
      else reports.set(manager, [id]);
    }
  }
  return [...reports]
    .map(([userId, reportIds]) => ({ userId, name: byId.get(userId)?.name ?? userId, reportIds }))
    .filter(({ userId }) => byId.get(userId)?.active === 1)
    .sort((a, b) => (a.userId < b.userId ? -1 : 1));
}

/** Everybody above a person; a circle ends where it began. */
function everybodyAbove(userId: string, managersAbove: (userId: string) => readonly string[]): Set<string> {
  const above = new Set<string>();
  const waiting = [userId];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const manager of managersAbove(next)) {
      if (manager === userId || above.has(manager)) continue;
      above.add(manager);
      waiting.push(manager);
    }
  }
  return above;
}
