import {
  flagOf,
  listOf,
  mustList,
  mustText,
  numberOf,
  numbersOf,
  partOf,
  textOf,
  textsOf,
  isFields,
  type Fields,
} from './calling/answer.ts';
import type { Caller } from './calling/caller.ts';
import { CALLS, type ApiCall } from './calling/calls.ts';
import { DingTalkError } from './calling/errors.ts';

export interface DingTalkDepartment {
  readonly deptId: number;
  readonly name: string;
  readonly parentId: number | null;
}

export interface DingTalkMember {
  readonly userId: string;
  readonly unionId: string | null;
  readonly name: string;
  readonly jobNumber: string | null;
  readonly title: string | null;
  readonly departmentIds: readonly number[];
  /** Instant, ms. */
  readonly hiredAt: number | null;
}

/** The answer about one person; manager and main department are told by it only. */
export interface DingTalkPersonDetail {
  readonly userId: string;
  readonly managerUserId: string | null;
  readonly mainDepartmentId: number | null;
  readonly unionId: string | null;
  readonly title: string | null;
  readonly departmentIds: readonly number[];
}

export interface DingTalkRole {
  readonly roleId: number;
  readonly name: string;
}

export const ROOT_DEPARTMENT_ID = 1;

const MEMBERS_PAGE = 100;
const ROLES_PAGE = 200;
const ROLE_MEMBERS_PAGE = 100;
/** A list longer than this is not one: DingTalk caps the cursor of member lists at 100,000. */
const MAX_PAGES = 1_001;

/** Address book: departments, members, roles. All calls are exempt from the quota. */
export class ContactApi {
  readonly #caller: Caller;

  constructor(caller: Caller) {
    this.#caller = caller;
  }

  /** Direct sub-departments. @throws DingTalkError */
  async subDepartments(deptId: number): Promise<DingTalkDepartment[]> {
    const { path } = CALLS.subDepartments;
    const answer = await this.#caller.old(CALLS.subDepartments, { dept_id: deptId });
    return mustList(answer, 'result', path)
      .filter(isFields)
      .map((item) => ({
        deptId: mustNumber(item, 'dept_id', path),
        name: mustText(item, 'name', path),
        parentId: numberOf(item, 'parent_id') ?? deptId,
      }));
  }

  /** One department with its heads' userids. @throws DingTalkError */
  async department(deptId: number): Promise<DingTalkDepartment & { managerUserIds: string[] }> {
    const { path } = CALLS.department;
    const result = partOf(await this.#caller.old(CALLS.department, { dept_id: deptId }), 'result', path);
    return {
      deptId,
      name: mustText(result, 'name', path),
      parentId: numberOf(result, 'parent_id'),
      managerUserIds: textsOf(result, 'dept_manager_userid_list'),
    };
  }

  /** Direct members of one department; a person of several departments is in the list of each. @throws DingTalkError */
  async members(deptId: number): Promise<DingTalkMember[]> {
    const { path } = CALLS.members;
    const members: DingTalkMember[] = [];
    let cursor = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await this.#caller.old(CALLS.members, { dept_id: deptId, cursor, size: MEMBERS_PAGE });
      const result = partOf(answer, 'result', path);
      members.push(
        ...mustList(result, 'list', path)
          .filter(isFields)
          .map((item) => memberOf(item, path)),
      );
      const next = numberOf(result, 'next_cursor');
      if (!flagOf(result, 'has_more') || next === null || next <= cursor) return members;
      cursor = next;
    }
    return members;
  }

  /** One person as the address book has them now. @throws DingTalkError giveUp for unknown people and leavers */
  async person(userId: string): Promise<DingTalkPersonDetail> {
    const { path } = CALLS.person;
    const result = partOf(await this.#caller.old(CALLS.person, { userid: userId }), 'result', path);
    const main = listOf(result, 'dept_position_list').find((item) => flagOf(item, 'is_main'));
    return {
      userId: mustText(result, 'userid', path),
      managerUserId: textOf(result, 'manager_userid'),
      mainDepartmentId: main ? numberOf(main, 'dept_id') : null,
      unionId: textOf(result, 'unionid'),
      title: textOf(result, 'title'),
      departmentIds: numbersOf(result, 'dept_id_list'),
    };
  }

  /** The userid behind a phone number, people in service only; null: nobody. @throws DingTalkError */
  async userIdByMobile(mobile: string): Promise<string | null> {
    const { path } = CALLS.personByMobile;
    try {
      const result = partOf(await this.#caller.old(CALLS.personByMobile, { mobile }), 'result', path);
      return textOf(result, 'userid');
    } catch (error) {
      if (error instanceof DingTalkError && error.kind === 'giveUp') return null;
      throw error;
    }
  }

  async roles(): Promise<DingTalkRole[]> {
    const groups = await this.#byOffset(CALLS.roles, {}, ROLES_PAGE);
    return groups
      .flatMap((group) => listOf(group, 'roles'))
      .map((role) => ({
        roleId: mustNumber(role, 'id', CALLS.roles.path),
        name: mustText(role, 'name', CALLS.roles.path),
      }));
  }

  async roleMembers(roleId: number): Promise<string[]> {
    const people = await this.#byOffset(CALLS.roleMembers, { role_id: roleId }, ROLE_MEMBERS_PAGE);
    return people.map((person) => mustText(person, 'userid', CALLS.roleMembers.path));
  }

  async #byOffset(call: ApiCall, body: object, size: number): Promise<Fields[]> {
    const items: Fields[] = [];
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const answer = await this.#caller.old(call, { ...body, offset: page * size, size });
      const result = partOf(answer, 'result', call.path);
      items.push(...mustList(result, 'list', call.path).filter(isFields));
      if (!flagOf(result, 'hasMore')) break;
    }
    return items;
  }
}

const memberOf = (item: Fields, path: string): DingTalkMember => ({
  userId: mustText(item, 'userid', path),
  unionId: textOf(item, 'unionid'),
  name: mustText(item, 'name', path),
  jobNumber: textOf(item, 'job_number'),
  title: textOf(item, 'title'),
  departmentIds: numbersOf(item, 'dept_id_list'),
  hiredAt: numberOf(item, 'hired_date'),
});

function mustNumber(fields: Fields, name: string, api: string): number {
  const value = numberOf(fields, name);
  if (value === null) {
    throw new DingTalkError({
      trouble: 'broken_answer',
      dingtalkCode: '',
      api,
      message: `${name} is missing`,
    });
  }
  return value;
}
