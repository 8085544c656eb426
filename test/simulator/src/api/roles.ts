import { badOffset, badPageSize, OldApiError } from './gateway/answer-errors.ts';
import { integer, integerWithin } from './gateway/parameters.ts';
import type { ApiCall, ApiRoute } from './gateway/route.ts';
import { topapi } from './gateway/route.ts';

const DEFAULT_SIZE = 20;
const ANY_OFFSET = [0, Number.MAX_SAFE_INTEGER] as const;

/** Size and offset count together only; without one of them the defaults hold. */
function window({ body }: ApiCall, most: number): { offset: number; size: number } {
  if (integer(body, 'size') === undefined || integer(body, 'offset') === undefined) {
    return { offset: 0, size: DEFAULT_SIZE };
  }
  return {
    size: integerWithin(body, 'size', [1, most], badPageSize),
    offset: integerWithin(body, 'offset', ANY_OFFSET, badOffset),
  };
}

/** Roles come in groups; `hasMore` is camelCase here. */
export const roleRoutes: ApiRoute[] = [
  topapi('/topapi/role/list', 'qyapi_get_department_list', '同步', (world, call) => {
    const { offset, size } = window(call, 200);
    const groups = world.directory.roleGroups;
    return {
      result: {
        hasMore: groups.length > offset + size,
        list: groups.slice(offset, offset + size).map((group) => ({
          groupId: group.id,
          name: group.name,
          roles: group.roles.map(({ id, name }) => ({ id, name })),
        })),
      },
    };
  }),
  topapi('/topapi/role/simplelist', 'qyapi_get_department_member', '同步', (world, call) => {
    const { offset, size } = window(call, 100);
    const id = integer(call.body, 'role_id');
    const role = world.directory.roleGroups.flatMap((group) => group.roles).find((other) => other.id === id);
    if (role === undefined) throw new OldApiError(33011, '无效的roleId');
    const people = role.userids
      .map((userid) => world.directory.person(userid))
      .filter((person) => person !== undefined)
      .filter((person) => world.directory.isPresent(person));
    return {
      result: {
        hasMore: people.length > offset + size,
        list: people.slice(offset, offset + size).map(({ userid, name }) => ({ userid, name })),
      },
    };
  }),
];
