import {
  approvalRemarks,
  SHANGHAI_OFFSET_MS,
  type ApprovalOutcome,
  type ApprovalState,
} from '@shigang/shared';
import { systemViewer } from '../../access/index.ts';
import type { ApprovalInstance } from '../../dingtalk/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { approvalSettled, approvalWithdrawal } from './approval-posts.ts';
import { changeApproval, isSettled, lockApproval, type StoredApproval } from './approval-store.ts';
import type { ApprovalDeps } from './deps.ts';

/** Room for DingTalk's clock, which is not ours. */
export const CLOCK_MARGIN_MS = 300_000;

type FinalState = Exclude<ApprovalState, 'waiting' | 'starting' | 'running'>;

/** How it ended. */
export interface Settlement {
  readonly state: FinalState;
  /** What is told; null: nothing, whoever would hear it caused the end. */
  readonly outcome: ApprovalOutcome | null;
  readonly remark: string | null;
  /** Userid; null: nobody in particular. */
  readonly by: string | null;
  /** Business ms. */
  readonly at: number;
}

/**
 * Writes the end of an approval that the caller holds, tells it, and lets a withdrawal that waited for the start look
 * again. All in the caller's transaction.
 */
export async function settleAs(
  deps: ApprovalDeps,
  tx: Tx,
  approval: StoredApproval,
  settlement: Settlement,
): Promise<void> {
  const { approvalId, decisionId, cycleId } = approval;
  const { state, outcome, remark, by, at } = settlement;
  await changeApproval(tx, approvalId, { state, remark, settled_by: by, settled_at: sqlInstant(at) });
  if (outcome !== null)
    await deps.news.tell(tx, approvalSettled, { approvalId, decisionId, cycleId, outcome, remark, by, at });
  await deps.outbox.release(tx, approvalWithdrawal, decisionId);
  await deps.audit.record(tx, systemViewer('approval.settle'), {
    action: `approval.${state}`,
    subjectKind: 'approval',
    subjectId: approvalId,
    before: { state: approval.state },
    after: { state, decisionId, by },
    reason: remark,
  });
}

/**
 * Takes over what DingTalk tells of an instance of ours, once: a second telling finds it settled.
 * @param instance null: it was deleted
 * @param bornAt business ms of the event that told; absent: the instance's own minute counts
 * @returns whether this call settled it
 */
export async function settleByInstance(
  deps: ApprovalDeps,
  instanceId: string,
  instance: ApprovalInstance | null,
  bornAt?: number,
): Promise<boolean> {
  if (instance?.state === 'running') return false;
  return deps.db.transaction(async (tx) => {
    const approval = await lockApproval(tx, 'instance_id', instanceId);
    if (!approval || isSettled(approval)) return false;
    const now = deps.clock.now();
    const from = approval.startedAt?.getTime() ?? 0;
    const endedAt = bornAt ?? endOf(instance, { from, now }) ?? now;
    const at = Math.max(Math.min(endedAt, now), from);
    await settleAs(deps, tx, approval, settlementOf(approval, { instance, at }));
    return true;
  });
}

/** It decides about the month in which a role changes: of the two readings of DingTalk's minute the one that can be. */
function endOf(
  instance: ApprovalInstance | null,
  { from, now }: { readonly from: number; readonly now: number },
): number | null {
  const minute = instance?.finishedAtMs ?? null;
  if (minute === null) return null;
  const readings = [minute, minute - SHANGHAI_OFFSET_MS];
  return readings.find((at) => at >= from - CLOCK_MARGIN_MS && at <= now + CLOCK_MARGIN_MS) ?? null;
}

/** The end of an instance as DingTalk tells it. A withdrawal that we asked for is no news to the review. */
function settlementOf(
  { withdrawAskedAt }: StoredApproval,
  { instance, at }: { readonly instance: ApprovalInstance | null; readonly at: number },
): Settlement {
  const by = instance?.settledBy ?? null;
  if (instance?.state === 'agreed' || instance?.state === 'refused')
    return { state: instance.state, outcome: instance.state, remark: instance.remark, by, at };
  const remark = instance ? instance.remark : approvalRemarks.deleted;
  return withdrawAskedAt !== null
    ? { state: 'withdrawn', outcome: null, remark, by, at }
    : { state: 'terminated', outcome: 'withdrawn', remark, by, at };
}
