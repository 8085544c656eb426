import { startOfDay } from '../clock/shanghai.ts';
import type { Person } from '../org/directory.ts';
import type { World } from '../world.ts';
import { invalidArgument, NewApiError } from './gateway/answer-errors.ts';
import { commaList, integerWithin } from './gateway/parameters.ts';
import type { ApiCall, ApiRoute } from './gateway/route.ts';
import { topapi } from './gateway/route.ts';
import { employeeStatus, rosterFields } from './roster-fields.ts';

const PERMISSION = 'qyapi_hrm_read_user';
const PURPOSE = '同步';
const ON_JOB_STATUSES = ['2', '3', '5', '-1'];
const ON_JOB_PAGE = [1, 50] as const;
const LEAVER_PAGE = [1, 50] as const;
const ROSTER_IDS = 100;
const ANY_OFFSET = [0, Number.MAX_SAFE_INTEGER] as const;

const invalid = (message: string): NewApiError => new NewApiError(400, 'invalidParameter', message);

/** The new host's HR calls of this file: free, with the roster's read permission. */
const hrm = (method: ApiRoute['method'], path: string, answer: ApiRoute['answer']): ApiRoute => ({
  host: 'api',
  method,
  path,
  needsToken: true,
  permission: PERMISSION,
  metered: false,
  purpose: PURPOSE,
  answer,
});

function onJob(world: World, { body }: ApiCall) {
  const statuses = commaList(body, 'status_list');
  if (!statuses?.length || statuses.some((status) => !ON_JOB_STATUSES.includes(status)))
    throw invalidArgument();
  const offset = integerWithin(body, 'offset', ANY_OFFSET, invalidArgument);
  const size = integerWithin(body, 'size', ON_JOB_PAGE, invalidArgument);
  const people = world.directory
    .present()
    .filter((person) => statuses.includes(employeeStatus(person, world.directory.today())));
  const hasMore = people.length > offset + size;
  return {
    result: {
      data_list: people.slice(offset, offset + size).map((person) => person.userid),
      // The text says that the last page has none, the sample shows a 0.
      next_cursor: hasMore ? offset + size : world.variation.form<number | undefined>(undefined, 0),
    },
    success: true,
  };
}

function dismissions(world: World, { query }: ApiCall) {
  const offset = query.nextToken
    ? integerWithin(query, 'nextToken', ANY_OFFSET, () => invalid('参数错误'))
    : 0;
  const size = query.maxResults
    ? integerWithin(query, 'maxResults', LEAVER_PAGE, () => invalid('参数错误'))
    : 30;
  const leavers = world.directory.leavers();
  const hasMore = leavers.length > offset + size;
  return {
    nextToken: hasMore ? offset + size : world.variation.form<number | undefined>(0, undefined),
    hasMore,
    userIdList: leavers.slice(offset, offset + size).map((person) => person.userid),
  };
}

/** @throws NewApiError unless the query holds a JSON array of 1 to 50 ids */
function idsInQuery(query: Record<string, string>): string[] {
  let ids: unknown;
  try {
    ids = JSON.parse(query.userIdList ?? '');
  } catch {
    throw invalid('参数错误');
  }
  if (!Array.isArray(ids) || ids.length < 1 || ids.length > LEAVER_PAGE[1]) {
    throw invalid('员工 id列表大小不在[1,50]范围');
  }
  return ids.map(String);
}

function leaverInfo(world: World, person: Person) {
  const { directory } = world;
  const main = directory.department(person.departments[0] ?? 1);
  const reasons = person.leftReason ? [person.leftReason] : [];
  const isInvoluntary = person.leftKind === 'involuntary';
  const hasLeft = !directory.isPresent(person);
  return {
    userId: person.userid,
    name: world.variation.form<string | undefined>(person.name, undefined),
    lastWorkDay: startOfDay(person.leftOn ?? directory.today()),
    deptList: person.departments.map((id) => ({
      dept_id: id,
      dept_path: directory
        .pathUp(id)
        .reverse()
        .map((other) => directory.department(other)?.name)
        .join('-'),
    })),
    reasonMemo: person.leftReason ?? '',
    preStatus: 3,
    handoverUserId: person.manager ?? undefined,
    status: hasLeft ? 2 : 1,
    mainDeptName: main?.name,
    mainDeptId: main?.id,
    voluntaryReason: isInvoluntary ? [] : reasons,
    passiveReason: isInvoluntary ? reasons : [],
  };
}

function rosters(world: World, { body }: ApiCall) {
  const wrong = '系统参数无效或者传入的微应用Id和员工userId有误';
  const { userIdList, fieldFilterList, appAgentId } = body;
  if (!Array.isArray(userIdList) || userIdList.length < 1 || userIdList.length > ROSTER_IDS)
    throw invalid(wrong);
  if (Number(appAgentId) !== world.credentials.agentId) throw invalid(wrong);
  if (fieldFilterList !== undefined && !Array.isArray(fieldFilterList)) throw invalid(wrong);
  const wanted = (fieldFilterList as unknown[] | undefined)?.map(String);
  if ((wanted?.length ?? 0) > ROSTER_IDS) throw invalid(wrong);
  const people = userIdList
    .map((userid) => world.directory.person(String(userid)))
    .filter((person) => person !== undefined);
  return {
    result: people.map((person) => ({
      corpId: world.credentials.corpId,
      userId: person.userid,
      unionId: '无',
      fieldDataList: rosterFields(world, person, wanted),
    })),
  };
}

/** Smart HR: who is in service, who left, and the roster's fields of both. */
export const hrmRoutes: ApiRoute[] = [
  topapi('/topapi/smartwork/hrm/employee/queryonjob', PERMISSION, PURPOSE, onJob),
  hrm('GET', '/v1.0/hrm/employees/dismissions', dismissions),
  hrm('GET', '/v1.0/hrm/employees/dimissionInfos', (world, { query }) => ({
    result: idsInQuery(query)
      .map((userid) => world.directory.person(userid))
      .filter((person) => person?.leftOn)
      .filter((person) => person !== undefined)
      .map((person) => leaverInfo(world, person)),
  })),
  hrm('POST', '/v1.0/hrm/rosters/lists/query', rosters),
];
