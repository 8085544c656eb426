import type { DayString, SalesRole } from '@shigang/shared';

/** One employment; `hiredOn` null: nobody knows; days included. */
export interface Employment {
  readonly hiredOn: DayString | null;
  readonly leftOn: DayString | null;
}

export interface RoleFrom {
  readonly role: SalesRole;
  readonly validFrom: DayString;
}

export interface DirectoryEmployee {
  readonly userId: string;
  readonly name: string;
  readonly jobNumber: string | null;
  readonly mainDeptId: number | null;
  readonly active: boolean;
  /** Oldest first. */
  readonly employments: readonly Employment[];
  /** Oldest first; a role lasts until the next one begins. */
  readonly roles: readonly RoleFrom[];
}

/** Whether the day lies within the employment, both ends included. */
export const coversDay = (employment: Employment, day: DayString): boolean =>
  (employment.hiredOn === null || employment.hiredOn <= day) &&
  (employment.leftOn === null || day <= employment.leftOn);

/** The employment of that day, null when not employed then. */
export const employmentOn = (person: DirectoryEmployee, day: DayString): Employment | null =>
  person.employments.find((employment) => coversDay(employment, day)) ?? null;

/** The sales role held on that day by a dated history, whatever the employment. */
export const roleOn = (roles: readonly RoleFrom[], day: DayString): SalesRole | null =>
  roles.filter((entry) => entry.validFrom <= day).at(-1)?.role ?? null;

/** Everybody the company has known, with look-ups by what files write: userid, job number, name. */
export class Directory {
  readonly employees: readonly DirectoryEmployee[];
  readonly #byUserId: ReadonlyMap<string, DirectoryEmployee>;
  readonly #byJobNumber: ReadonlyMap<string, readonly DirectoryEmployee[]>;
  readonly #byName: ReadonlyMap<string, readonly DirectoryEmployee[]>;

  constructor(employees: readonly DirectoryEmployee[]) {
    this.employees = employees;
    this.#byUserId = new Map(employees.map((person) => [person.userId, person]));
    this.#byJobNumber = grouped(employees, (person) => person.jobNumber);
    this.#byName = grouped(employees, (person) => person.name);
  }

  byUserId(userId: string): DirectoryEmployee | null {
    return this.#byUserId.get(userId) ?? null;
  }

  /** Job numbers are unique by rule, not by force: all who have it. */
  withJobNumber(jobNumber: string): readonly DirectoryEmployee[] {
    return this.#byJobNumber.get(jobNumber) ?? [];
  }

  /** Those of this name employed on the day, else all of this name (spec "interfaces: files"). */
  named(name: string, day: DayString | null): readonly DirectoryEmployee[] {
    const all = this.#byName.get(name) ?? [];
    const employed = day === null ? [] : all.filter((person) => employmentOn(person, day) !== null);
    return employed.length > 0 ? employed : all;
  }
}

function grouped(
  employees: readonly DirectoryEmployee[],
  keyOf: (person: DirectoryEmployee) => string | null,
): Map<string, DirectoryEmployee[]> {
  const groups = new Map<string, DirectoryEmployee[]>();
  for (const person of employees) {
    const key = keyOf(person);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(person);
    else groups.set(key, [person]);
  }
  return groups;
}
