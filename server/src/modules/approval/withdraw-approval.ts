import { DingTalkError } from '../../dingtalk/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { OutboxRow } from '../../platform/outbox/outbox.ts';
import type { OutboxSender, SendOutcome, Suffered } from '../../platform/outbox/relay.ts';
import { approvalStart, approvalWithdrawal, type WithdrawPayload } from './approval-posts.ts';
import {
  changeApproval,
  isBeforeStart,
  isSettled,
  keepSuffered,
  lockApproval,
  readApproval,
  type StoredApproval,
} from './approval-store.ts';
import { tryLater } from './call-failed.ts';
import type { ApprovalDeps } from './deps.ts';
import { isInService } from '../org/index.ts';
import { readInstance } from './find-instance.ts';
import { settleAs, settleByInstance } from './settle-approval.ts';

/** DingTalk takes nothing back in the first 15 s of an approval; a second for its clock. */
const TOO_YOUNG_MS = 16_000;
/** DingTalk takes no longer remark. */
const MAX_REMARK = 1_000;

type Row = OutboxRow<WithdrawPayload>;
type Outcome = SendOutcome<{ readonly state: StoredApproval['state'] | 'gone' }>;

/**
 * Takes an approval back that is not wanted any more: one that was never tried is cancelled here and now, for one that is
 * or may be at DingTalk a withdrawal is written down. Nothing for one that has ended. Safe to repeat.
 */
export async function withdrawApproval(
  deps: ApprovalDeps,
  tx: Tx,
  { decisionId, remark }: { readonly decisionId: string; readonly remark: string },
): Promise<void> {
  const approval = await lockApproval(tx, 'decision_id', decisionId);
  if (!approval || isSettled(approval)) return;
  if (isBeforeStart(approval) && approval.firstTriedAt === null) {
    await deps.outbox.cancel(tx, approvalStart, decisionId);
    const at = deps.clock.now();
    return settleAs(deps, tx, approval, { state: 'cancelled', outcome: null, remark, by: null, at });
  }
  // Asked before: its post may be long gone.
  if (approval.withdrawAskedAt !== null) return;
  const { approvalId, cycleId } = approval;
  await changeApproval(tx, approvalId, { withdraw_asked_at: sqlInstant(deps.clock.real()) });
  await deps.outbox.add(tx, approvalWithdrawal, {
    payload: { approvalId, decisionId, remark: remark.slice(0, MAX_REMARK) },
    cycleId,
    dueAt: approval.startedReal === null ? 'waits' : oldEnoughAt(approval.startedReal),
  });
}

const oldEnoughAt = (startedReal: Date): number => startedReal.getTime() + TOO_YOUNG_MS;

/**
 * Sends withdrawals. Metered: one call, and one read where DingTalk refuses or does not answer: what the instance then
 * says is what is written down, an agreement in between included.
 */
export class ApprovalWithdrawer implements OutboxSender<
  WithdrawPayload,
  { readonly state: StoredApproval['state'] | 'gone' }
> {
  readonly post = approvalWithdrawal;
  readonly #deps: ApprovalDeps;

  constructor(deps: ApprovalDeps) {
    this.#deps = deps;
  }

  keep(tx: Tx, { payload: { approvalId } }: Row, suffered: Suffered): Promise<void> {
    return keepSuffered(tx, this.#deps.clock, { approvalId, step: 'withdraw' }, suffered);
  }

  async send({ payload: { approvalId, remark } }: Row): Promise<Outcome> {
    const approval = await readApproval(this.#deps.db, 'approval_id', approvalId);
    if (!approval || isSettled(approval))
      return { kind: 'sent', result: { state: approval?.state ?? 'gone' } };
    const { instanceId, startedReal } = approval;
    // The end of the start lets this row go, not before.
    if (instanceId === null || startedReal === null) return { kind: 'retry', error: 'not started yet' };
    if (this.#deps.clock.real() < oldEnoughAt(startedReal))
      return { kind: 'retry', error: 'too young', retryAt: oldEnoughAt(startedReal) };
    try {
      return await this.#terminate(approval, { instanceId, remark });
    } catch (error) {
      if (error instanceof DingTalkError) return tryLater(error, this.#deps.clock);
      throw error;
    }
  }

  async #terminate(
    approval: StoredApproval,
    { instanceId, remark }: { readonly instanceId: string; readonly remark: string },
  ): Promise<Outcome> {
    const { db, dingtalk, clock } = this.#deps;
    const run = dingtalk.for('approval');
    const starter = approval.starterUserId ?? '';
    const operatorUserId = (await isInService(db, starter)) ? starter : null;
    try {
      await run.approvals.terminate({ instanceId, operatorUserId, remark });
    } catch (error) {
      const isAnswer = error instanceof DingTalkError && (error.kind === 'giveUp' || error.isOutcomeUnknown);
      if (!isAnswer) throw error;
      const instance = await readInstance(run, instanceId);
      if (instance?.state === 'running')
        return { kind: 'retry', error: error.message, retryAt: clock.real() + TOO_YOUNG_MS };
      await settleByInstance(this.#deps, instanceId, instance);
      return { kind: 'sent', result: { state: instance?.state ?? 'gone' } };
    }
    await db.transaction(async (tx) => {
      const held = await lockApproval(tx, 'instance_id', instanceId);
      if (!held || isSettled(held)) return;
      const by = operatorUserId;
      const settlement = { state: 'withdrawn', outcome: null, remark, by, at: clock.now() } as const;
      await settleAs(this.#deps, tx, held, settlement);
    });
    return { kind: 'sent', result: { state: 'withdrawn' } };
  }
}
