import type { Sql } from '../../platform/database.ts';
import type { SettingsModule } from '../settings/index.ts';

/** A chain of departments longer than this is a circle. */
const MAX_LEVELS = 50;

/**
 * Who starts the approval of a decision: the deciding HR person while in service, else the first HR admin by userid;
 * null: nobody. @param decidedBy userid, or the command line's or system's name
 */
export async function starterOf(
  sql: Sql,
  settings: SettingsModule,
  decidedBy: string,
): Promise<string | null> {
  if (await isInService(sql, decidedBy)) return decidedBy;
  return (await hrAdmins(sql, settings))[0] ?? null;
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
  settings: SettingsModule,
  { userId, starterUserId }: ApproverQuestion,
): Promise<string | null> {
  const [person] = await sql.select<{ manager: string | null; deptId: number | null }>(
    'SELECT manager_user_id AS manager, main_dept_id AS deptId FROM employees WHERE user_id = ?',
    [userId],
  );
  const mayBeAsked = async (candidates: readonly (string | null)[]): Promise<string | null> => {
    for (const candidate of candidates) {
      const isOther = candidate !== null && candidate !== userId && candidate !== starterUserId;
      if (isOther && (await isInService(sql, candidate))) return candidate;
    }
    return null;
  };
  const manager = await mayBeAsked([person?.manager ?? null]);
  if (manager !== null) return manager;
  let deptId = person?.deptId ?? null;
  for (let level = 0; deptId !== null && level < MAX_LEVELS; level += 1) {
    const department = await departmentOf(sql, Number(deptId));
    const head = await mayBeAsked(department?.heads ?? []);
    if (head !== null) return head;
    deptId = department?.parentId ?? null;
  }
  return mayBeAsked(await hrAdmins(sql, settings));
}

export async function isInService(sql: Sql, userId: string): Promise<boolean> {
  const rows = await sql.select('SELECT 1 FROM employees WHERE user_id = ? AND active = 1', [userId]);
  return rows.length > 0;
}

async function departmentOf(
  sql: Sql,
  deptId: number,
): Promise<{ heads: string[]; parentId: number | null } | null> {
  const [row] = await sql.select<{ heads: string; parentId: number | null }>(
    'SELECT manager_user_ids AS heads, parent_id AS parentId FROM departments WHERE dept_id = ? AND active = 1',
    [deptId],
  );
  return row ? { heads: JSON.parse(row.heads) as string[], parentId: row.parentId } : null;
}

/** HR admins in service, in the order of userids. */
async function hrAdmins(sql: Sql, settings: SettingsModule): Promise<string[]> {
  const { hrAdmin } = (await settings.current()).accessRoles;
  if (hrAdmin.length === 0) return [];
  const rows = await sql.select<{ userId: string }>(
    `SELECT DISTINCT e.user_id AS userId FROM employees e JOIN dingtalk_roles r ON r.user_id = e.user_id
     WHERE e.active = 1 AND r.role_name IN (?) ORDER BY e.user_id`,
    [hrAdmin],
  );
  return rows.map((row) => row.userId);
}
