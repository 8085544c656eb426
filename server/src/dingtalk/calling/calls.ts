type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** One API of DingTalk as this product uses it (dingtalk contract: auth, quotas, permissions). */
export interface ApiCall {
  readonly host: 'oapi' | 'api';
  readonly method: Method;
  /** Parts that differ from call to call stand as the documents write them: `{unionId}`. */
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
const modern = (method: Method, path: string, permission: string | null): ApiCall => ({
  ...read(path, permission),
  host: 'api',
  method,
});

const workflow = (method: Method, path: string, permission: string): ApiCall => ({
  ...modern(method, `/v1.0/workflow/${path}`, permission),
  metered: true,
});
const todo = (method: Method, path: string): ApiCall => ({
  ...modern(method, path, 'Todo.Todo.Write'),
  metered: true,
});
/** A call that may have been carried out although its answer is lost; whoever makes it finds out before the next. */
const once = (call: ApiCall): ApiCall => ({ ...call, repeatable: false });

const INSTANCE_WRITE = 'Workflow.Instance.Write';
const INSTANCE_READ = 'Workflow.Instance.Read';
const TODOS = '/v1.0/todo/users/{unionId}/tasks';
const MESSAGES = '/topapi/message/corpconversation';

/** Every call in use. Address book, roster and transfer are exempt from the quota; notices, approvals, to-dos are metered. */
export const CALLS = {
  accessToken: modern('POST', '/v1.0/oauth2/accessToken', null),
  openStream: modern('POST', '/v1.0/gateway/connections/open', null),
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
  saveForm: once(workflow('POST', 'forms', 'Workflow.Form.Write')),
  codeOfForm: workflow('GET', 'processCentres/schemaNames/processCodes', 'Workflow.Form.Read'),
  startApproval: once(workflow('POST', 'processInstances', INSTANCE_WRITE)),
  readApproval: workflow('GET', 'processInstances', INSTANCE_READ),
  approvalIds: workflow('POST', 'processes/instanceIds/query', INSTANCE_READ),
  terminateApproval: once(workflow('POST', 'processInstances/terminate', INSTANCE_WRITE)),
  transfer: once(modern('POST', '/v1.0/hrm/processes/transfer', 'Hrm.Process.ReadWrite')),
  createTodo: once(todo('POST', TODOS)),
  listTodos: {
    ...modern('POST', '/v1.0/todo/users/{unionId}/org/tasks/query', 'Todo.Todo.Read'),
    metered: true,
  },
  updateTodo: todo('PUT', `${TODOS}/{taskId}`),
  removeTodo: todo('DELETE', `${TODOS}/{taskId}`),
} as const satisfies Record<string, ApiCall>;
