import type { SalesRole } from '@shigang/shared';
import { sqlInstant } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { approvalStart, type StartPayload } from './approval-posts.ts';
import { changeApproval, lockApproval } from './approval-store.ts';
import type { ApprovalDeps } from './deps.ts';

/** A role change that a manager is to agree to, with what the form shows. */
export interface ApprovalRequest {
  readonly decisionId: string;
  readonly cycleId: string;
  readonly userId: string;
  readonly fromRole: SalesRole;
  readonly toRole: SalesRole;
  /** Userid of the deciding HR person, or the name of whatever decided. */
  readonly decidedBy: string;
  /** Waits until {@link openGate}. */
  readonly isGated: boolean;
  /** The words that the person answers to. */
  readonly consentText: string;
  /** Pay plan of the new role. */
  readonly planName: string | null;
  /** HR's written reason, for the approver. */
  readonly reason: string | null;
}

/** Writes down that an approval is to be started, at most one per decision; a gated one waits. Safe to repeat. */
export async function askApproval(deps: ApprovalDeps, tx: Tx, request: ApprovalRequest): Promise<void> {
  const { decisionId, cycleId, userId, decidedBy, isGated } = request;
  const approvalId = newId();
  const isNew = await tx.insertMany(
    'approvals',
    ['approval_id', 'decision_id', 'cycle_id', 'user_id', 'decided_by', 'is_gated', 'state'],
    [[approvalId, decisionId, cycleId, userId, decidedBy, isGated, isGated ? 'waiting' : 'starting']],
    { update: [] },
  );
  // Asked before: its post may be long gone.
  if (isNew === 0) return;
  const { fromRole, toRole, consentText, planName, reason } = request;
  const payload: StartPayload = {
    ...{ approvalId, decisionId },
    ...{ fromRole, toRole, consentText, planName, reason },
  };
  await deps.outbox.add(tx, approvalStart, {
    payload,
    cycleId,
    ...(isGated ? { dueAt: 'waits' as const } : {}),
  });
}

/** Lets an approval start that waits for its evidence, or for HR's ground. Safe to repeat. */
export async function openGate(deps: ApprovalDeps, tx: Tx, decisionId: string): Promise<void> {
  const approval = await lockApproval(tx, 'decision_id', decisionId);
  if (approval?.state !== 'waiting') return;
  const openedAt = approval.gateOpenedAt ?? new Date(deps.clock.now());
  await changeApproval(tx, approval.approvalId, {
    state: 'starting',
    gate_opened_at: sqlInstant(openedAt.getTime()),
  });
  await deps.outbox.release(tx, approvalStart, decisionId);
}
