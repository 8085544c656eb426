import type { DayString } from '@shigang/shared';
import type { Department, DepartmentMembership } from '../org/department.entity.ts';
import type { DingTalkRoleMember, EmploymentPeriod } from '../org/employee.entity.ts';
import type { AddressBook, Picture, SeenMember } from './picture.ts';
import {
  goneBeforeState,
  leftState,
  presentState,
  type EmployeeState,
  type PersonState,
  type StoredPerson,
} from './plan-person.ts';
import type { StoredOrg } from './stored-org.ts';

/**
 * More deactivations than this share of those in service wait for an administrator. One person alone never does: of
 * fewer than twenty people one is more than 5 %, and one leaver is no sign of a broken address book.
 */
export const MAX_DEACTIVATED_PERCENT = 5;

export type DepartmentState = Omit<Department, 'updatedAt'>;

/** Rows to write and rows to delete of one table. */
export interface Changes<Row> {
  readonly write: readonly Row[];
  readonly remove: readonly Row[];
}

/** Everything one run changes; empty lists when nothing has changed. */
export interface OrgPlan {
  readonly departments: Changes<DepartmentState>;
  readonly employees: readonly EmployeeState[];
  readonly periods: Changes<EmploymentPeriod>;
  readonly memberships: Changes<DepartmentMembership>;
  readonly roles: Changes<DingTalkRoleMember>;
  /** People who were in service before and are not any more. */
  readonly deactivated: readonly string[];
  /** People who would be deactivated, held back because they are too many. */
  readonly heldBack: readonly string[];
  /** People in service before the run. */
  readonly activeBefore: number;
  readonly counts: PlanCounts;
}

export interface ScopeCounts {
  readonly inserted: number;
  readonly updated: number;
}
export interface PlanCounts {
  readonly org: ScopeCounts;
  readonly roster: ScopeCounts;
}

/** What has to change so that the database agrees with what was read. Pure; nothing is planned twice. */
export function planOrg(picture: Picture, stored: StoredOrg, today: DayString): OrgPlan {
  const { addressBook } = picture;
  const departments = addressBook ? planDepartments(addressBook, stored, picture.isWhole) : NO_CHANGE;
  const missing = missingPeople(picture, stored);
  const active = [...stored.employees.values()].filter((employee) => employee.active).length;
  const isTooMany = missing.length > 1 && missing.length * 100 > active * MAX_DEACTIVATED_PERCENT;
  const leaving = new Set(isTooMany ? [] : missing);
  const people = peopleToLookAt(picture, stored).flatMap((userId) => {
    const before = storedPerson(stored, userId);
    const after = stateOf(userId, { picture, leaving, today }, before);
    return after ? [{ before, after }] : [];
  });
  const changed = people.filter(({ before, after }) => !isSame(before.employee, after.employee));
  const periods = changesOf(people, 'periods', (row) => `${row.userId}\n${row.hiredOn}`);
  const memberships = changesOf(
    people,
    'memberships',
    (row) => `${row.userId}\n${row.deptId}\n${row.validFrom}`,
  );
  return {
    departments,
    employees: changed.map(({ after }) => after.employee),
    periods,
    memberships,
    roles: addressBook?.roles ? planRoles(addressBook, stored, leaving) : rolesOfLeavers(stored, leaving),
    deactivated: [...leaving],
    heldBack: isTooMany ? missing : [],
    activeBefore: active,
    counts: countsOf({ departments, memberships, changed }, stored),
  };
}

const NO_CHANGE: Changes<never> = { write: [], remove: [] };

/** In service by the database, and neither in a whole address book nor on HR's list. */
function missingPeople({ addressBook, hr, isWhole }: Picture, stored: StoredOrg): string[] {
  if (!addressBook || !isWhole || addressBook.unread.length > 0) return [];
  return [...stored.employees.values()]
    .filter(
      (employee) =>
        employee.active && !addressBook.members.has(employee.userId) && !hr?.onJob.has(employee.userId),
    )
    .map((employee) => employee.userId);
}

function peopleToLookAt({ addressBook, hr }: Picture, stored: StoredOrg): string[] {
  return [
    ...new Set([
      ...(addressBook?.members.keys() ?? []),
      ...stored.employees.keys(),
      ...(hr?.leavers.keys() ?? []),
    ]),
  ];
}

const storedPerson = (stored: StoredOrg, userId: string): StoredPerson => {
  const row = stored.employees.get(userId);
  return {
    employee: row ? withoutMoment(row) : null,
    periods: stored.periods.get(userId) ?? [],
    memberships: stored.memberships.get(userId) ?? [],
  };
};

interface PersonContext {
  readonly picture: Picture;
  readonly leaving: ReadonlySet<string>;
  readonly today: DayString;
}

function stateOf(
  userId: string,
  { picture, leaving, today }: PersonContext,
  before: StoredPerson,
): PersonState | null {
  const { addressBook, hr } = picture;
  const roster = hr?.roster.get(userId) ?? null;
  const leaver = hr?.leavers.get(userId) ?? null;
  const member = addressBook ? addressBook.members.get(userId) : memberFrom(before);
  if (member) {
    return presentState(
      { member, detail: addressBook?.details.get(userId) ?? null, roster, leaver },
      before,
      today,
    );
  }
  if (leaving.has(userId)) return leftState(leaver, before, today);
  if (before.employee?.active) return null;
  if (before.employee) return leftState(leaver, before, today);
  return leaver ? goneBeforeState(leaver, roster) : null;
}

/** Without the address book a person in service is as stored. */
function memberFrom({ employee, memberships }: StoredPerson): SeenMember | undefined {
  if (!employee?.active) return undefined;
  const { userId, unionId, name, jobNumber, title, hiredOn } = employee;
  const departmentIds = memberships.filter((row) => row.validTo === null).map((row) => row.deptId);
  return { userId, unionId, name, jobNumber, title, hiredOn, departmentIds };
}

function planDepartments(
  addressBook: AddressBook,
  stored: StoredOrg,
  isWhole: boolean,
): Changes<DepartmentState> {
  const seen = addressBook.departments.map((department): DepartmentState => {
    const before = stored.departments.get(department.deptId);
    const { deptId, name, parentId } = department;
    const managerUserIds = [...(department.managerUserIds ?? before?.managerUserIds ?? [])];
    return { deptId, name, parentId, managerUserIds, active: true };
  });
  const ids = new Set(seen.map((department) => department.deptId));
  const mayClose = isWhole && addressBook.unread.length === 0;
  const closed = [...stored.departments.values()]
    .filter((department) => mayClose && department.active && !ids.has(department.deptId))
    .map((department): DepartmentState => ({ ...withoutMoment(department), active: false }));
  const write = [...seen, ...closed].filter((department) => {
    const before = stored.departments.get(department.deptId);
    return !isSame(before ? withoutMoment(before) : null, department);
  });
  return { write, remove: [] };
}

function planRoles(
  addressBook: AddressBook,
  stored: StoredOrg,
  leaving: ReadonlySet<string>,
): Changes<DingTalkRoleMember> {
  const keyOf = (row: DingTalkRoleMember): string => `${row.userId}\n${row.roleName}`;
  const isKnown = (userId: string): boolean =>
    addressBook.members.has(userId) ||
    (Boolean(stored.employees.get(userId)?.active) && !leaving.has(userId));
  const wanted = new Map<string, DingTalkRoleMember>();
  for (const [roleName, userIds] of addressBook.roles ?? []) {
    for (const userId of userIds.filter(isKnown))
      wanted.set(keyOf({ userId, roleName }), { userId, roleName });
  }
  const present = new Set(stored.roles.map(keyOf));
  return {
    write: [...wanted].filter(([key]) => !present.has(key)).map(([, row]) => row),
    remove: stored.roles.filter((row) => !wanted.has(keyOf(row))),
  };
}

const rolesOfLeavers = (stored: StoredOrg, leaving: ReadonlySet<string>): Changes<DingTalkRoleMember> => ({
  write: [],
  remove: stored.roles.filter((row) => leaving.has(row.userId)),
});

interface PersonChange {
  readonly before: StoredPerson;
  readonly after: PersonState;
}

function changesOf<Table extends 'periods' | 'memberships'>(
  people: readonly PersonChange[],
  table: Table,
  keyOf: (row: PersonState[Table][number]) => string,
): Changes<PersonState[Table][number]> {
  const write: PersonState[Table][number][] = [];
  const remove: PersonState[Table][number][] = [];
  for (const { before, after } of people) {
    const old = new Map(before[table].map((row) => [keyOf(row), row]));
    const next = new Map(after[table].map((row) => [keyOf(row), row]));
    for (const [key, row] of next) if (!isSame(old.get(key) ?? null, row)) write.push(row);
    for (const [key, row] of old) if (!next.has(key)) remove.push(row);
  }
  return { write, remove };
}

/** Columns that Smart HR supplies; a change of any other comes from the address book. */
const ROSTER_COLUMNS: ReadonlySet<string> = new Set(['hiredOn', 'leftOn', 'leftKind', 'gender', 'birthYear']);

interface Counted {
  readonly departments: Changes<DepartmentState>;
  readonly memberships: Changes<DepartmentMembership>;
  readonly changed: readonly PersonChange[];
}

/** Employees and departments; a person who only moved counts as updated, one change counts in one scope. */
function countsOf({ departments, memberships, changed }: Counted, stored: StoredOrg): PlanCounts {
  const counts = { org: { inserted: 0, updated: 0 }, roster: { inserted: 0, updated: 0 } };
  for (const { before, after } of changed) {
    if (!before.employee) counts[after.employee.active ? 'org' : 'roster'].inserted += 1;
    else if (before.employee.active === after.employee.active) {
      counts[isRosterChange(before.employee, after.employee) ? 'roster' : 'org'].updated += 1;
    }
  }
  const counted = new Set(changed.map(({ after }) => after.employee.userId));
  counts.org.updated += new Set(
    memberships.write.map((row) => row.userId).filter((userId) => !counted.has(userId)),
  ).size;
  for (const { deptId } of departments.write)
    counts.org[stored.departments.has(deptId) ? 'updated' : 'inserted'] += 1;
  return counts;
}

function isRosterChange(before: EmployeeState, after: EmployeeState): boolean {
  const columns = (Object.keys(after) as (keyof EmployeeState)[]).filter(
    (column) => !isSame(before[column], after[column]),
  );
  return columns.every((column) => ROSTER_COLUMNS.has(column));
}

function withoutMoment<Row extends { updatedAt: Date }>(row: Row): Omit<Row, 'updatedAt'> {
  const { updatedAt: _moment, ...state } = row;
  return state;
}

/** Rows are flat and small: equal when every column is, lists included. */
function isSame(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isSame(item, right[index]));
  }
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length &&
    keys.every((key) => isSame(left[key as never], right[key as never]))
  );
}
