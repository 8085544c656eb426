import type { DayString, SalesRole } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import { Directory, type DirectoryEmployee, type Employment, type RoleFrom } from './directory.ts';
import { UNKNOWN_START } from './employee.entity.ts';

interface EmployeeRow {
  user_id: string;
  name: string;
  job_number: string | null;
  main_dept_id: number | null;
  active: number;
}

interface PeriodRow {
  user_id: string;
  hired_on: DayString;
  left_on: DayString | null;
}

interface RoleRow {
  user_id: string;
  valid_from: DayString;
  role: SalesRole;
}

/** Everybody with employments and role histories, three statements whatever the size. */
export async function loadDirectory(db: Sql): Promise<Directory> {
  const people = await db.select<EmployeeRow>(
    'SELECT user_id, name, job_number, main_dept_id, active FROM employees ORDER BY user_id',
  );
  const employments = await employmentsByUser(db);
  const roles = await roleHistories(db);
  return new Directory(
    people.map((row): DirectoryEmployee => ({
      userId: row.user_id,
      name: row.name,
      jobNumber: row.job_number,
      mainDeptId: row.main_dept_id === null ? null : Number(row.main_dept_id),
      active: Boolean(row.active),
      employments: employments.get(row.user_id) ?? [],
      roles: roles.get(row.user_id) ?? [],
    })),
  );
}

async function employmentsByUser(db: Sql): Promise<Map<string, Employment[]>> {
  const rows = await db.select<PeriodRow>(
    'SELECT user_id, hired_on, left_on FROM employment_periods ORDER BY user_id, hired_on',
  );
  return byUser(rows, (row) => ({
    hiredOn: row.hired_on === UNKNOWN_START ? null : row.hired_on,
    leftOn: row.left_on,
  }));
}

/** Role histories, oldest entry first, of the people given (default: of all). */
export async function roleHistories(db: Sql, userIds?: readonly string[]): Promise<Map<string, RoleFrom[]>> {
  if (userIds?.length === 0) return new Map();
  const where = userIds ? 'WHERE user_id IN (?)' : '';
  const rows = await db.select<RoleRow>(
    `SELECT user_id, valid_from, role FROM role_assignments ${where} ORDER BY user_id, valid_from`,
    userIds ? [userIds] : [],
  );
  return byUser(rows, (row) => ({ role: row.role, validFrom: row.valid_from }));
}

/** The sales role of one person on a day; null: none yet. */
export async function salesRoleOn(db: Sql, userId: string, day: DayString): Promise<SalesRole | null> {
  const [row] = await db.select<RoleRow>(
    'SELECT user_id, valid_from, role FROM role_assignments WHERE user_id = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1',
    [userId, day],
  );
  return row?.role ?? null;
}

function byUser<Row extends { user_id: string }, Item>(
  rows: readonly Row[],
  itemOf: (row: Row) => Item,
): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const row of rows) {
    const group = groups.get(row.user_id);
    if (group) group.push(itemOf(row));
    else groups.set(row.user_id, [itemOf(row)]);
  }
  return groups;
}
