import { randomUUID } from 'node:crypto';
import type { SimulatorClock } from '../clock/clock.ts';
import { isoOf } from '../clock/shanghai.ts';
import type { ApprovalEvents } from './approval-events.ts';
import type { ApprovalForm } from './form-book.ts';
import type {
  ApprovalInstance,
  ApprovalTask,
  ApproverNode,
  CcPosition,
  Decision,
  FormValue,
  OperationRecord,
} from './instance.ts';

const FIRST_TASK_ID = 67_583_405_630;
/** An instance cannot be revoked by the API in its first seconds. */
const REVOCABLE_AFTER_MS = 15_000;

export interface ApprovalRequest {
  form: ApprovalForm;
  title: string;
  starter: string;
  departmentId: number;
  nodes: ApproverNode[];
  ccList: string[];
  ccPosition: CcPosition;
  values: FormValue[];
}

/** The approvals of the make-believe DingTalk and what becomes of them. */
export class ApprovalBook {
  readonly #clock: SimulatorClock;
  readonly #events: ApprovalEvents;
  readonly #instances = new Map<string, ApprovalInstance>();
  #lastTaskId = FIRST_TASK_ID;

  constructor(clock: SimulatorClock, events: ApprovalEvents) {
    this.#clock = clock;
    this.#events = events;
  }

  find(id: string): ApprovalInstance | undefined {
    return this.#instances.get(id);
  }

  /** In the order in which they were started. */
  all(): ApprovalInstance[] {
    return [...this.#instances.values()];
  }

  start(request: ApprovalRequest): ApprovalInstance {
    const createdAt = this.#clock.now();
    const instance: ApprovalInstance = {
      ...request,
      id: randomUUID(),
      businessId: businessIdOf(createdAt, this.#instances.size + 1),
      status: 'RUNNING',
      tasks: request.nodes.flatMap((node, i) => this.#tasksOf(node, i)),
      records: [],
      createdAt,
      createdReal: this.#clock.real(),
    };
    this.#instances.set(instance.id, instance);
    this.#record(instance, { userId: instance.starter, type: 'START_PROCESS_INSTANCE', result: 'NONE' });
    if (instance.ccPosition !== 'FINISH') this.#copy(instance);
    this.#events.instance(instance, 'start');
    this.#startNode(instance, 0);
    return instance;
  }

  #tasksOf(node: ApproverNode, index: number): ApprovalTask[] {
    const activityId = randomUUID().slice(0, 13).replace('-', '_');
    return node.userIds.map((userId) => ({
      taskId: (this.#lastTaskId += 1),
      node: index,
      activityId,
      userId,
      status: 'NEW',
    }));
  }

  #startNode(instance: ApprovalInstance, index: number): void {
    for (const task of instance.tasks.filter(({ node }) => node === index)) {
      task.status = 'RUNNING';
      task.startedAt = this.#clock.now();
      this.#events.task(instance, task, { type: 'start' });
    }
  }

  /** The person of a running task answers it: one refusal ends the instance. */
  decide(
    instance: ApprovalInstance,
    task: ApprovalTask,
    answer: { decision: Decision; remark?: string },
  ): void {
    const { decision, remark } = answer;
    task.status = 'COMPLETED';
    task.decision = decision;
    task.finishedAt = this.#clock.now();
    this.#record(instance, {
      userId: task.userId,
      type: 'EXECUTE_TASK_NORMAL',
      result: decision === 'agree' ? 'AGREE' : 'REFUSE',
      activityId: task.activityId,
      ...(remark ? { remark } : {}),
    });
    this.#events.task(instance, task, { type: 'finish', remark: remark || undefined });
    if (decision === 'refuse') this.#finish(instance, 'refuse');
    else this.#goOn(instance, task.node);
  }

  #goOn(instance: ApprovalInstance, index: number): void {
    const isOr = instance.nodes[index]?.actionType === 'OR';
    const open = instance.tasks.filter(({ node, status }) => node === index && status === 'RUNNING');
    if (isOr) {
      this.#cancel(open);
      for (const task of open) this.#events.task(instance, task, { type: 'cancel' });
    } else if (open.length > 0) return;
    if (index + 1 < instance.nodes.length) this.#startNode(instance, index + 1);
    else this.#finish(instance, 'agree');
  }

  /** Without an event: only those of an OR step are told of, and nothing of tasks that end with their instance. */
  #cancel(tasks: ApprovalTask[]): void {
    for (const task of tasks) {
      task.status = 'CANCELED';
      task.finishedAt = this.#clock.now();
    }
  }

  #finish(instance: ApprovalInstance, result: Decision): void {
    instance.status = 'COMPLETED';
    instance.result = result;
    instance.finishedAt = this.#clock.now();
    this.#cancel(running(instance));
    const last = instance.records.at(-1)?.userId ?? instance.starter;
    this.#record(instance, { userId: last, type: 'FINISH_PROCESS_INSTANCE', result: 'NONE' });
    if (instance.ccPosition !== 'START') this.#copy(instance);
    this.#events.instance(instance, 'finish');
  }

  /** Withdrawn by its starter, or by the system. */
  terminate(instance: ApprovalInstance, { userId, remark }: { userId: string; remark?: string }): void {
    instance.status = 'TERMINATED';
    instance.finishedAt = this.#clock.now();
    this.#cancel(running(instance));
    this.#record(instance, {
      userId,
      type: 'TERMINATE_PROCESS_INSTANCE',
      result: 'NONE',
      ...(remark ? { remark } : {}),
    });
    this.#events.instance(instance, 'terminate');
  }

  comment(instance: ApprovalInstance, userId: string, remark: string): void {
    this.#record(instance, { userId, type: 'ADD_REMARK', result: 'NONE', remark });
  }

  /** Old enough to be revoked by the API, by real time or by business time. */
  isRevocable(instance: ApprovalInstance): boolean {
    const age = Math.max(this.#clock.real() - instance.createdReal, this.#clock.now() - instance.createdAt);
    return age >= REVOCABLE_AFTER_MS;
  }

  #copy(instance: ApprovalInstance): void {
    if (instance.ccList.length === 0) return;
    this.#record(instance, {
      userId: instance.starter,
      type: 'PROCESS_CC',
      result: 'NONE',
      ccUserIds: instance.ccList,
    });
  }

  #record(instance: ApprovalInstance, record: Omit<OperationRecord, 'at'>): void {
    instance.records.push({ ...record, at: this.#clock.now() });
  }
}

/** @returns the tasks that wait for an answer */
export const running = (instance: ApprovalInstance): ApprovalTask[] =>
  instance.tasks.filter(({ status }) => status === 'RUNNING');

/** The number by which people speak of an approval: its minute and a running number. */
const businessIdOf = (at: number, number: number): string =>
  `${isoOf(at).slice(0, 16).replace(/\D/g, '')}${String(number).padStart(9, '0')}`;
