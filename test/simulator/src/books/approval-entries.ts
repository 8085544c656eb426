import { running } from '../approvals/approval-book.ts';
import type { ApprovalInstance, ApproverNode, TaskStatus } from '../approvals/instance.ts';
import { isoOf } from '../clock/shanghai.ts';

/** An approval as the books show it. */
export interface ApprovalEntry {
  id: string;
  /** Business time, Shanghai. */
  at: string;
  /** Everybody who is or will be asked. */
  recipients: string[];
  content: {
    processCode: string;
    title: string;
    businessId: string;
    nodes: ApproverNode[];
    ccList: string[];
  };
  state: 'running' | 'agreed' | 'refused' | 'terminated';
  delivery: 'delivered';
  starter: string;
  approvers: string[];
  /** By the control's label. */
  formValues: Record<string, string>;
  /** Whose answer it waits for now. */
  waitingFor: string[];
  tasks: { taskId: number; userId: string; status: TaskStatus; decision: string | null }[];
  /** What people wrote, oldest first. */
  remarks: { userId: string; remark: string }[];
  finishedAt: string | null;
}

export function approvalEntry(instance: ApprovalInstance): ApprovalEntry {
  const approvers = [...new Set(instance.nodes.flatMap(({ userIds }) => userIds))];
  return {
    id: instance.id,
    at: isoOf(instance.createdAt),
    recipients: approvers,
    content: {
      processCode: instance.form.processCode,
      title: instance.title,
      businessId: instance.businessId,
      nodes: instance.nodes,
      ccList: instance.ccList,
    },
    state: stateOf(instance),
    delivery: 'delivered',
    starter: instance.starter,
    approvers,
    formValues: Object.fromEntries(instance.values.map(({ name, value }) => [name, value])),
    waitingFor: running(instance).map(({ userId }) => userId),
    tasks: instance.tasks.map(({ taskId, userId, status, decision }) => ({
      taskId,
      userId,
      status,
      decision: decision ?? null,
    })),
    remarks: instance.records
      .filter(({ remark }) => remark !== undefined)
      .map(({ userId, remark = '' }) => ({ userId, remark })),
    finishedAt: instance.finishedAt === undefined ? null : isoOf(instance.finishedAt),
  };
}

function stateOf({ status, result }: ApprovalInstance): ApprovalEntry['state'] {
  if (status === 'RUNNING') return 'running';
  if (status === 'TERMINATED') return 'terminated';
  return result === 'agree' ? 'agreed' : 'refused';
}
