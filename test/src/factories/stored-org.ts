import type { Database } from '@shigang/server';
import type { OrgFile } from '@shigang/simulator';

const UPDATED = '2026-10-01 00:00:00';
/** Of the accessRoles that the settings name by default. */
const ROLE_NAMES = { hr: 'HR', hrAdmin: 'HR管理员', auditor: '审计' } as const;

/** Departments, people, their employment and DingTalk roles as a sync of this organisation would have stored them. */
export async function storeOrg(db: Database, org: OrgFile): Promise<void> {
  await db.insertMany(
    'departments',
    ['dept_id', 'name', 'parent_id', 'manager_user_ids', 'updated_at'],
    org.departments.map(({ id, name, parent, managers = [] }) => [
      ...[id, name, parent, JSON.stringify(managers), UPDATED],
    ]),
  );
  await db.insertMany(
    'employees',
    [
      ...['user_id', 'name', 'job_number', 'title', 'main_dept_id', 'manager_user_id', 'hired_on', 'left_on'],
      ...['active', 'updated_at'],
    ],
    org.employees.map((person) => [
      ...[person.userid, person.name, person.jobNumber ?? null, person.title ?? null],
      ...[
        person.departments[0] ?? null,
        person.manager ?? null,
        person.hiredOn ?? null,
        person.leftOn ?? null,
      ],
      ...[person.leftOn ? 0 : 1, UPDATED],
    ]),
  );
  await db.insertMany(
    'employment_periods',
    ['user_id', 'hired_on', 'left_on'],
    org.employees.map(({ userid, hiredOn, leftOn }) => [userid, hiredOn ?? '1900-01-01', leftOn ?? null]),
  );
  const held = Object.entries(ROLE_NAMES).flatMap(([role, name]) =>
    (org.adminRoles?.[role as keyof typeof ROLE_NAMES] ?? []).map((userId) => [userId, name]),
  );
  await db.insertMany('dingtalk_roles', ['user_id', 'role_name'], held);
}
