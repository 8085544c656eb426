import { approvalRemarks } from '@shigang/shared';
import { DingTalkError, isRefusal } from '../../dingtalk/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { MAX_ATTEMPTS, type OutboxRow } from '../../platform/outbox/outbox.ts';
import type { OutboxSender, SendOutcome, Suffered } from '../../platform/outbox/relay.ts';
import { forgetForm, processCodeOf } from './approval-form.ts';
import { approvalStart, type StartPayload, type StartResult } from './approval-posts.ts';
import {
  changeApproval,
  isBeforeStart,
  keepSuffered,
  lockApproval,
  readApproval,
  type StoredApproval,
} from './approval-store.ts';
import { tryLater } from './call-failed.ts';
import type { ApprovalDeps } from './deps.ts';
import { approverOf, starterOf } from '../org/index.ts';
import { findInstance } from './find-instance.ts';
import { formValuesOf } from './form-values.ts';
import { markRunning } from './mark-running.ts';
import { settleAs } from './settle-approval.ts';

/** A call without an answer may still be at work this long; only then what the list lacks was not started. */
export const STILL_AT_WORK_MS = 15_000;
/** A worker that stood still after its mark leaves the call to whoever took the row over. */
const FRESH_MARK_MS = 5_000;

/** Everything that a start needs, fixed in the transaction that marks the attempt. */
interface Start {
  readonly approvalId: string;
  readonly processCode: string;
  readonly starterUserId: string;
  readonly approverUserId: string;
  readonly values: readonly { readonly name: string; readonly value: string }[];
  /** Real ms of the mark. */
  readonly markedAt: number;
}

type StartRow = OutboxRow<StartPayload>;
type StartOutcome = SendOutcome<StartResult>;

/**
 * Starts approvals: at most one instance per decision, whatever happens to the worker or the answer. Metered: one call;
 * after a lost answer those of {@link findInstance} besides.
 */
export class ApprovalStarter implements OutboxSender<StartPayload, StartResult> {
  readonly post = approvalStart;
  readonly #deps: ApprovalDeps;

  constructor(deps: ApprovalDeps) {
    this.#deps = deps;
  }

  keep(tx: Tx, { payload: { approvalId } }: StartRow, suffered: Suffered): Promise<void> {
    return keepSuffered(tx, this.#deps.clock, { approvalId, step: 'start' }, suffered);
  }

  async send(row: StartRow): Promise<StartOutcome> {
    const { payload } = row;
    try {
      const approval = await readApproval(this.#deps.db, 'approval_id', payload.approvalId);
      if (!approval || !isBeforeStart(approval)) return done(approval);
      const earlier = await this.#resolveEarlier(approval);
      if (earlier !== null) return earlier;
      const start = await this.#prepare(row, await processCodeOf(this.#deps));
      return 'kind' in start ? start : await this.#start(start);
    } catch (error) {
      if (!(error instanceof DingTalkError)) throw error;
      return this.#failed(row, payload.approvalId, error);
    }
  }

  /** What became of an attempt that may have gone out; null: nothing for certain, it can be made now. */
  async #resolveEarlier(approval: StoredApproval): Promise<StartOutcome | null> {
    if (approval.firstTriedAt === null) return null;
    const { clock, db, dingtalk } = this.#deps;
    const ageMs = clock.now() - approval.firstTriedAt.getTime();
    if (ageMs < STILL_AT_WORK_MS) {
      return {
        kind: 'retry',
        error: 'outcome unknown',
        retryAt: clock.real() + Math.min(STILL_AT_WORK_MS - ageMs, STILL_AT_WORK_MS),
      };
    }
    const found = await findInstance(this.#deps, dingtalk.for('approval_result'), approval);
    if (found) return { kind: 'sent', result: { instanceId: found.instanceId, isFound: true } };
    await db.transaction((tx) => changeApproval(tx, approval.approvalId, { first_tried_at: null }));
    return null;
  }

  /** Looks once more whether it is wanted, finds the people, and marks the attempt: committed before the call. */
  #prepare(row: StartRow, processCode: string): Promise<Start | StartOutcome> {
    const { approvalId } = row.payload;
    const { db, settings, outbox, clock } = this.#deps;
    return db.transaction(async (tx) => {
      const approval = await lockApproval(tx, 'approval_id', approvalId);
      if (!approval || !isBeforeStart(approval)) return done(approval);
      const change = await this.#deps.roleChangeState(tx, approval.decisionId);
      const isGateShut = approval.isGated === 1 && approval.gateOpenedAt === null;
      if (change === 'returned' || (change === 'open' && isGateShut)) {
        await changeApproval(tx, approvalId, { state: 'waiting' });
        await outbox.park(tx, row.id);
        return { kind: 'parked' };
      }
      if (change !== 'open') return this.#cancel(tx, approval);
      const starterUserId = await starterOf(tx, settings, approval.decidedBy);
      const question = { userId: approval.userId, starterUserId };
      const approverUserId = starterUserId === null ? null : await approverOf(tx, settings, question);
      if (starterUserId === null || approverUserId === null) {
        const remark = starterUserId === null ? approvalRemarks.noStarter : approvalRemarks.noApprover;
        return this.#impossible(tx, approval, remark);
      }
      await changeApproval(tx, approvalId, {
        state: 'starting',
        starter_user_id: starterUserId,
        approver_user_id: approverUserId,
        process_code: processCode,
        first_tried_at: sqlInstant(clock.now()),
      });
      const values = await formValuesOf(tx, approval, row.payload);
      return { approvalId, processCode, starterUserId, approverUserId, values, markedAt: clock.real() };
    });
  }

  async #cancel(tx: Tx, approval: StoredApproval): Promise<StartOutcome> {
    const at = this.#deps.clock.now();
    const settlement = { state: 'cancelled', outcome: null, remark: null, by: null, at } as const;
    await settleAs(this.#deps, tx, approval, settlement);
    return { kind: 'sent', result: { state: 'cancelled' } };
  }

  async #impossible(tx: Tx, approval: StoredApproval, remark: string): Promise<StartOutcome> {
    const at = this.#deps.clock.now();
    const settlement = { state: 'impossible', outcome: 'no_approver', remark, by: null, at } as const;
    await settleAs(this.#deps, tx, approval, settlement);
    return { kind: 'sent', result: { state: 'impossible' } };
  }

  async #start(start: Start): Promise<StartOutcome> {
    const { approvalId, processCode, markedAt } = start;
    if (this.#deps.clock.real() - markedAt > FRESH_MARK_MS)
      return { kind: 'retry', error: 'worker was held up' };
    let instanceId: string;
    try {
      instanceId = await this.#deps.dingtalk.for('approval').approvals.start(start);
    } catch (error) {
      if (error instanceof DingTalkError && !error.isOutcomeUnknown)
        await this.#deps.db.transaction((tx) => changeApproval(tx, approvalId, { first_tried_at: null }));
      if (isRefusal(error, 'processCodeError')) await forgetForm(this.#deps, processCode);
      throw error;
    }
    await markRunning(this.#deps, approvalId, instanceId);
    return { kind: 'sent', result: { instanceId } };
  }

  /** A refusal ends it and comes back to HR; so does the last attempt that certainly did not go out. */
  async #failed(row: StartRow, approvalId: string, error: DingTalkError): Promise<StartOutcome> {
    const approval = await readApproval(this.#deps.db, 'approval_id', approvalId);
    const mayBeOut = Boolean(approval?.firstTriedAt);
    const isLast = row.attempts >= MAX_ATTEMPTS;
    // A form that was deleted is made anew by the next try.
    const isFinal = error.kind === 'giveUp' && !isRefusal(error, 'processCodeError');
    if (!mayBeOut && (isLast || isFinal)) {
      await giveUpStart(this.#deps, approvalId, `${approvalRemarks.refusedStart}：${error.message}`);
      return { kind: 'dead', error: error.message };
    }
    // Whether it is out is asked again by the reconciliation.
    if (isLast) return { kind: 'dead', error: error.message };
    if (!error.isOutcomeUnknown || !mayBeOut) return tryLater(error, this.#deps.clock);
    const retryAt = this.#deps.clock.real() + STILL_AT_WORK_MS;
    return { kind: 'retry', error: error.message, retryAt };
  }
}

const done = (approval: StoredApproval | null): StartOutcome => ({
  kind: 'sent',
  result: { state: approval?.state ?? 'gone' },
});

/** It was never started and will not be: back to HR with the reason. */
export async function giveUpStart(deps: ApprovalDeps, approvalId: string, remark: string): Promise<boolean> {
  return deps.db.transaction(async (tx) => {
    const approval = await lockApproval(tx, 'approval_id', approvalId);
    if (!approval || !isBeforeStart(approval)) return false;
    const at = deps.clock.now();
    await settleAs(deps, tx, approval, { state: 'withdrawn', outcome: 'withdrawn', remark, by: null, at });
    return true;
  });
}
