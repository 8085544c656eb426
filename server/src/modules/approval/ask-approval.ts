import type { SalesRole } from '@shigang/shared';
import { sqlInstant } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { approvalStart, type StartPayload } from './approval-posts.ts';
import { changeApproval, lockApproval } from './approval-store.ts';
import type { ApprovalDeps } from './deps.ts';

/** Approvals written in one statement. */
const CHUNK = 1_000;

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

/**
 * Writes down that approvals are to be started, at most one per decision; a gated one waits. A fixed number of statements
 * per {@link CHUNK}. Safe to repeat.
 */
export async function askApprovals(
  deps: ApprovalDeps,
  tx: Tx,
  requests: readonly ApprovalRequest[],
): Promise<void> {
  for (let from = 0; from < requests.length; from += CHUNK)
    await askChunk(deps, tx, requests.slice(from, from + CHUNK));
}

async function askChunk(deps: ApprovalDeps, tx: Tx, requests: readonly ApprovalRequest[]): Promise<void> {
  const asked = requests.map((request) => ({ ...request, approvalId: newId() }));
  await tx.insertMany(
    'approvals',
    ['approval_id', 'decision_id', 'cycle_id', 'user_id', 'decided_by', 'is_gated', 'state'],
    asked.map(({ approvalId, decisionId, cycleId, userId, decidedBy, isGated }) => [
      ...[approvalId, decisionId, cycleId, userId, decidedBy, isGated],
      isGated ? 'waiting' : 'starting',
    ]),
    { update: [] },
  );
  // Asked before under another id: its post may be long gone.
  const kept = await tx.select<{ id: string }>(
    'SELECT approval_id AS id FROM approvals WHERE approval_id IN (?)',
    [asked.map((one) => one.approvalId)],
  );
  const isNew = new Set(kept.map((row) => row.id));
  await deps.outbox.addMany(
    tx,
    approvalStart,
    asked
      .filter((one) => isNew.has(one.approvalId))
      .map(({ cycleId, isGated, ...one }) => ({
        payload: startPayloadOf(one),
        cycleId,
        ...(isGated ? { dueAt: 'waits' as const } : {}),
      })),
  );
}

const startPayloadOf = (one: StartPayload): StartPayload => {
  const { approvalId, decisionId, fromRole, toRole, consentText, planName, reason } = one;
  return { approvalId, decisionId, fromRole, toRole, consentText, planName, reason };
};

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
