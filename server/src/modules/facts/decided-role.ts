import type { DayString, SalesRole } from '@shigang/shared';
import type { Tx } from '../../platform/database.ts';
import { keepCovered, skipCovered, takeCovered, type AssignmentRow } from './covered-assignment.ts';

/** A role that a decision gives from a day on. */
export interface DecidedRole {
  readonly userId: string;
  readonly role: SalesRole;
  readonly validFrom: DayString;
  readonly decisionId: string;
}

/**
 * Dates a role by decision; it wins over one of the same day, which comes back when the decision is withdrawn. Safe to
 * repeat.
 */
export async function assignRole(tx: Tx, decided: DecidedRole): Promise<void> {
  const { userId, role, validFrom, decisionId } = decided;
  const covered = await lockAssignment(tx, decided);
  if (covered !== null && covered.decision_id !== decisionId) await keepCovered(tx, decisionId, covered);
  await write(tx, {
    ...{ user_id: userId, valid_from: validFrom, role },
    ...{ source: 'decision', decision_id: decisionId, batch_id: null },
  });
}

/** Takes back what a decision would have given (its day has not come), and puts back what was there before it. */
export async function removeAssignment(tx: Tx, decided: Omit<DecidedRole, 'role'>): Promise<void> {
  const { userId, validFrom, decisionId } = decided;
  const key = { user_id: userId, valid_from: validFrom };
  const stored = await lockAssignment(tx, decided);
  const covered = await takeCovered(tx, decisionId, key);
  if (stored?.decision_id !== decisionId) return skipCovered(tx, decisionId, key, covered);
  if (covered !== null) return write(tx, covered);
  await tx.execute('DELETE FROM role_assignments WHERE user_id = ? AND valid_from = ?', [userId, validFrom]);
}

async function lockAssignment(
  tx: Tx,
  { userId, validFrom }: Omit<DecidedRole, 'role'>,
): Promise<AssignmentRow | null> {
  const [row] = await tx.select<AssignmentRow>(
    `SELECT user_id, valid_from, role, source, decision_id, batch_id FROM role_assignments
     WHERE user_id = ? AND valid_from = ? FOR UPDATE`,
    [userId, validFrom],
  );
  return row ?? null;
}

async function write(tx: Tx, row: AssignmentRow): Promise<void> {
  await tx.insertMany(
    'role_assignments',
    ['user_id', 'valid_from', 'role', 'source', 'decision_id', 'batch_id'],
    [[row.user_id, row.valid_from, row.role, row.source, row.decision_id, row.batch_id]],
    { update: ['role', 'source', 'decision_id', 'batch_id'] },
  );
}
