import type { DayString, SalesRole } from '@shigang/shared';
import { today, type Clock } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database.ts';
import { Department, DepartmentMembership } from './department.entity.ts';
import { loadDepartmentTree, type DepartmentTree } from './department-tree.ts';
import type { Directory, RoleFrom } from './directory.ts';
import { loadDirectory, roleHistories, salesRoleOn } from './directory.queries.ts';
import { DingTalkRoleMember, Employee, EmploymentPeriod, RoleAssignment } from './employee.entity.ts';
import { listEmployees, type ListedEmployee } from './list-employees.ts';

export {
  Directory,
  employmentOn,
  roleOn,
  type DirectoryEmployee,
  type Employment,
  type RoleFrom,
} from './directory.ts';
export { DepartmentTree, type DepartmentNode } from './department-tree.ts';
export type { ListedEmployee } from './list-employees.ts';

/** Entities of this module, for the data source. */
export const orgEntities = [
  Department,
  DepartmentMembership,
  DingTalkRoleMember,
  Employee,
  EmploymentPeriod,
  RoleAssignment,
] as const;

/** People, departments and roles, with their histories. Reads take the transaction they belong to. */
export interface Org {
  loadDirectory(sql?: Sql): Promise<Directory>;
  loadDepartmentTree(sql?: Sql): Promise<DepartmentTree>;
  roleHistories(userIds?: readonly string[], sql?: Sql): Promise<Map<string, RoleFrom[]>>;
  salesRoleOn(userId: string, day: DayString, sql?: Sql): Promise<SalesRole | null>;
  listEmployees(): Promise<ListedEmployee[]>;
}

export function createOrg({ db, clock }: { readonly db: Sql; readonly clock: Clock }): Org {
  return {
    loadDirectory: (sql = db) => loadDirectory(sql),
    loadDepartmentTree: (sql = db) => loadDepartmentTree(sql),
    roleHistories: (userIds, sql = db) => roleHistories(sql, userIds),
    salesRoleOn: (userId, day, sql = db) => salesRoleOn(sql, userId, day),
    listEmployees: () => listEmployees(db, today(clock)),
  };
}
