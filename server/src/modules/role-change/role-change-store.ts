import {
  shanghaiDay,
  type DayString,
  type ReplyAnswer,
  type ReturnReason,
  type RoleChange,
  type RoleChangeState,
  type SalesRole,
} from '@shigang/shared';
import { sqlInstant } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';

/** An offered role change as it is stored, with what it was offered with. */
export interface StoredChange extends RoleChange {
  readonly decisionId: string;
  readonly cycleId: string;
  readonly userId: string;
  readonly fromRole: SalesRole;
  readonly toRole: SalesRole;
  readonly consentHash: string;
  readonly isForAdmin: boolean;
}

interface RawChange {
  decision_id: string;
  cycle_id: string;
  user_id: string;
  from_role: SalesRole;
  to_role: SalesRole;
  not_before: DayString | null;
  consent_hash: string;
  reply_due_on: DayString;
  state: RoleChangeState;
  returned_why: ReturnReason | null;
  is_for_admin: number;
  ground_at: Date | null;
  manager_agreed_at: Date | null;
  effective_on: DayString | null;
}

/** The change of a decision, held until the end of the transaction; null: the decision offers no other role. */
export async function lockChange(tx: Tx, decisionId: string): Promise<StoredChange | null> {
  const [row] = await tx.select<RawChange>(
    `SELECT decision_id, cycle_id, user_id, from_role, to_role, not_before, consent_hash, reply_due_on, state,
       returned_why, is_for_admin, ground_at, manager_agreed_at, effective_on
     FROM role_changes WHERE decision_id = ? FOR UPDATE`,
    [decisionId],
  );
  if (!row) return null;
  const [reply] = await tx.select<{ answer: ReplyAnswer; replied_at: Date }>(
    'SELECT answer, replied_at FROM replies WHERE decision_id = ?',
    [decisionId],
  );
  return {
    decisionId: row.decision_id,
    cycleId: row.cycle_id,
    userId: row.user_id,
    fromRole: row.from_role,
    toRole: row.to_role,
    consentHash: row.consent_hash,
    isForAdmin: row.is_for_admin === 1,
    state: row.state,
    returnedWhy: row.returned_why,
    notBefore: row.not_before,
    replyDueOn: row.reply_due_on,
    answer: reply?.answer ?? null,
    answeredOn: reply ? shanghaiDay(reply.replied_at.getTime()) : null,
    groundOn: dayOf(row.ground_at),
    managerAgreedOn: dayOf(row.manager_agreed_at),
    effectiveOn: row.effective_on,
  };
}

const dayOf = (instant: Date | null): DayString | null =>
  instant === null ? null : shanghaiDay(instant.getTime());

/** Ids of changes, oldest decision first. @param where part of WHERE on `role_changes` */
export async function changeIds(sql: Sql, where: string, params: readonly string[]): Promise<string[]> {
  const rows = await sql.select<{ decision_id: string }>(
    `SELECT decision_id FROM role_changes WHERE ${where} ORDER BY cycle_id, user_id, decision_id`,
    params,
  );
  return rows.map((row) => row.decision_id);
}

/** Whether what a decision offered has come back or ended, so that the same offer is a new one. */
export async function isOver(sql: Sql, decisionId: string): Promise<boolean> {
  const rows = await sql.select(
    `SELECT 1 FROM role_changes WHERE decision_id = ? AND state IN ('returned', 'kept', 'cancelled')`,
    [decisionId],
  );
  return rows.length > 0;
}

/** State alone; null: the decision offers no other role. */
export async function roleChangeState(sql: Sql, decisionId: string): Promise<RoleChangeState | null> {
  const [row] = await sql.select<{ state: RoleChangeState }>(
    'SELECT state FROM role_changes WHERE decision_id = ?',
    [decisionId],
  );
  return row?.state ?? null;
}

/** What a step wrote besides the state itself. */
export interface ChangeNote {
  /** Business time, ms. */
  readonly at: number;
  readonly by: string;
  readonly remark?: string | null;
}

const SETTLED: readonly RoleChangeState[] = ['effective', 'kept', 'replaced', 'cancelled'];

/** Writes what a step changed. */
export async function saveStep(
  tx: Tx,
  { before, after, note }: { before: StoredChange; after: StoredChange; note: ChangeNote },
): Promise<void> {
  const at = sqlInstant(note.at);
  const isReturned = after.state === 'returned' && after.returnedWhy !== before.returnedWhy;
  const isSettled = SETTLED.includes(after.state) && !SETTLED.includes(before.state);
  const hasManager = after.managerAgreedOn !== null && before.managerAgreedOn === null;
  await tx.execute(
    `UPDATE role_changes SET state = ?, returned_why = ?, effective_on = ?, is_for_admin = ?,
       returned_at = IF(?, ?, returned_at), returned_remark = IF(?, ?, returned_remark),
       manager_agreed_at = IF(?, ?, manager_agreed_at), settled_at = IF(?, ?, settled_at), settled_by = IF(?, ?, settled_by)
     WHERE decision_id = ?`,
    [
      after.state,
      after.returnedWhy,
      after.effectiveOn,
      after.isForAdmin,
      ...[isReturned, at, isReturned, note.remark ?? null],
      ...[hasManager, at, isSettled, at, isSettled, note.by],
      after.decisionId,
    ],
  );
}
