import {
  isFields,
  listOf,
  mustList,
  numberOf,
  numbersOf,
  partOf,
  textOf,
  textsOf,
  type Fields,
} from './calling/answer.ts';
import type { Caller } from './calling/caller.ts';
import { CALLS } from './calling/calls.ts';
import { official, type OfficialClients } from './calling/official-client.ts';

/** Roster fields asked for: nothing beyond what the product computes with. */
export const ROSTER_FIELDS = {
  name: 'sys00-name',
  jobNumber: 'sys00-jobNumber',
  hiredOn: 'sys00-confirmJoinTime',
  mainDepartmentId: 'sys00-mainDeptId',
  gender: 'sys02-sexType',
  birthDate: 'sys02-birthTime',
} as const;
export type RosterField = keyof typeof ROSTER_FIELDS;

/** Values of one person as texts: `value` may be an option's key, `label` is what a person reads. */
export interface RosterEntry {
  readonly userId: string;
  readonly fields: Partial<Record<RosterField, { value: string | null; label: string | null }>>;
}

export interface DismissionDetail {
  readonly userId: string;
  readonly name: string | null;
  /** Instant, ms, midnight at +08:00 of the last working day. */
  readonly lastWorkDayAt: number | null;
  readonly departmentIds: readonly number[];
  readonly mainDepartmentId: number | null;
  readonly hasLeft: boolean;
  readonly voluntaryReasons: readonly string[];
  readonly passiveReasons: readonly string[];
  readonly memo: string | null;
}

export interface LeaveRecord {
  readonly userId: string;
  readonly name: string | null;
  /** Instant, ms. */
  readonly leftAt: number | null;
}

const ON_JOB_PAGE = 50;
const ROSTER_IDS = 100;
const DISMISSIONS_PAGE = 50;
const DISMISSION_IDS = 50;
const LEAVE_RECORDS_PAGE = 50;
/** A bound on every paged read, far beyond any organisation's lists. */
const MAX_PAGES = 10_000;
/** `status` of a leaver's details. */
const LEFT = 2;
const FIELD_OF_CODE = new Map(
  Object.entries(ROSTER_FIELDS).map(([name, code]) => [code as string, name as RosterField]),
);

/** Smart HR: who is in service, roster values, leavers. All calls are exempt from the quota. */
export class RosterApi {
  readonly #caller: Caller;
  readonly #clients: OfficialClients;
  readonly #agentId: number;

  constructor(caller: Caller, clients: OfficialClients, agentId: number) {
    this.#caller = caller;
    this.#clients = clients;
    this.#agentId = agentId;
  }

  /** Userids of everybody in service: on probation, regular, about to leave, without status. */
  async onJob(): Promise<string[]> {
    const ids: string[] = [];
    let offset = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const body = { status_list: '2,3,5,-1', offset, size: ON_JOB_PAGE };
      const result = partOf(await this.#caller.old(CALLS.onJob, body), 'result', CALLS.onJob.path);
      mustList(result, 'data_list', CALLS.onJob.path);
      ids.push(...textsOf(result, 'data_list'));
      // The end is a missing cursor; samples also show 0, which would start again.
      const next = numberOf(result, 'next_cursor');
      if (next === null || next <= offset) break;
      offset = next;
    }
    return ids;
  }

  /** Roster values of the people given, in groups of 100; unknown people are left out of the answer. */
  async values(userIds: readonly string[]): Promise<RosterEntry[]> {
    const call = CALLS.rosterValues;
    const { module, client, runtime } = await this.#clients.hrm();
    const entries: RosterEntry[] = [];
    for (let from = 0; from < userIds.length; from += ROSTER_IDS) {
      const request = new module.GetEmployeeRosterByFieldRequest({
        userIdList: userIds.slice(from, from + ROSTER_IDS),
        fieldFilterList: Object.values(ROSTER_FIELDS),
        appAgentId: this.#agentId,
        text2SelectConvert: true,
      });
      const body = await this.#caller.run(call, (token) => {
        const headers = new module.GetEmployeeRosterByFieldHeaders({ xAcsDingtalkAccessToken: token });
        return official(call, () => client.getEmployeeRosterByFieldWithOptions(request, headers, runtime));
      });
      entries.push(...mustList(asFields(body), 'result', call.path).filter(isFields).flatMap(rosterEntryOf));
    }
    return entries;
  }

  /** Userids of everybody who ever left through Smart HR. */
  async dismissedIds(): Promise<string[]> {
    const call = CALLS.dismissions;
    const { module, client, runtime } = await this.#clients.hrm();
    const ids: string[] = [];
    let nextToken = 0;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const request = new module.QueryDismissionStaffIdListRequest({
        nextToken,
        maxResults: DISMISSIONS_PAGE,
      });
      const body = await this.#caller.run(call, (token) => {
        const headers = new module.QueryDismissionStaffIdListHeaders({ xAcsDingtalkAccessToken: token });
        return official(call, () => client.queryDismissionStaffIdListWithOptions(request, headers, runtime));
      });
      ids.push(...textsOf(asFields(body), 'userIdList'));
      const next = numberOf(asFields(body), 'nextToken');
      if (asFields(body)['hasMore'] !== true || next === null || next <= nextToken) break;
      nextToken = next;
    }
    return ids;
  }

  /** Last working day, departments and reasons of leavers, in groups of 50. */
  async dismissions(userIds: readonly string[]): Promise<DismissionDetail[]> {
    const call = CALLS.dismissionDetails;
    const { module, client, runtime } = await this.#clients.hrm();
    const details: DismissionDetail[] = [];
    for (let from = 0; from < userIds.length; from += DISMISSION_IDS) {
      const userIdList = userIds.slice(from, from + DISMISSION_IDS);
      const request = new module.QueryHrmEmployeeDismissionInfoRequest({ userIdList });
      const body = await this.#caller.run(call, (token) => {
        const headers = new module.QueryHrmEmployeeDismissionInfoHeaders({ xAcsDingtalkAccessToken: token });
        return official(call, () =>
          client.queryHrmEmployeeDismissionInfoWithOptions(request, headers, runtime),
        );
      });
      details.push(...mustList(asFields(body), 'result', call.path).filter(isFields).flatMap(dismissionOf));
    }
    return details;
  }

  /** People removed from the address book in a span of at most 365 days, with or without a process of Smart HR. */
  async leaveRecords(fromMs: number, untilMs: number): Promise<LeaveRecord[]> {
    const call = CALLS.leaveRecords;
    const { module, client, runtime } = await this.#clients.contact();
    const records: LeaveRecord[] = [];
    let nextToken: string | null = '0';
    for (let page = 0; nextToken !== null && page < MAX_PAGES; page += 1) {
      const request = new module.ListEmpLeaveRecordsRequest({
        startTime: isoSeconds(fromMs),
        endTime: isoSeconds(untilMs),
        nextToken,
        maxResults: LEAVE_RECORDS_PAGE,
      });
      const body = await this.#caller.run(call, (token) => {
        const headers = new module.ListEmpLeaveRecordsHeaders({ xAcsDingtalkAccessToken: token });
        return official(call, () => client.listEmpLeaveRecordsWithOptions(request, headers, runtime));
      });
      records.push(...listOf(asFields(body), 'records').flatMap(leaveRecordOf));
      const next = textOf(asFields(body), 'nextToken');
      nextToken = next === nextToken ? null : next;
    }
    return records;
  }
}

/** Models of the official client are read as plain fields: what is declared and what arrives may differ. */
const asFields = (body: object): Fields => body as Fields;

/** `yyyy-MM-ddTHH:mm:ssZ` */
const isoSeconds = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;

function rosterEntryOf(item: Fields): RosterEntry[] {
  const userId = textOf(item, 'userId');
  if (userId === null) return [];
  const fields: RosterEntry['fields'] = {};
  for (const data of listOf(item, 'fieldDataList')) {
    const field = FIELD_OF_CODE.get(textOf(data, 'fieldCode') ?? '');
    const first = listOf(data, 'fieldValueList')[0];
    if (field && first) fields[field] = { value: textOf(first, 'value'), label: textOf(first, 'label') };
  }
  return [{ userId, fields }];
}

function dismissionOf(item: Fields): DismissionDetail[] {
  const userId = textOf(item, 'userId');
  if (userId === null) return [];
  const departments = listOf(item, 'deptList').flatMap(
    (dept) => numberOf(dept, 'deptId') ?? numberOf(dept, 'dept_id') ?? [],
  );
  return [
    {
      userId,
      name: textOf(item, 'name'),
      lastWorkDayAt: numberOf(item, 'lastWorkDay'),
      departmentIds: departments.length > 0 ? departments : numbersOf(item, 'deptIds'),
      mainDepartmentId: numberOf(item, 'mainDeptId'),
      hasLeft: (numberOf(item, 'status') ?? LEFT) === LEFT,
      voluntaryReasons: textsOf(item, 'voluntaryReason'),
      passiveReasons: textsOf(item, 'passiveReason'),
      memo: textOf(item, 'reasonMemo'),
    },
  ];
}

function leaveRecordOf(item: Fields): LeaveRecord[] {
  const userId = textOf(item, 'userId');
  if (userId === null) return [];
  const leftAt = Date.parse(textOf(item, 'leaveTime') ?? '');
  return [{ userId, name: textOf(item, 'name'), leftAt: Number.isNaN(leftAt) ? null : leftAt }];
}
