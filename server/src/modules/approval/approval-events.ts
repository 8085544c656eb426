import { DingTalkError } from '../../dingtalk/index.ts';
import type { InboxEvent } from '../../platform/inbox/inbox.ts';
import type { ArrivedEvent, InboxHandler, InboxOutcome } from '../../platform/inbox/reader.ts';
import { readApproval } from './approval-store.ts';
import { isOurForm } from './approval-form.ts';
import type { ApprovalDeps } from './deps.ts';
import { readInstance } from './find-instance.ts';
import { settleByInstance } from './settle-approval.ts';

const KIND = 'bpms_instance_change';
/** An event may overtake the transaction that writes the start of its instance down; after so many tries it never comes. */
const MAX_UNKNOWN_TRIES = 5;
const UNKNOWN_PAUSE_MS = 5_000;
const PAUSE_MS = 60_000;

/**
 * Events of approvals. What they say is not believed: the instance is read back, by one metered call for each end of one
 * that runs here; starts, ends that are known and instances of other forms cost nothing.
 */
export class ApprovalEvents implements InboxHandler {
  readonly #deps: ApprovalDeps;

  constructor(deps: ApprovalDeps) {
    this.#deps = deps;
  }

  accepts(kind: string): boolean {
    return kind === KIND;
  }

  subjectOf(event: ArrivedEvent): string {
    return textOf(event.data['processInstanceId']);
  }

  /** The title names people: it is not kept. */
  keep({ data }: ArrivedEvent): object {
    return { type: textOf(data['type']), processCode: textOf(data['processCode']) };
  }

  async apply({ subject: instanceId, payload, bornAt, attempts }: InboxEvent): Promise<InboxOutcome> {
    const { db, dingtalk } = this.#deps;
    if (instanceId === '' || payload['type'] === 'start') return 'applied';
    const approval = await readApproval(db, 'instance_id', instanceId);
    if (!approval) {
      const isOurs = await isOurForm(this.#deps, textOf(payload['processCode']));
      if (!isOurs || attempts >= MAX_UNKNOWN_TRIES) return 'applied';
      return { retryAfterMs: UNKNOWN_PAUSE_MS, error: 'instance is not known yet' };
    }
    if (approval.state !== 'running') return 'applied';
    try {
      const instance = await readInstance(dingtalk.for('approval_result'), instanceId);
      await settleByInstance(this.#deps, instanceId, instance, bornAt);
      return 'applied';
    } catch (error) {
      if (!(error instanceof DingTalkError)) throw error;
      return { retryAfterMs: error.retryAfterMs ?? PAUSE_MS, error: error.message };
    }
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
