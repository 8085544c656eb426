import type { DayString } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import type { Identify } from './mapping.ts';
import { Refusal, type Parsed } from './parse/refusal.ts';

/** Somebody whom a record may name, leavers included. */
export interface Person {
  readonly userId: string;
  readonly label: string;
  /** First and last day of each employment, both included; null: unknown start, no end. */
  readonly periods: (readonly [from: string | null, to: string | null])[];
}

/** What an import needs to know of an employee. */
export interface EmployeeRow {
  readonly userId: string;
  readonly name: string;
  readonly jobNumber: string | null;
  readonly hiredOn: string | null;
  readonly leftOn: string | null;
}

export interface EmploymentRow {
  readonly userId: string;
  readonly hiredOn: string;
  readonly leftOn: string | null;
}

/** Hire date of somebody whose real one is unknown. */
const UNKNOWN_HIRE = '1900-01-01';
/** People named in a refusal. */
const MAX_NAMED = 5;
/** Values remembered during one import. */
const MAX_SETTLED = 100_000;

/** Finds people by userid, job number, name or mobile as files write them (docs/formats.md §1). */
export class EmployeeDirectory {
  readonly #byUserId = new Map<string, Person>();
  readonly #byJobNumber = new Map<string, Person[]>();
  readonly #byName = new Map<string, Person[]>();
  /** Mobile → userid, for the run of one import only. */
  readonly #byMobile = new Map<string, string | null>();
  /** What was found for a value whatever the day. */
  readonly #settled = new Map<string, Person>();

  constructor(employees: readonly EmployeeRow[], employments: readonly EmploymentRow[]) {
    const periods = new Map<string, [string | null, string | null][]>();
    for (const { userId, hiredOn, leftOn } of employments) {
      const from = hiredOn === UNKNOWN_HIRE ? null : hiredOn;
      periods.set(userId, [...(periods.get(userId) ?? []), [from, leftOn]]);
    }
    for (const { userId, name, jobNumber, hiredOn, leftOn } of employees) {
      const label = jobNumber === null ? `${name} ${userId}` : `${name} ${jobNumber}`;
      const person: Person = { userId, label, periods: periods.get(userId) ?? [[hiredOn, leftOn]] };
      this.#byUserId.set(userId, person);
      if (jobNumber !== null && jobNumber !== '') push(this.#byJobNumber, jobNumber, person);
      push(this.#byName, name.trim(), person);
    }
  }

  static async load(sql: Sql): Promise<EmployeeDirectory> {
    const employees = await sql.select<EmployeeRow>(
      `SELECT user_id AS userId, name, job_number AS jobNumber, hired_on AS hiredOn, left_on AS leftOn FROM employees`,
    );
    const employments = await sql.select<EmploymentRow>(
      'SELECT user_id AS userId, hired_on AS hiredOn, left_on AS leftOn FROM employment_periods ORDER BY user_id, hired_on',
    );
    return new EmployeeDirectory(employees, employments);
  }

  /** Mobiles of the batch not looked up yet are asked for, one by one. */
  async learnMobiles(
    mobiles: Iterable<string>,
    lookUp: (mobile: string) => Promise<string | null>,
  ): Promise<void> {
    for (const mobile of mobiles) {
      if (!this.#byMobile.has(mobile)) this.#byMobile.set(mobile, await lookUp(mobile));
    }
  }

  /**
   * The one person that the value means on that day: by all three of userid, job number and name unless `how` says one.
   * A name counts among those employed on the day, else among all.
   * @returns the person, or unknown_employee, ambiguous_employee
   */
  find(written: string, on: DayString, how: Identify | undefined): Parsed<Person> {
    const key = `${how ?? ''} ${written}`;
    const settled = this.#settled.get(key);
    if (settled) return settled;
    const found = this.#search(written, on, how);
    // Of namesakes the day decides; a value that had to be folded first is rare enough to be searched again.
    const isDated =
      (this.#byName.get(written)?.length ?? 0) > 1 || written !== written.normalize('NFKC').trim();
    if (!(found instanceof Refusal) && !isDated && this.#settled.size < MAX_SETTLED)
      this.#settled.set(key, found);
    return found;
  }

  #search(written: string, on: DayString, how: Identify | undefined): Parsed<Person> {
    const found = this.#candidates(written, on, how);
    const people = found.length > 0 ? found : this.#candidates(written.normalize('NFKC').trim(), on, how);
    const [person, other] = people;
    if (!person) return new Refusal('unknown_employee');
    if (!other) return person;
    const named = people.slice(0, MAX_NAMED).map((each) => each.label);
    return new Refusal('ambiguous_employee', named.join('、'));
  }

  #candidates(written: string, on: DayString, how: Identify | undefined): Person[] {
    const people = new Set<Person>();
    const add = (found: Person | undefined): void => void (found && people.add(found));
    if (how === undefined || how === 'userid') add(this.#byUserId.get(written));
    if (how === undefined || how === 'job_number') this.#byJobNumber.get(written)?.forEach(add);
    if (how === undefined || how === 'name') namesakes(this.#byName.get(written) ?? [], on).forEach(add);
    if (how === 'mobile') add(this.#byUserId.get(this.#byMobile.get(written) ?? ''));
    return [...people];
  }
}

function namesakes(people: readonly Person[], on: DayString): readonly Person[] {
  if (people.length < 2) return people;
  const employed = people.filter((person) => isEmployed(person, on));
  return employed.length > 0 ? employed : people;
}

/** Whether the person was employed on the day, first and last day included. */
export const isEmployed = (person: Person, on: DayString): boolean =>
  person.periods.some(([from, to]) => (from === null || from <= on) && (to === null || on <= to));

function push(map: Map<string, Person[]>, key: string, person: Person): void {
  const people = map.get(key);
  if (people) people.push(person);
  else map.set(key, [person]);
}
