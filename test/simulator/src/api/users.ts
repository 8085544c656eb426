import { startOfDay } from '../clock/shanghai.ts';
import type { Person } from '../org/directory.ts';
import type { World } from '../world.ts';
import {
  badOffset,
  badPageSize,
  badParameter,
  invalidArgument,
  OldApiError,
  personMissing,
} from './gateway/answer-errors.ts';
import { departmentAsked } from './departments.ts';
import { integerWithin, text } from './gateway/parameters.ts';
import type { ApiCall, ApiRoute } from './gateway/route.ts';
import { topapi } from './gateway/route.ts';

const MEMBERS = 'qyapi_get_department_member';
const MEMBER = 'qyapi_get_member';
const PAGE = [1, 100] as const;
const CURSOR = [0, 100_000] as const;
const ORDERS = ['entry_asc', 'entry_desc', 'modify_asc', 'modify_desc', 'custom'];
/** Orders within a department lie above 2^53, as real ones do. */
const FIRST_ORDER = 176_292_145_862_172_512n;

interface PageErrors {
  size: () => Error;
  cursor: () => Error;
}

/** @returns one page of the members and the end-of-paging fields of DingTalk's member lists */
function membersPage<T>(
  world: World,
  call: ApiCall,
  errors: PageErrors,
  show: (person: Person, place: number) => T,
) {
  const department = departmentAsked(world, call);
  const cursor = integerWithin(call.body, 'cursor', CURSOR, errors.cursor);
  const size = integerWithin(call.body, 'size', PAGE, errors.size);
  const order = call.body.order_field;
  if (order !== undefined && !ORDERS.includes(order as string)) throw errors.size();
  const members = world.directory.members(department.id);
  const hasMore = members.length > cursor + size;
  const next = hasMore ? cursor + size : world.variation.form<number | undefined>(undefined, 0);
  return {
    result: {
      has_more: hasMore,
      next_cursor: next,
      list: members.slice(cursor, cursor + size).map((person, i) => show(person, cursor + i)),
    },
  };
}

/** Unset texts are empty in some answers and absent in others. */
const optional = (world: World, value: string | null | undefined): string | undefined =>
  value ?? world.variation.form<string | undefined>('', undefined);

function commonFields(world: World, person: Person) {
  return {
    userid: person.userid,
    unionid: person.unionid,
    name: person.name,
    avatar: optional(world, undefined),
    state_code: person.mobile ? '86' : undefined,
    mobile: person.mobile ?? undefined,
    hide_mobile: false,
    telephone: optional(world, undefined),
    job_number: optional(world, person.jobNumber),
    title: optional(world, person.title),
    dept_id_list: person.departments,
    hired_date: person.hiredOn ? startOfDay(person.hiredOn) : undefined,
    active: true,
    admin: world.directory.adminLevel(person.userid) > 0,
    boss: false,
    exclusive_account: false,
  };
}

function listed(world: World, person: Person, at: { departmentId: number; place: number }) {
  return {
    ...commonFields(world, person),
    dept_order: FIRST_ORDER + BigInt(at.place),
    extension: '{}',
    leader: world.directory.isLeader(person.userid, at.departmentId),
  };
}

function detailed(world: World, person: Person) {
  const { directory } = world;
  const roles = directory.rolesOf(person.userid);
  return {
    ...commonFields(world, person),
    dept_order_list: person.departments.map((dept_id, i) => ({ dept_id, order: FIRST_ORDER + BigInt(i) })),
    dept_position_list: person.departments.map((dept_id, i) => ({
      dept_id,
      title: person.title ?? '',
      work_place: '',
      is_main: i === 0,
    })),
    manager_userid: person.manager ?? undefined,
    leader_in_dept: person.departments.map((dept_id) => ({
      dept_id,
      leader: directory.isLeader(person.userid, dept_id),
    })),
    role_list:
      roles.length > 0
        ? roles.map(({ id, name, groupName }) => ({ id, name, group_name: groupName }))
        : world.variation.form<unknown[] | undefined>(undefined, []),
    real_authed: true,
    senior: false,
    union_emp_ext: world.variation.form<object | undefined>({}, undefined),
  };
}

function presentPerson(world: World, userid: string): Person {
  const person = world.directory.person(userid);
  if (person !== undefined && world.directory.isPresent(person)) return person;
  throw world.variation.form<Error>(personMissing(), new OldApiError(33012, '无效的USERID'));
}

/** People in the address book. */
export const userRoutes: ApiRoute[] = [
  topapi('/topapi/v2/user/list', MEMBERS, '同步', (world, call) => {
    const errors = { size: invalidArgument, cursor: invalidArgument };
    const departmentId = departmentAsked(world, call).id;
    return membersPage(world, call, errors, (person, place) =>
      listed(world, person, { departmentId, place }),
    );
  }),
  topapi('/topapi/user/listsimple', MEMBERS, '同步', (world, call) =>
    membersPage(world, call, { size: badPageSize, cursor: badOffset }, ({ userid, name }) => ({
      userid,
      name,
    })),
  ),
  topapi('/topapi/user/listid', MEMBER, '同步', (world, call) => {
    const department = departmentAsked(world, call);
    return { result: { userid_list: world.directory.members(department.id).map((person) => person.userid) } };
  }),
  topapi('/topapi/v2/user/get', MEMBER, '同步', (world, { body }) => ({
    result: detailed(world, presentPerson(world, text(body, 'userid', badParameter))),
  })),
  topapi('/topapi/v2/user/getbymobile', 'qyapi_get_member_by_mobile', '同步', (world, { body }) => {
    const mobile = text(body, 'mobile', badParameter);
    if (!/^[0-9+-]{1,15}$/.test(mobile)) throw new OldApiError(40104, '电话号码无效');
    const person = world.directory.present().find((other) => other.mobile === mobile);
    if (person === undefined) throw personMissing();
    return { result: { userid: person.userid } };
  }),
  topapi('/topapi/user/getbyunionid', MEMBER, '同步', (world, { body }) => {
    const person = world.directory.byUnionId(text(body, 'unionid', badParameter));
    if (person === undefined || !world.directory.isPresent(person)) throw personMissing();
    return { result: { contact_type: 0, userid: person.userid } };
  }),
  topapi('/topapi/user/count', MEMBER, '同步', (world, { body }) => {
    if (body.only_active === undefined) throw invalidArgument();
    return { result: { count: world.directory.present().length } };
  }),
  topapi('/topapi/user/listadmin', MEMBER, '同步', (world) => ({
    result: world.directory
      .present()
      .filter((person) => world.directory.adminLevel(person.userid) > 0)
      .map((person) => ({ sys_level: world.directory.adminLevel(person.userid), userid: person.userid })),
  })),
];
