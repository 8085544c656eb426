import type { Department, DepartmentMembership } from '../../../server/src/modules/org/department.entity.ts';
import type {
  DingTalkRoleMember,
  Employee,
  EmploymentPeriod,
} from '../../../server/src/modules/org/employee.entity.ts';
import type { OrgPlan } from '../../../server/src/modules/sync/plan-org.ts';
import type { StoredOrg } from '../../../server/src/modules/sync/stored-org.ts';

/** What the database holds after a plan: the same keyed writes and deletes as the tables do. */
export function orgAfter(stored: StoredOrg, plan: OrgPlan): StoredOrg {
  const updatedAt = new Date(0);
  const keyed = <Row>(rows: Iterable<Row>, keyOf: (row: Row) => string): Map<string, Row> =>
    new Map([...rows].map((row) => [keyOf(row), row]));
  const changed = <Row>(
    before: Iterable<Row>,
    { write, remove }: { write: readonly Row[]; remove: readonly Row[] },
    keyOf: (row: Row) => string,
  ): Row[] => {
    const rows = keyed(before, keyOf);
    for (const row of remove) rows.delete(keyOf(row));
    for (const row of write) rows.set(keyOf(row), row);
    return [...rows.values()];
  };
  const grouped = <Row extends { userId: string }>(
    rows: Row[],
    from: (row: Row) => string,
  ): Map<string, Row[]> =>
    rows
      .sort((a, b) => (from(a) < from(b) ? -1 : 1))
      .reduce(
        (map, row) => map.set(row.userId, [...(map.get(row.userId) ?? []), row]),
        new Map<string, Row[]>(),
      );
  const periods = changed<EmploymentPeriod>(
    [...stored.periods.values()].flat(),
    plan.periods,
    (r) => `${r.userId}/${r.hiredOn}`,
  );
  const memberships = changed<DepartmentMembership>(
    [...stored.memberships.values()].flat(),
    plan.memberships,
    (r) => `${r.userId}/${r.deptId}/${r.validFrom}`,
  );
  return {
    departments: new Map([
      ...stored.departments,
      ...plan.departments.write.map((row): [number, Department] => [row.deptId, { ...row, updatedAt }]),
    ]),
    employees: new Map([
      ...stored.employees,
      ...plan.employees.map((row): [string, Employee] => [row.userId, { ...row, updatedAt }]),
    ]),
    periods: grouped(periods, (row) => row.hiredOn),
    memberships: grouped(memberships, (row) => row.validFrom),
    roles: changed<DingTalkRoleMember>(stored.roles, plan.roles, (row) => `${row.userId}/${row.roleName}`),
  };
}
