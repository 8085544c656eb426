import { assertMay, type Viewer } from '../../access/index.ts';
import { today, type Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database.ts';
import { Department, DepartmentMembership } from './department.entity.ts';
import { DingTalkRoleMember, Employee, EmploymentPeriod, RoleAssignment } from './employee.entity.ts';
import { listEmployees, type ListedEmployee } from './list-employees.ts';

export type { ListedEmployee } from './list-employees.ts';
export { approverOf, approversOf, isInService, starterOf, startersOf } from './approvers.ts';
export { namesOf } from './names.queries.ts';
export { personLeft, type PersonLeft } from './person-left.ts';
export { managersOf } from './reporting-lines.ts';
export { rolesOn } from './roles-on.ts';
export { readWorkingCalendar } from './working-calendar.ts';

/** Entities of this module, for the data source. */
export const orgEntities = [
  Department,
  DepartmentMembership,
  DingTalkRoleMember,
  Employee,
  EmploymentPeriod,
  RoleAssignment,
] as const;

/** People, departments and roles, with their histories. */
export interface Org {
  /** Everybody, leavers included, in the order of userids. */
  listEmployees(viewer: Viewer): Promise<ListedEmployee[]>;
}

export const createOrg = ({ db, clock }: { readonly db: Sql; readonly clock: Clock }): Org => ({
  async listEmployees(viewer) {
    assertMay(viewer, 'employees');
    return listEmployees(db, today(clock));
  },
});
