import type { ApprovalState } from '@shigang/shared';
import { sqlInstant, type Clock } from '../../platform/clock.ts';
import type { Sql, SqlScalar, Tx } from '../../platform/database.ts';
import type { Suffered } from '../../platform/outbox/relay.ts';

/** An approval as it is stored; instants are business time but for `startedReal`. */
export interface StoredApproval {
  readonly approvalId: string;
  readonly decisionId: string;
  readonly cycleId: string;
  readonly userId: string;
  readonly decidedBy: string;
  readonly starterUserId: string | null;
  readonly approverUserId: string | null;
  readonly isGated: number;
  readonly gateOpenedAt: Date | null;
  readonly state: ApprovalState;
  readonly processCode: string | null;
  readonly instanceId: string | null;
  /** First attempt that may have gone out; null while certainly none has. */
  readonly firstTriedAt: Date | null;
  readonly startedAt: Date | null;
  readonly startedReal: Date | null;
  /** Real time: it is not wanted any more, and DingTalk is or will be asked to take it back. */
  readonly withdrawAskedAt: Date | null;
}

export type ApprovalKey = 'approval_id' | 'decision_id' | 'instance_id';

const COLUMNS = `approval_id AS approvalId, decision_id AS decisionId, cycle_id AS cycleId, user_id AS userId,
  decided_by AS decidedBy, starter_user_id AS starterUserId, approver_user_id AS approverUserId, is_gated AS isGated,
  gate_opened_at AS gateOpenedAt, state, process_code AS processCode, instance_id AS instanceId,
  first_tried_at AS firstTriedAt, started_at AS startedAt, started_real AS startedReal,
  withdraw_asked_at AS withdrawAskedAt`;

/** @param where part of WHERE on `approvals` */
export const approvalsWhere = (
  sql: Sql,
  where: string,
  params: readonly SqlScalar[] = [],
): Promise<StoredApproval[]> =>
  sql.select<StoredApproval>(`SELECT ${COLUMNS} FROM approvals WHERE ${where} ORDER BY approval_id`, params);

export async function readApproval(
  sql: Sql,
  key: ApprovalKey,
  value: string,
): Promise<StoredApproval | null> {
  return (await approvalsWhere(sql, `${key} = ?`, [value]))[0] ?? null;
}

/** Held until the end of the transaction: of two that learn the same at once, one writes it. */
export async function lockApproval(tx: Tx, key: ApprovalKey, value: string): Promise<StoredApproval | null> {
  const [row] = await tx.select<StoredApproval>(
    `SELECT ${COLUMNS} FROM approvals WHERE ${key} = ? FOR UPDATE`,
    [value],
  );
  return row ?? null;
}

export type ApprovalColumn =
  | 'state'
  | 'starter_user_id'
  | 'approver_user_id'
  | 'gate_opened_at'
  | 'process_code'
  | 'instance_id'
  | 'first_tried_at'
  | 'started_at'
  | 'started_real'
  | 'start_tries'
  | 'start_error'
  | 'start_given_up_at'
  | 'withdraw_asked_at'
  | 'withdraw_tries'
  | 'withdraw_error'
  | 'withdraw_given_up_at'
  | 'settled_at'
  | 'settled_by'
  | 'remark';

export async function changeApproval(
  tx: Tx,
  approvalId: string,
  change: Readonly<Partial<Record<ApprovalColumn, SqlScalar>>>,
): Promise<void> {
  const columns = Object.keys(change) as ApprovalColumn[];
  await tx.execute(
    `UPDATE approvals SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE approval_id = ?`,
    [...columns.map((column) => change[column] ?? null), approvalId],
  );
}

/** Keeps with an approval what its start, or its withdrawal, suffered. */
export const keepSuffered = (
  tx: Tx,
  clock: Clock,
  of: { readonly approvalId: string; readonly step: 'start' | 'withdraw' },
  { tries, error, isGivenUp }: Suffered,
): Promise<void> =>
  changeApproval(tx, of.approvalId, {
    [`${of.step}_tries`]: tries,
    [`${of.step}_error`]: error,
    [`${of.step}_given_up_at`]: isGivenUp ? sqlInstant(clock.real()) : null,
  });

const BEFORE_START: readonly ApprovalState[] = ['waiting', 'starting'];

/** Neither at DingTalk for certain nor given up. */
export const isBeforeStart = (approval: StoredApproval): boolean => BEFORE_START.includes(approval.state);

/** Nothing comes after it. */
export const isSettled = (approval: StoredApproval): boolean =>
  approval.state !== 'running' && !isBeforeStart(approval);
