import { Department, DepartmentMembership } from '../org/department.entity.ts';
import { DingTalkRoleMember, Employee, EmploymentPeriod } from '../org/employee.entity.ts';
import type { EntityManager } from 'typeorm';

/** The organisation as the database holds it. */
export interface StoredOrg {
  readonly departments: ReadonlyMap<number, Department>;
  readonly employees: ReadonlyMap<string, Employee>;
  /** Oldest first. */
  readonly periods: ReadonlyMap<string, readonly EmploymentPeriod[]>;
  /** Open and closed ones, oldest first. */
  readonly memberships: ReadonlyMap<string, readonly DepartmentMembership[]>;
  readonly roles: readonly DingTalkRoleMember[];
}

export const NOTHING_STORED: StoredOrg = {
  departments: new Map(),
  employees: new Map(),
  periods: new Map(),
  memberships: new Map(),
  roles: [],
};

export async function loadStoredOrg(manager: EntityManager): Promise<StoredOrg> {
  const departments = await manager.find(Department);
  const employees = await manager.find(Employee);
  const periods = await manager.find(EmploymentPeriod, { order: { hiredOn: 'ASC' } });
  const memberships = await manager.find(DepartmentMembership, {
    order: { validFrom: 'ASC', deptId: 'ASC' },
  });
  return {
    departments: new Map(departments.map((department) => [department.deptId, department])),
    employees: new Map(employees.map((employee) => [employee.userId, employee])),
    periods: byUser(periods),
    memberships: byUser(memberships),
    roles: await manager.find(DingTalkRoleMember),
  };
}

function byUser<Row extends { userId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.userId);
    if (group) group.push(row);
    else groups.set(row.userId, [row]);
  }
  return groups;
}
