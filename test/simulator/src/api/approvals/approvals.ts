import { running } from '../../approvals/approval-book.ts';
import type { ApprovalInstance, ApprovalTask } from '../../approvals/instance.ts';
import { DAY_MS } from '../../clock/shanghai.ts';
import type { Person } from '../../org/directory.ts';
import type { World } from '../../world.ts';
import { startInstance } from './approval-start.ts';
import { instanceView } from './approval-view.ts';
import type { Json } from '../gateway/parameters.ts';
import { integer, isTextList } from '../gateway/parameters.ts';
import type { ApiCall, ApiRoute } from '../gateway/route.ts';
import { refused, workflow } from './workflow.ts';

const WRITE = 'Workflow.Instance.Write';
const READ = 'Workflow.Instance.Read';

const PAGE_MAX = 20;
const STARTERS_MAX = 10;
const TOTAL_MAX = 10_000;
const SPAN_MAX_MS = 120 * DAY_MS;
const LOOK_BACK_MS = 365 * DAY_MS;
const REMARK_MAX = 1_024;

const done = { result: true, success: true };
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function get(world: World, { query }: ApiCall) {
  const id = query.processInstanceId;
  if (!id) throw refused('processInstanceIdError', 'processInstanceId参数无效');
  const instance = world.books.approvals.find(id);
  if (instance === undefined) throw refused('processInstanceNotExist', '审批实例不存在');
  return { result: instanceView(world, instance), success: 'true' };
}

/** @returns the window in which instances were started, both ends included */
function windowOf(world: World, body: Json): { from: number; until: number } {
  const wrongStart = () =>
    refused('invalidInstanceListIdsStartTime', '获取审批实例ID列表，审批实例开始时间不能为空');
  const from = integer(body, 'startTime');
  if (from === undefined || Number.isNaN(from)) throw wrongStart();
  const now = world.clock.now();
  const until = integer(body, 'endTime');
  if (until === undefined) {
    if (now - from > SPAN_MAX_MS) throw wrongStart();
    return { from, until: Number.POSITIVE_INFINITY };
  }
  if (Number.isNaN(until) || until < from || until - from > SPAN_MAX_MS) {
    const rule = '审批实例结束时间不能小于开始时间；且查询时间范围不能超过120天。';
    throw refused('invalidEndTime', `获取审批实例ID列表，${rule}`);
  }
  if (now - from > LOOK_BACK_MS) throw wrongStart();
  return { from, until };
}

function ids(world: World, { body }: ApiCall) {
  const { processCode, userIds = [], statuses = [] } = body;
  if (textOf(processCode) === '') throw refused('invalidProcessCode', '审批模板processCode不能为空');
  const { from, until } = windowOf(world, body);
  const offset = integer(body, 'nextToken');
  if (offset === undefined || !(offset >= 0) || offset > TOTAL_MAX) {
    throw refused('invalidNextToken', '获取审批实例ID列表，分页查询的游标不能为空');
  }
  const size = integer(body, 'maxResults');
  if (size === undefined || !(size >= 1) || size > PAGE_MAX) {
    throw refused('invalidMaxResults', '获取审批实例ID列表，分页参数非法，每页大小，最多传20。');
  }
  if (!isTextList(userIds) || userIds.length > STARTERS_MAX) {
    throw refused('invalidUserIds', '获取审批实例ID列表，发起userid列表参数非法，最大列表长度为10。');
  }
  if (!isTextList(statuses)) throw refused('internalError', '系统内部异常');
  const found = world.books.approvals
    .all()
    .filter((instance) => instance.form.processCode === processCode)
    .filter(({ createdAt }) => createdAt >= from && createdAt <= until)
    .filter(({ starter }) => userIds.length === 0 || userIds.includes(starter))
    .filter(({ status }) => statuses.length === 0 || statuses.includes(status))
    .slice(0, TOTAL_MAX);
  const next = offset + size;
  const end = world.variation.form<string | undefined>(undefined, '');
  return {
    result: {
      list: found.slice(offset, next).map(({ id }) => id),
      nextToken: next < found.length ? String(next) : end,
    },
    success: true,
  };
}

function idOf(body: Json): string {
  const id = textOf(body.processInstanceId);
  if (id === '') throw refused('invalidInstanceId', '审批实例ID不能为空');
  return id;
}

function person(world: World, userid: string): Person {
  const known = world.directory.person(userid);
  if (known === undefined || !world.directory.isPresent(known)) throw refused('userNotExist', '用户不存在');
  return known;
}

function remarkOf(body: Json, wrong: string): { remark?: string } {
  const { remark } = body;
  if (remark === undefined || remark === null || remark === '') return {};
  if (typeof remark !== 'string' || remark.length > REMARK_MAX) throw refused('invalidParameter', wrong);
  return { remark };
}

const notRunning = () => refused('aflowProcessInstStatusException', '审批单状态异常');

/** @throws NewApiError unless the instance is there */
function existing(world: World, id: string): ApprovalInstance {
  const instance = world.books.approvals.find(id);
  if (instance === undefined) throw refused('aflowProcessInstNotExist', '审批实例不存在');
  return instance;
}

function terminate(world: World, { body }: ApiCall) {
  const { approvals } = world.books;
  const id = idOf(body);
  const { isSystem } = body;
  if (typeof isSystem !== 'boolean') {
    throw refused('invalidInstanceTerminateIsSystem', '撤销审批实例，是否通过系统操作参数不能为空');
  }
  const operator = textOf(body.operatingUserId);
  if (!isSystem && operator === '') {
    const rule = '撤销审批实例，当isSystem为false时，操作人的userId不能为空';
    throw refused('invalidInstanceTerminateOperatingUserId', rule);
  }
  if (operator !== '') person(world, operator);
  const remark = remarkOf(body, '撤销审批实例参数错误');
  const instance = existing(world, id);
  if (instance.status !== 'RUNNING' || !approvals.isRevocable(instance)) throw notRunning();
  const isForbidden = instance.form.config.disableStopProcessButton === true;
  if (isForbidden || (!isSystem && operator !== instance.starter)) {
    throw refused('internalError', '您没有任务处理的权限');
  }
  approvals.terminate(instance, { userId: isSystem ? 'system' : operator, ...remark });
  return done;
}

/** @returns the task of that person which waits for an answer */
function waitingTask(instance: ApprovalInstance, taskId: number, userId: string): ApprovalTask {
  const task = running(instance).find((other) => other.taskId === taskId);
  if (task === undefined) throw refused('aflowProcessInstCanNotBeExecuted', '审批状态异常，无法执行');
  if (task.userId !== userId) throw refused('needAuth', '没有同意拒绝审批的权限');
  return task;
}

function execute(world: World, { body }: ApiCall) {
  const id = idOf(body);
  const actioner = textOf(body.actionerUserId);
  const rule = (text: string): string => `同意拒绝审批任务，${text}`;
  if (actioner === '') {
    throw refused('invalidInstanceExecuteActionerUserId', rule('操作人的userId不能为空'));
  }
  const taskId = integer(body, 'taskId');
  if (taskId === undefined || Number.isNaN(taskId)) {
    throw refused('invalidInstanceExecuteTaskId', rule('任务节点id不能为空'));
  }
  const { result } = body;
  if (result !== 'agree' && result !== 'refuse') {
    throw refused('invalidInstanceExecuteResult', rule('审批操作取值必填 且值必须为agree/refuse'));
  }
  const remark = remarkOf(body, '同意或拒绝审批任务参数错误');
  person(world, actioner);
  const instance = world.books.approvals.find(id);
  if (instance === undefined) throw refused('aflowProcessInstCanNotBeExecuted', '审批状态异常，无法执行');
  if (instance.status !== 'RUNNING') throw notRunning();
  const task = waitingTask(instance, taskId, actioner);
  world.books.approvals.decide(instance, task, { decision: result, ...remark });
  return done;
}

function comment(world: World, { body }: ApiCall) {
  const id = idOf(body);
  const text = textOf(body.text);
  if (text === '') throw refused('invalidInstanceCommentText', '审批实例评论内容不能为空');
  if (text.length > REMARK_MAX) throw refused('invalidParameter', '添加审批评论参数错误');
  const author = textOf(body.commentUserId);
  if (author === '') throw refused('invalidInstanceCommentUserId', '审批实例评论人userId不能为空');
  person(world, author);
  world.books.approvals.comment(existing(world, id), author, text);
  return done;
}

/** Approvals: started, read, listed, answered, withdrawn, commented. */
export const approvalRoutes: ApiRoute[] = [
  workflow(['POST', 'processInstances'], WRITE, startInstance),
  workflow(['GET', 'processInstances'], READ, get),
  workflow(['POST', 'processes/instanceIds/query'], READ, ids),
  workflow(['POST', 'processInstances/terminate'], WRITE, terminate),
  workflow(['POST', 'processInstances/execute'], WRITE, execute),
  workflow(['POST', 'processInstances/comments'], WRITE, comment),
];
