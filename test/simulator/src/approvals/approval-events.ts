import type { Variation } from '../api/gateway/variation.ts';
import type { EventSink } from '../events/event.ts';
import type { ApprovalInstance, ApprovalTask } from './instance.ts';

type Fields = Record<string, unknown>;

/** Tells the app what happened to an approval. */
export class ApprovalEvents {
  readonly #sink: EventSink;
  readonly #corpId: string;
  readonly #variation: Variation;

  constructor(sink: EventSink, { corpId, variation }: { corpId: string; variation: Variation }) {
    this.#sink = sink;
    this.#corpId = corpId;
    this.#variation = variation;
  }

  /** Whether plain forms have a category is told by no page: it comes empty, or not at all. */
  #common(instance: ApprovalInstance): Fields {
    return {
      processInstanceId: instance.id,
      processCode: instance.form.processCode,
      bizCategoryId: this.#variation.form<string | undefined>('', undefined),
      businessId: instance.businessId,
      title: instance.title,
    };
  }

  /** A revoked instance has no result. */
  instance(instance: ApprovalInstance, type: 'start' | 'finish' | 'terminate'): void {
    this.#sink.emit('bpms_instance_change', {
      ...this.#common(instance),
      staffId: instance.starter,
      createTime: instance.createdAt,
      url: `https://aflow.dingtalk.com/dingtalk/mobile/homepage.htm?corpid=${this.#corpId}&dd_share=false`,
      type,
      result: type === 'finish' ? instance.result : undefined,
      finishTime: type === 'start' ? undefined : instance.finishedAt,
    });
  }

  /** Here the person is the approver; `cancel` when somebody else's answer made this one needless. */
  task(
    instance: ApprovalInstance,
    task: ApprovalTask,
    more: { type: string; remark?: string | undefined },
  ): void {
    this.#sink.emit('bpms_task_change', {
      ...this.#common(instance),
      taskId: task.taskId,
      staffId: task.userId,
      createTime: task.startedAt,
      type: more.type,
      result: more.type === 'finish' ? task.decision : undefined,
      remark: more.remark,
      finishTime: more.type === 'start' ? undefined : task.finishedAt,
    });
  }
}
