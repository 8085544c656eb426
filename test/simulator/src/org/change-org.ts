import type { Directory, Person } from './directory.ts';
import { ROOT_DEPARTMENT } from './directory.ts';
import type { OrgEvents } from './org-events.ts';
import type { OrgDepartment, OrgEmployee } from './org-file.ts';

/** What `POST /_sim/org` understands. */
export interface OrgChange {
  op: string;
  employee?: Partial<OrgEmployee>;
  department?: Partial<OrgDepartment>;
}

/** A change that the company as it stands does not allow; the sentence is for the caller. */
export class OrgChangeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'OrgChangeError';
  }
}

const refuse = (message: string): never => {
  throw new OrgChangeError(message);
};

type Change = (directory: Directory, change: OrgChange) => unknown;

const CHANGES: Record<string, Change> = {
  hire: (directory, change) => {
    const employee = employeeOf(change);
    const known = directory.person(employee.userid);
    if (known) refuse(`${employee.userid} 已经存在，离职后再入职请用 rehire`);
    if (!employee.name) refuse('入职需要 name');
    return place(directory, { ...employee, name: employee.name ?? '' });
  },
  change: (directory, change) => {
    const employee = employeeOf(change);
    return place(directory, { ...presentPerson(directory, employee.userid), ...employee });
  },
  leave: (directory, change) => {
    const employee = employeeOf(change);
    const person = presentPerson(directory, employee.userid);
    const leftOn = employee.leftOn ?? directory.today();
    const leftKind = employee.leftKind ?? 'voluntary';
    const leftReason = employee.leftReason ?? null;
    const isGone = leftOn <= directory.today();
    return directory.putPerson({ ...person, leftOn, leftKind, leftReason }, isGone);
  },
  rehire: (directory, change) => {
    const employee = employeeOf(change);
    const person = directory.person(employee.userid) ?? refuse(`没有 ${employee.userid} 这个人`);
    if (directory.isPresent(person)) refuse(`${employee.userid} 还在职`);
    directory.keepLeaveRecord(person);
    const hiredOn = employee.hiredOn ?? directory.today();
    return place(directory, {
      ...person,
      leftOn: null,
      leftKind: null,
      leftReason: null,
      ...employee,
      hiredOn,
    });
  },
  'add-department': (directory, change) => {
    const { id, name, parent = ROOT_DEPARTMENT, managers = [] } = departmentOf(change);
    if (directory.department(id)) refuse(`部门 ${id} 已经存在`);
    if (!name) refuse('新部门需要 name');
    return placeDepartment(directory, { id, name: name ?? '', parent, managers });
  },
  'change-department': (directory, change) => {
    const department = departmentOf(change);
    const known = directory.department(department.id) ?? refuse(`没有部门 ${department.id}`);
    return placeDepartment(directory, { ...known, ...department });
  },
  'remove-department': (directory, change) => {
    const { id } = departmentOf(change);
    if (id === ROOT_DEPARTMENT) refuse('根部门不能删除');
    if (!directory.department(id)) refuse(`没有部门 ${id}`);
    if (directory.children(id).length > 0) refuse(`部门 ${id} 还有子部门`);
    if (directory.members(id).length > 0) refuse(`部门 ${id} 还有成员`);
    directory.dropDepartment(id);
    return { id };
  },
};

export interface Company {
  directory: Directory;
  orgEvents: OrgEvents;
}

/**
 * Changes the company and tells the app what DingTalk would.
 *
 * @returns the person or department as it stands afterwards
 * @throws OrgChangeError with a sentence that says why not
 */
export function changeOrg({ directory, orgEvents }: Company, change: OrgChange): unknown {
  const run = CHANGES[change.op] ?? refuse(`op 只能是 ${Object.keys(CHANGES).join('、')}`);
  const before = directory.person(change.employee?.userid ?? '');
  const result = run(directory, change);
  const after = directory.person(change.employee?.userid ?? '');
  if (change.op === 'change' && before !== undefined && after !== undefined) orgEvents.changed(before, after);
  const what = DEPARTMENT_CHANGES[change.op];
  if (what !== undefined && change.department?.id !== undefined) {
    orgEvents.department(what, change.department.id);
    orgEvents.settleLeaders();
  }
  orgEvents.settlePresence();
  return result;
}

const DEPARTMENT_CHANGES: Record<string, 'create' | 'modify' | 'remove'> = {
  'add-department': 'create',
  'change-department': 'modify',
  'remove-department': 'remove',
};

function employeeOf(change: OrgChange): Partial<OrgEmployee> & { userid: string } {
  const employee = change.employee ?? {};
  if (!employee.userid) refuse('缺少 employee.userid');
  return { ...employee, userid: employee.userid ?? '' };
}

function departmentOf(change: OrgChange): Partial<OrgDepartment> & { id: number } {
  const department = change.department ?? {};
  if (!Number.isSafeInteger(department.id)) refuse('缺少 department.id');
  return { ...department, id: department.id ?? 0 };
}

function presentPerson(directory: Directory, userid: string): Person {
  const person = directory.person(userid) ?? refuse(`没有 ${userid} 这个人`);
  if (!directory.isPresent(person)) refuse(`${userid} 已经离职`);
  return person;
}

function place(
  directory: Directory,
  employee: Partial<OrgEmployee> & { userid: string; name: string },
): Person {
  const departments = employee.departments ?? [ROOT_DEPARTMENT];
  if (departments.length === 0) refuse('至少要有一个部门');
  for (const id of departments) if (!directory.department(id)) refuse(`没有部门 ${id}`);
  const hiredOn = employee.hiredOn === undefined ? directory.today() : employee.hiredOn;
  return directory.putPerson({ ...employee, departments, hiredOn });
}

function placeDepartment(directory: Directory, department: OrgDepartment): OrgDepartment {
  if (department.parent !== null) {
    if (!directory.department(department.parent)) refuse(`没有上级部门 ${department.parent}`);
    if (directory.pathUp(department.parent).includes(department.id)) refuse('部门不能移到自己的下级');
  } else if (department.id !== ROOT_DEPARTMENT) refuse('只有根部门没有上级');
  directory.putDepartment(department);
  return department;
}
