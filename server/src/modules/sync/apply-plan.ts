import type { EntityManager, EntityTarget, ObjectLiteral } from 'typeorm';
import { Department, DepartmentMembership } from '../org/department.entity.ts';
import { DingTalkRoleMember, Employee, EmploymentPeriod } from '../org/employee.entity.ts';
import type { OrgPlan } from './plan-org.ts';

/** Rows per statement: bounded packets and locks. */
const BATCH = 500;

/** Writes the plan inside the caller's transaction; an empty plan writes nothing. @param now business time */
export async function applyPlan(manager: EntityManager, plan: OrgPlan, now: Date): Promise<void> {
  const dated = <Row extends object>(rows: readonly Row[]): (Row & { updatedAt: Date })[] =>
    rows.map((row) => ({ ...row, updatedAt: now }));
  await put(manager, Department, dated(plan.departments.write), ['deptId']);
  await put(manager, Employee, dated(plan.employees), ['userId']);
  for (const row of plan.periods.remove) {
    await manager.delete(EmploymentPeriod, { userId: row.userId, hiredOn: row.hiredOn });
  }
  await put(manager, EmploymentPeriod, plan.periods.write, ['userId', 'hiredOn']);
  for (const row of plan.memberships.remove) {
    const { userId, deptId, validFrom } = row;
    await manager.delete(DepartmentMembership, { userId, deptId, validFrom });
  }
  await put(manager, DepartmentMembership, plan.memberships.write, ['userId', 'deptId', 'validFrom']);
  for (const row of plan.roles.remove) {
    await manager.delete(DingTalkRoleMember, { userId: row.userId, roleName: row.roleName });
  }
  await put(manager, DingTalkRoleMember, plan.roles.write, ['userId', 'roleName']);
}

async function put<Row extends ObjectLiteral>(
  manager: EntityManager,
  entity: EntityTarget<Row>,
  rows: readonly Row[],
  key: readonly (keyof Row & string)[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += BATCH) {
    await manager.upsert(entity, rows.slice(from, from + BATCH), [...key]);
  }
}
