import type { SimulatorClock } from '../clock/clock.ts';
import { dayOf } from '../clock/shanghai.ts';
import type { OrgCorp, OrgDepartment, OrgEmployee, OrgFile } from './org-file.ts';

/** A person as the simulator keeps one: the file's entry, and what DingTalk adds to it. */
export interface Person extends OrgEmployee {
  unionid: string;
  /** Removed by hand (`leave`): out of the address book at once, whatever the hour. */
  isGone: boolean;
  /** 岗位职级, once a transfer has named one. */
  positionLevel?: string;
}

/** An employment that ended, also of somebody who came back. */
export interface LeaveRecord {
  userid: string;
  name: string;
  mobile: string | null;
  leftOn: string;
}

export interface RoleGroup {
  id: number;
  name: string;
  roles: { id: number; name: string; userids: string[] }[];
}

const FIRST_ROLE_ID = 1_507_113_577;
const LEADER_ROLE = '主管';
export const ROOT_DEPARTMENT = 1;

/** The company as it stands: people, departments and roles, by the simulator's clock. */
export class Directory {
  readonly corp: OrgCorp;
  readonly #clock: SimulatorClock;
  readonly #departments = new Map<number, OrgDepartment>();
  readonly #people = new Map<string, Person>();
  readonly #records: LeaveRecord[] = [];
  /** Everybody of each department, leavers too; made anew after a change. */
  #byDepartment: Map<number, Person[]> | undefined;
  readonly roleGroups: RoleGroup[];

  constructor(org: OrgFile, clock: SimulatorClock) {
    this.corp = org.corp;
    this.#clock = clock;
    for (const department of org.departments) this.putDepartment({ ...department });
    for (const employee of org.employees) this.putPerson(employee);
    this.roleGroups = layOutRoles(org);
  }

  today(): string {
    return dayOf(this.#clock.now());
  }

  putDepartment(department: OrgDepartment): void {
    this.#departments.set(department.id, department);
  }

  dropDepartment(id: number): void {
    this.#departments.delete(id);
  }

  putPerson(employee: OrgEmployee & Pick<Person, 'positionLevel'>, isGone = false): Person {
    const unionid = this.#people.get(employee.userid)?.unionid ?? unionIdOf(employee.userid);
    const person: Person = { ...employee, unionid, isGone };
    this.#people.set(person.userid, person);
    this.#byDepartment = undefined;
    return person;
  }

  keepLeaveRecord(person: Person): void {
    if (person.leftOn) {
      const { userid, name, mobile, leftOn } = person;
      this.#records.push({ userid, name, mobile: mobile ?? null, leftOn });
    }
  }

  department(id: number): OrgDepartment | undefined {
    return this.#departments.get(id);
  }

  departments(): OrgDepartment[] {
    return [...this.#departments.values()];
  }

  children(parent: number): OrgDepartment[] {
    return this.departments().filter((department) => department.parent === parent);
  }

  /** @returns the department itself first, the root last */
  pathUp(id: number): number[] {
    const path: number[] = [];
    for (let at = this.department(id); at !== undefined;) {
      path.push(at.id);
      at = at.parent === null ? undefined : this.department(at.parent);
    }
    return path;
  }

  /** @returns ids of the department and everything below it */
  subtree(id: number): Set<number> {
    return new Set(
      this.departments()
        .map((department) => department.id)
        .filter((other) => this.pathUp(other).includes(id)),
    );
  }

  /** Anybody the company has ever known, leavers included. */
  person(userid: string): Person | undefined {
    return this.#people.get(userid);
  }

  people(): Person[] {
    return [...this.#people.values()];
  }

  /** In the address book: hired by today, and today is not after the last working day. */
  isPresent(person: Person, today = this.today()): boolean {
    if (person.isGone) return false;
    if (person.hiredOn && person.hiredOn > today) return false;
    return !person.leftOn || person.leftOn >= today;
  }

  present(): Person[] {
    const today = this.today();
    return this.people().filter((person) => this.isPresent(person, today));
  }

  leavers(): Person[] {
    const today = this.today();
    return this.people().filter((person) => person.leftOn && !this.isPresent(person, today));
  }

  /** Every employment that ended so far, oldest first. */
  leaveRecords(): LeaveRecord[] {
    const present = this.leavers().map((person) => ({
      userid: person.userid,
      name: person.name,
      mobile: person.mobile ?? null,
      leftOn: person.leftOn ?? '',
    }));
    return [...this.#records, ...present].sort((a, b) =>
      a.leftOn < b.leftOn ? -1 : a.leftOn > b.leftOn ? 1 : 0,
    );
  }

  /** Direct members only; somebody in several departments is a member of each. */
  members(departmentId: number): Person[] {
    this.#byDepartment ??= groupByDepartment(this.people());
    const today = this.today();
    return (this.#byDepartment.get(departmentId) ?? []).filter((person) => this.isPresent(person, today));
  }

  byUnionId(unionid: string): Person | undefined {
    return this.people().find((person) => person.unionid === unionid);
  }

  rolesOf(userid: string): { id: number; name: string; groupName: string }[] {
    return this.roleGroups.flatMap((group) =>
      group.roles
        .filter((role) => role.userids.includes(userid))
        .map((role) => ({ id: role.id, name: role.name, groupName: group.name })),
    );
  }

  /** @returns userids of everybody who heads a department */
  leaders(): Set<string> {
    return new Set(this.departments().flatMap(({ managers = [] }) => managers));
  }

  /** @returns id of the role that heads of departments have, after giving it to these */
  useLeaders(userids: Set<string>): number {
    const roles = this.roleGroups.flatMap((group) => group.roles);
    const role = roles.find(({ name }) => name === LEADER_ROLE);
    if (role === undefined) throw new RangeError(`no role ${LEADER_ROLE}`);
    role.userids = [...userids];
    return role.id;
  }

  isLeader(userid: string, departmentId: number): boolean {
    return this.department(departmentId)?.managers?.includes(userid) ?? false;
  }

  /** 1 main administrator, 0 anybody else. */
  adminLevel(userid: string): number {
    return this.rolesOf(userid).some((role) => role.name === '主管理员') ? 1 : 0;
  }
}

function groupByDepartment(people: Person[]): Map<number, Person[]> {
  const groups = new Map<number, Person[]>();
  for (const person of people) {
    for (const id of person.departments) {
      const group = groups.get(id);
      if (group === undefined) groups.set(id, [person]);
      else group.push(person);
    }
  }
  return groups;
}

function layOutRoles(org: OrgFile): RoleGroup[] {
  const { hr = [], hrAdmin = [], auditor = [] } = org.adminRoles ?? {};
  const managers = [...new Set(org.departments.flatMap((department) => department.managers ?? []))];
  let id = FIRST_ROLE_ID;
  const role = (name: string, userids: string[]) => ({ id: ++id, name, userids: [...userids] });
  const group = (name: string, roles: RoleGroup['roles']): RoleGroup => ({ id: ++id, name, roles });
  return [
    group('默认', [role('主管理员', hrAdmin.slice(0, 1)), role('子管理员', []), role(LEADER_ROLE, managers)]),
    group('适岗', [role('HR', hr), role('HR管理员', hrAdmin), role('审计', auditor)]),
  ];
}

/** Real union ids are opaque; these only have to be stable and unlike the userid. */
function unionIdOf(userid: string): string {
  return `sim${Buffer.from(`union/${userid}`).toString('base64url')}iEiE`;
}
