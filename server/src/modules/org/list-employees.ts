import type { DayString, SalesRole } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';

import { roleHistories, roleOn } from './role-history.queries.ts';

/** One entry of the `employees` command (docs/formats.md §8). */
export interface ListedEmployee {
  readonly userId: string;
  readonly name: string;
  readonly jobNumber: string | null;
  /** Department ids of today, the main one first; of a leaver those of the last working day. */
  readonly departments: readonly number[];
  /** Sales role of today; of a leaver that of the last working day. */
  readonly role: SalesRole | null;
  readonly hiredOn: DayString | null;
  readonly leftOn: DayString | null;
  readonly active: boolean;
}

interface Row {
  user_id: string;
  name: string;
  job_number: string | null;
  hired_on: DayString | null;
  left_on: DayString | null;
  active: number;
}

/** Everybody, leavers included, in the order of userids. */
export async function listEmployees(db: Sql, today: DayString): Promise<ListedEmployee[]> {
  const people = await db.select<Row>(
    'SELECT user_id, name, job_number, hired_on, left_on, active FROM employees ORDER BY user_id',
  );
  const memberships = await db.select<{ user_id: string; dept_id: number }>(
    `SELECT m.user_id, m.dept_id FROM department_memberships m JOIN employees e ON e.user_id = m.user_id
     WHERE m.valid_to IS NULL OR (e.active = 0 AND m.valid_to = e.left_on)
     ORDER BY m.user_id, m.is_main DESC, m.dept_id`,
  );
  const departments = new Map<string, number[]>();
  for (const row of memberships)
    departments.set(row.user_id, [...(departments.get(row.user_id) ?? []), Number(row.dept_id)]);
  const roles = await roleHistories(db);
  return people.map((row) => ({
    userId: row.user_id,
    name: row.name,
    jobNumber: row.job_number,
    departments: departments.get(row.user_id) ?? [],
    role: roleOn(roles.get(row.user_id) ?? [], row.active ? today : (row.left_on ?? today)),
    hiredOn: row.hired_on,
    leftOn: row.left_on,
    active: Boolean(row.active),
  }));
}
