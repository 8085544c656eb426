import type { Sql } from '../../platform/database.ts';
import { readJson } from '../../platform/json.ts';

/** Somebody in service with the people of a group who report to them, directly or not. */
export interface ManagerOfGroup {
  readonly userId: string;
  readonly name: string;
  /** Members of the group, in order of userid. */
  readonly reportIds: readonly string[];
}

interface LineRow {
  readonly userId: string;
  readonly name: string;
  readonly managerId: string | null;
  readonly heads: string | null;
  readonly active: number;
}

/**
 * Managers of a group by the reporting lines: the direct manager, where none is named the heads of the main department,
 * and theirs in turn. In order of userid.
 */
export async function managersOf(sql: Sql, groupIds: readonly string[]): Promise<ManagerOfGroup[]> {
  const people = await sql.select<LineRow>(
    `SELECT e.user_id AS userId, e.name, e.manager_user_id AS managerId, d.manager_user_ids AS heads, e.active
     FROM employees e LEFT JOIN departments d ON d.dept_id = e.main_dept_id`,
  );
  const byId = new Map(people.map((person) => [person.userId, person]));
  const reports = new Map<string, string[]>();
  for (const id of [...groupIds].sort()) {
    for (const manager of lineOf(byId, id)) reports.set(manager, [...(reports.get(manager) ?? []), id]);
  }
  return [...reports]
    .map(([userId, reportIds]) => ({ userId, name: byId.get(userId)?.name ?? userId, reportIds }))
    .filter(({ userId }) => byId.get(userId)?.active === 1)
    .sort((a, b) => (a.userId < b.userId ? -1 : 1));
}

/** Everybody above a person; a circle ends where it began. */
function lineOf(byId: ReadonlyMap<string, LineRow>, userId: string): Set<string> {
  const above = new Set<string>();
  const waiting = [userId];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const manager of managersAbove(byId.get(next))) {
      if (manager === userId || above.has(manager)) continue;
      above.add(manager);
      waiting.push(manager);
    }
  }
  return above;
}

function managersAbove(person: LineRow | undefined): string[] {
  if (!person) return [];
  if (person.managerId !== null) return [person.managerId];
  return person.heads === null ? [] : readJson<string[]>(person.heads);
}
