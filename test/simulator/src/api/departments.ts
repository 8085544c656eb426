import type { Directory } from '../org/directory.ts';
import { ROOT_DEPARTMENT } from '../org/directory.ts';
import type { OrgDepartment } from '../org/org-file.ts';
import type { World } from '../world.ts';
import { badParameter, departmentMissing, OldApiError } from './gateway/answer-errors.ts';
import { integer, text } from './gateway/parameters.ts';
import type { ApiCall, ApiRoute } from './gateway/route.ts';
import { topapi } from './gateway/route.ts';

const PERMISSION = 'qyapi_get_department_list';
/** The home-school address book, which no company app may read. */
const HOME_SCHOOL = -7;

/** @throws OldApiError 400002, 40009 or 60003 */
export function departmentAsked(world: World, { body }: ApiCall, fallback?: number): OrgDepartment {
  const id = integer(body, 'dept_id') ?? fallback;
  if (id === undefined || Number.isNaN(id)) throw badParameter();
  if (id === HOME_SCHOOL) throw new OldApiError(40009, '不合法的部门id');
  const department = world.directory.department(id);
  if (department === undefined) throw departmentMissing();
  return department;
}

const withBelow = (directory: Directory, id: number): number => {
  const below = directory.subtree(id);
  return directory.present().filter((person) => person.departments.some((other) => below.has(other))).length;
};

/** Departments: one level at a time, no paging. */
export const departmentRoutes: ApiRoute[] = [
  topapi('/topapi/v2/department/listsub', PERMISSION, '同步', (world, call) => {
    const parent = departmentAsked(world, call, ROOT_DEPARTMENT);
    return {
      result: world.directory.children(parent.id).map((department) => ({
        auto_add_user: true,
        create_dept_group: true,
        dept_id: department.id,
        name: department.name,
        parent_id: parent.id,
      })),
    };
  }),
  topapi('/topapi/v2/department/listsubid', PERMISSION, '同步', (world, call) => {
    const parent = departmentAsked(world, call);
    return {
      result: { dept_id_list: world.directory.children(parent.id).map((department) => department.id) },
    };
  }),
  topapi('/topapi/v2/department/get', PERMISSION, '同步', (world, call) => {
    const department = departmentAsked(world, call);
    const { directory } = world;
    const managers = department.managers ?? [];
    return {
      result: {
        dept_id: department.id,
        name: department.name,
        parent_id: department.parent ?? undefined,
        order: 0,
        create_dept_group: true,
        auto_add_user: true,
        auto_approve_apply: false,
        group_contain_sub_dept: true,
        hide_dept: false,
        outer_dept: false,
        dept_manager_userid_list: managers,
        org_dept_owner: managers[0] ?? world.variation.form<string | undefined>(undefined, ''),
        member_count: withBelow(directory, department.id),
        owning_member_count: directory.members(department.id).length,
      },
    };
  }),
  topapi('/topapi/v2/department/listparentbyuser', PERMISSION, '同步', (world, { body }) => {
    const userid = text(body, 'userid', badParameter);
    const person = world.directory.person(userid);
    if (person === undefined || !world.directory.isPresent(person))
      throw new OldApiError(33012, '无效的USERID');
    return {
      result: {
        parent_list: person.departments.map((id) => ({ parent_dept_id_list: world.directory.pathUp(id) })),
      },
    };
  }),
];
