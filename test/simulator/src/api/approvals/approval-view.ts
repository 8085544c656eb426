import type { ApprovalInstance, ApprovalTask } from '../../approvals/instance.ts';
import { ROOT_DEPARTMENT } from '../../org/directory.ts';
import type { World } from '../../world.ts';
import type { Json } from '../gateway/parameters.ts';
import { workflowTime } from './workflow.ts';

const PAGES = { mobileUrl: 'https://aflow.dingtalk.com/m', pcUrl: 'https://aflow.dingtalk.com/p' };

/** The instance as the API tells it: its result in lower case, those of tasks and records in upper case. */
export function instanceView(world: World, instance: ApprovalInstance): Json {
  const isLocal = world.variation.form(false, true);
  // Whether steps to come are told before they start is in no page.
  const withComing = world.variation.form(false, true);
  const time = (at: number | undefined): string | undefined =>
    at === undefined ? undefined : workflowTime(at, isLocal);
  const { departmentId } = instance;
  return {
    title: instance.title,
    businessId: instance.businessId,
    status: instance.status,
    result: instance.result,
    originatorUserId: instance.starter,
    originatorDeptId: departmentId === ROOT_DEPARTMENT ? '-1' : String(departmentId),
    originatorDeptName: world.directory.department(departmentId)?.name ?? '',
    approverUserIds: [...new Set(instance.nodes.flatMap(({ userIds }) => userIds))],
    ccUserIds: instance.ccList,
    createTime: time(instance.createdAt),
    finishTime: time(instance.finishedAt),
    bizAction: 'NONE',
    attachedProcessInstanceIds: [],
    formComponentValues: instance.values,
    tasks: instance.tasks
      .filter(({ status }) => status !== 'NEW' || (withComing && instance.status === 'RUNNING'))
      .map((task) => taskView(instance, task, time)),
    operationRecords: instance.records.map(({ at, userId, ...record }) => ({
      userId,
      date: time(at),
      ...record,
    })),
  };
}

function taskView(
  instance: ApprovalInstance,
  task: ApprovalTask,
  time: (at: number | undefined) => string | undefined,
): Json {
  return {
    taskId: task.taskId,
    userId: task.userId,
    status: task.status,
    result: task.decision?.toUpperCase(),
    createTime: time(task.startedAt ?? instance.createdAt),
    finishTime: time(task.finishedAt),
    mobileUrl: PAGES.mobileUrl,
    pcUrl: PAGES.pcUrl,
    processInstanceId: instance.id,
    activityId: task.activityId,
  };
}
