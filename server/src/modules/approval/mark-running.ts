import { systemViewer } from '../../access/index.ts';
import type { ApprovalInstance } from '../../dingtalk/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import { changeApproval, isBeforeStart, lockApproval, type StoredApproval } from './approval-store.ts';
import type { ApprovalDeps } from './deps.ts';
import { approvalWithdrawal } from './approval-posts.ts';
import { settleByInstance } from './settle-approval.ts';

/** The approval runs at DingTalk; a withdrawal that waited for this is let go. */
export async function markRunning(deps: ApprovalDeps, approvalId: string, instanceId: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const approval = await lockApproval(tx, 'approval_id', approvalId);
    if (!approval || !isBeforeStart(approval)) return;
    await changeApproval(tx, approvalId, {
      state: 'running',
      instance_id: instanceId,
      started_at: sqlInstant(approval.firstTriedAt?.getTime() ?? deps.clock.now()),
      started_real: sqlInstant(deps.clock.real()),
    });
    await deps.outbox.release(tx, approvalWithdrawal, approval.decisionId);
    await deps.audit.record(tx, systemViewer('approval.start'), {
      action: 'approval.started',
      subjectKind: 'approval',
      subjectId: approvalId,
      before: { state: approval.state },
      after: { state: 'running', decisionId: approval.decisionId, by: approval.starterUserId },
    });
  });
}

/** Takes over an instance that an earlier attempt started, with its end if it has one already. */
export async function adopt(
  deps: ApprovalDeps,
  approval: StoredApproval,
  instance: ApprovalInstance,
): Promise<void> {
  await markRunning(deps, approval.approvalId, instance.instanceId);
  await settleByInstance(deps, instance.instanceId, instance);
}
