import type { Sql } from '../platform/database.ts';
import { nobody, type Viewer } from './viewer.ts';

/** The two settings that say who holds which access role (docs/settings.md). */
export interface AccessSettings {
  /** DingTalk role names per access role. */
  readonly accessRoles: {
    readonly hr: readonly string[];
    readonly hrAdmin: readonly string[];
    readonly auditor: readonly string[];
  };
  /** Department ids per HR person; absent: none. */
  readonly hrScopes: Readonly<Record<string, readonly number[]>>;
}

/**
 * Rights of one employee in service, from DingTalk's roles, the settings and the reporting lines.
 * A leaver or unknown person gets the rights of nobody.
 */
export async function loadViewer(db: Sql, userId: string, settings: AccessSettings): Promise<Viewer> {
  const [employee] = await db.select<{ user_id: string }>(
    'SELECT user_id FROM employees WHERE user_id = ? AND active = 1',
    [userId],
  );
  if (!employee) return nobody;
  const held = await db.select<{ role_name: string }>(
    'SELECT role_name FROM dingtalk_roles WHERE user_id = ?',
    [userId],
  );
  const names = new Set(held.map((row) => row.role_name));
  const holds = (roleNames: readonly string[]): boolean => roleNames.some((name) => names.has(name));
  const isHr = holds(settings.accessRoles.hr);
  return {
    actor: userId,
    userId,
    isSystem: false,
    isOperator: false,
    isHrAdmin: holds(settings.accessRoles.hrAdmin),
    isAuditor: holds(settings.accessRoles.auditor),
    isHr,
    hrDepartmentIds: isHr ? await withSubDepartments(db, settings.hrScopes[userId] ?? []) : [],
    reportIds: await reportsOf(db, userId),
  };
}

/** The given departments and everything below them. */
export async function withSubDepartments(db: Sql, deptIds: readonly number[]): Promise<number[]> {
  if (deptIds.length === 0) return [];
  const rows = await db.select<{ dept_id: number }>(
    `WITH RECURSIVE below (dept_id) AS (
       SELECT dept_id FROM departments WHERE dept_id IN (?)
       UNION SELECT d.dept_id FROM departments d JOIN below b ON d.parent_id = b.dept_id
     ) SELECT dept_id FROM below`,
    [deptIds],
  );
  return rows.map((row) => Number(row.dept_id));
}

/**
 * Direct and indirect reports: people whose direct manager one is, members of departments that one heads where no
 * direct manager is named, and theirs in turn. UNION (not ALL) ends on a circle.
 */
async function reportsOf(db: Sql, userId: string): Promise<string[]> {
  const rows = await db.select<{ user_id: string }>(
    `WITH RECURSIVE line (user_id) AS (
       SELECT user_id FROM employees WHERE user_id = ?
       UNION SELECT e.user_id FROM line l JOIN employees e ON e.manager_user_id = l.user_id
       UNION SELECT e.user_id FROM line l
         JOIN departments d ON JSON_CONTAINS(d.manager_user_ids, JSON_QUOTE(l.user_id))
         JOIN employees e ON e.main_dept_id = d.dept_id AND e.manager_user_id IS NULL
     ) SELECT user_id FROM line WHERE user_id <> ?`,
    [userId, userId],
  );
  return rows.map((row) => row.user_id);
}
