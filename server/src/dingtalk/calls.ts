/** One API of DingTalk as this product uses it (dingtalk contract: auth, quotas, permissions). */
export interface ApiCall {
  readonly host: 'oapi' | 'api';
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** Counts against the organisation's monthly quota. */
  readonly metered: boolean;
  /** Permission point that the app needs; null: granted to every app. */
  readonly permission: string | null;
  /** Whether a call without a usable answer may simply be made again. */
  readonly repeatable: boolean;
}

const read = (path: string, permission: string | null): ApiCall => ({
  host: 'oapi',
  method: 'POST',
  path,
  metered: false,
  permission,
  repeatable: true,
});
const notice = (path: string, repeatable: boolean): ApiCall => ({
  ...read(path, null),
  metered: true,
  repeatable,
});
const modern = (method: 'GET' | 'POST', path: string, permission: string | null): ApiCall => ({
  ...read(path, permission),
  host: 'api',
  method,
});

const MESSAGES = '/topapi/message/corpconversation';

/** Every call in use. Address book and roster reads are exempt from the quota, notices are metered. */
export const CALLS = {
  accessToken: modern('POST', '/v1.0/oauth2/accessToken', null),
  personByCode: read('/topapi/v2/user/getuserinfo', null),
  subDepartments: read('/topapi/v2/department/listsub', 'qyapi_get_department_list'),
  department: read('/topapi/v2/department/get', 'qyapi_get_department_list'),
  members: read('/topapi/v2/user/list', 'qyapi_get_department_member'),
  person: read('/topapi/v2/user/get', 'qyapi_get_member'),
  roles: read('/topapi/role/list', 'qyapi_get_department_list'),
  roleMembers: read('/topapi/role/simplelist', 'qyapi_get_department_member'),
  personByMobile: read('/topapi/v2/user/getbymobile', 'qyapi_get_member_by_mobile'),
  onJob: read('/topapi/smartwork/hrm/employee/queryonjob', 'qyapi_hrm_read_user'),
  rosterValues: modern('POST', '/v1.0/hrm/rosters/lists/query', 'qyapi_hrm_read_user'),
  dismissions: modern('GET', '/v1.0/hrm/employees/dismissions', 'qyapi_hrm_read_user'),
  dismissionDetails: modern('GET', '/v1.0/hrm/employees/dimissionInfos', 'qyapi_hrm_read_user'),
  leaveRecords: modern('GET', '/v1.0/contact/empLeaveRecords', 'Contact.Common.Read'),
  sendNotice: notice(`${MESSAGES}/asyncsend_v2`, false),
  noticeResult: notice(`${MESSAGES}/getsendresult`, true),
} as const satisfies Record<string, ApiCall>;
