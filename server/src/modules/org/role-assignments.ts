import type { DayString, SalesRole } from '@shigang/shared';
import type { Sql, Tx } from '../../platform/database.ts';

/** A role that a decision gives from a day on. */
export interface DecidedRole {
  readonly userId: string;
  readonly role: SalesRole;
  readonly validFrom: DayString;
  readonly decisionId: string;
}

/** Dates a role by decision; it wins over an imported one of the same day. Safe to repeat. */
export async function assignRole(
  tx: Tx,
  { userId, role, validFrom, decisionId }: DecidedRole,
): Promise<void> {
  await tx.insertMany(
    'role_assignments',
    ['user_id', 'valid_from', 'role', 'source', 'decision_id'],
    [[userId, validFrom, role, 'decision', decisionId]],
    { update: ['role', 'source', 'decision_id'] },
  );
}

/** Takes back what a decision would have given: its day has not come. */
export async function removeAssignment(tx: Tx, decisionId: string): Promise<void> {
  await tx.execute('DELETE FROM role_assignments WHERE decision_id = ?', [decisionId]);
}

/** Sales roles held on a day; people without one are absent. */
export async function rolesOn(
  sql: Sql,
  userIds: readonly string[],
  on: DayString,
): Promise<Map<string, SalesRole>> {
  if (userIds.length === 0) return new Map();
  const rows = await sql.select<{ user_id: string; role: SalesRole }>(
    `SELECT r.user_id, r.role FROM role_assignments r
     JOIN (SELECT user_id, MAX(valid_from) AS valid_from FROM role_assignments
           WHERE user_id IN (?) AND valid_from <= ? GROUP BY user_id) latest
       ON latest.user_id = r.user_id AND latest.valid_from = r.valid_from`,
    [userIds, on],
  );
  return new Map(rows.map((row) => [row.user_id, row.role]));
}
