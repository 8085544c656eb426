import type { Viewer } from '../../access/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { InboxHandler } from '../../platform/inbox/reader.ts';
import type { Event } from '../../platform/events/index.ts';
import type { OutboxSender } from '../../platform/outbox/relay.ts';
import { ApprovalEvents } from './approval-events.ts';
import { approvalSettled } from './approval-posts.ts';
import { askApprovals, openGate, type ApprovalRequest } from './ask-approval.ts';
import type { ApprovalDeps } from './deps.ts';
import { reconcileApprovals, type Reconciled } from './reconcile-approvals.ts';
import { ApprovalStarter } from './start-approval.ts';
import { RosterTransferrer, transferInRoster, type TransferRequest } from './transfer-roster.ts';
import { ApprovalWithdrawer, withdrawApproval } from './withdraw-approval.ts';

export type { ApprovalRequest } from './ask-approval.ts';
export { tryLater } from './call-failed.ts';
export type { ApprovalDeps } from './deps.ts';
export { approvalSettled, type ApprovalSettled } from './approval-posts.ts';

/** The manager's agreement to a role change, from its start to its end at DingTalk, and the transfer in the roster. */
export interface ApprovalModule {
  readonly senders: readonly OutboxSender[];
  readonly tells: readonly Event[];
  readonly inboxHandlers: readonly InboxHandler[];
  /** See {@link askApprovals}. */
  ask(tx: Tx, requests: readonly ApprovalRequest[]): Promise<void>;
  /** See {@link openGate}. */
  openGate(tx: Tx, decisionId: string): Promise<void>;
  /** See {@link withdrawApproval}. */
  withdraw(tx: Tx, decisionId: string, remark: string): Promise<void>;
  /** See {@link transferInRoster}. */
  transfer(tx: Tx, request: TransferRequest): Promise<void>;
  /** See {@link reconcileApprovals}. */
  reconcile(viewer: Viewer): Promise<Reconciled>;
}

export const createApproval = (deps: ApprovalDeps): ApprovalModule => ({
  senders: [new ApprovalStarter(deps), new ApprovalWithdrawer(deps), new RosterTransferrer(deps)],
  tells: [approvalSettled],
  inboxHandlers: [new ApprovalEvents(deps)],
  ask: (tx, requests) => askApprovals(deps, tx, requests),
  openGate: (tx, decisionId) => openGate(deps, tx, decisionId),
  withdraw: (tx, decisionId, remark) => withdrawApproval(deps, tx, { decisionId, remark }),
  transfer: (tx, request) => transferInRoster(deps, tx, request),
  reconcile: (viewer) => reconcileApprovals(deps, viewer),
});
