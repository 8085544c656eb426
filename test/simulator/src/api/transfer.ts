import type { Person } from '../org/directory.ts';
import type { World } from '../world.ts';
import { NewApiError } from './gateway/answer-errors.ts';
import type { Json } from './gateway/parameters.ts';
import { integer } from './gateway/parameters.ts';
import type { ApiCall, ApiRoute } from './gateway/route.ts';

const LONGEST_POSITION = 124;
const LONGEST_LEVEL = 64;

const refused = (code: string, message: string): NewApiError => new NewApiError(400, code, message);
const wrong = () => refused('invalidParameter', '参数错误');

function textIn(body: Json, name: string, longest: number): string | undefined {
  const value = body[name];
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string' || value.length > longest) throw wrong();
  return value;
}

/** @returns the person's departments afterwards, the main one first */
function departmentsOf(world: World, person: Person, body: Json): number[] {
  const { deptIdsAfterTransfer } = body;
  if (deptIdsAfterTransfer !== undefined && !Array.isArray(deptIdsAfterTransfer)) throw wrong();
  const given = (deptIdsAfterTransfer as unknown[] | undefined)?.map(Number);
  if (given?.some((id) => world.directory.department(id) === undefined)) throw wrong();
  const departments = given === undefined || given.length === 0 ? person.departments : [...new Set(given)];
  const main = integer(body, 'mainDeptIdAfterTransfer');
  if (main === undefined) return departments;
  if (!departments.includes(main) && !person.departments.includes(main)) {
    throw refused('mainDeptIdInvalid', '传入主部门id有误');
  }
  return [main, ...departments.filter((id) => id !== main)];
}

/**
 * The organisation's position and level fields are not upgraded: both go by name, and ids mean nothing. A level that
 * is not named stays.
 */
function transfer(world: World, { body }: ApiCall) {
  const person = world.directory.person(typeof body.userId === 'string' ? body.userId : '');
  if (person === undefined || !world.directory.isPresent(person)) throw wrong();
  if (textIn(body, 'positionIdAfterTransfer', LONGEST_POSITION)) {
    throw refused('positionIdInvalid', '职位id不合法');
  }
  if (textIn(body, 'rankIdAfterTransfer', LONGEST_LEVEL)) throw refused('ranIdInvalid', '职级id不合法');
  const position = textIn(body, 'positionNameAfterTransfer', LONGEST_POSITION);
  if (position === undefined) throw wrong();
  const level = textIn(body, 'positionLevelAfterTransfer', LONGEST_LEVEL);
  const operator = textIn(body, 'operateUserId', LONGEST_POSITION);
  if (operator !== undefined && world.directory.person(operator) === undefined) throw wrong();
  const departments = departmentsOf(world, person, body);
  const positionLevel = level ?? person.positionLevel;
  const after = world.directory.putPerson({
    ...person,
    departments,
    title: position,
    ...(positionLevel === undefined ? {} : { positionLevel }),
  });
  const [deptId = null] = departments;
  world.books.transfers.add({ content: body, userId: after.userid, deptId, position, level: level ?? null });
  world.orgEvents.transferred(person, after);
  return { result: true };
}

export const transferRoutes: ApiRoute[] = [
  {
    host: 'api',
    method: 'POST',
    path: '/v1.0/hrm/processes/transfer',
    needsToken: true,
    permission: 'Hrm.Process.ReadWrite',
    metered: false,
    purpose: '调岗',
    answer: transfer,
  },
];
