import type { ApprovalForm } from './form-book.ts';

/** AND: all must agree; OR: the first one decides; NONE: one person only. */
export type ActionType = 'AND' | 'OR' | 'NONE';

/** One step of the way: the people who are asked, and how many of them must agree. */
export interface ApproverNode {
  actionType: ActionType;
  userIds: string[];
}

export type InstanceStatus = 'RUNNING' | 'TERMINATED' | 'COMPLETED';
export type TaskStatus = 'NEW' | 'RUNNING' | 'CANCELED' | 'COMPLETED';
export type Decision = 'agree' | 'refuse';

/** What one person is asked for. */
export interface ApprovalTask {
  taskId: number;
  /** Index of its node. */
  node: number;
  activityId: string;
  userId: string;
  status: TaskStatus;
  decision?: Decision;
  startedAt?: number;
  finishedAt?: number;
}

/** What somebody did, as the instance's record tells it. */
export interface OperationRecord {
  userId: string;
  at: number;
  type:
    | 'START_PROCESS_INSTANCE'
    | 'EXECUTE_TASK_NORMAL'
    | 'TERMINATE_PROCESS_INSTANCE'
    | 'FINISH_PROCESS_INSTANCE'
    | 'ADD_REMARK'
    | 'PROCESS_CC';
  result: 'AGREE' | 'REFUSE' | 'NONE';
  remark?: string;
  activityId?: string;
  ccUserIds?: string[];
}

/** A filled-in control, with the names of the form as it was at the start. */
export interface FormValue {
  id: string;
  name: string;
  value: string;
  extValue?: string;
  componentType: string;
  bizAlias?: string;
}

export type CcPosition = 'START' | 'FINISH' | 'START_FINISH';

/** One approval. Instants are business time in ms. */
export interface ApprovalInstance {
  id: string;
  businessId: string;
  form: ApprovalForm;
  title: string;
  status: InstanceStatus;
  result?: Decision;
  starter: string;
  /** 1 is the root. */
  departmentId: number;
  nodes: ApproverNode[];
  ccList: string[];
  ccPosition: CcPosition;
  values: FormValue[];
  tasks: ApprovalTask[];
  records: OperationRecord[];
  createdAt: number;
  /** Real time, ms: the seconds in which it cannot be revoked are real, too. */
  createdReal: number;
  finishedAt?: number;
}
