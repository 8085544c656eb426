import type { DayString, SalesRole } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';

/** A sales role lasts from its day until the next one begins. */
export interface RoleFrom {
  readonly role: SalesRole;
  readonly validFrom: DayString;
}

interface RoleRow {
  user_id: string;
  valid_from: DayString;
  role: SalesRole;
}

/** Everybody's role history, oldest entry first. */
export async function roleHistories(db: Sql): Promise<Map<string, RoleFrom[]>> {
  const rows = await db.select<RoleRow>(
    'SELECT user_id, valid_from, role FROM role_assignments ORDER BY user_id, valid_from',
  );
  const histories = new Map<string, RoleFrom[]>();
  for (const row of rows) {
    const entry = { role: row.role, validFrom: row.valid_from };
    const history = histories.get(row.user_id);
    if (history) history.push(entry);
    else histories.set(row.user_id, [entry]);
  }
  return histories;
}

/** The sales role of that day; null before the first. */
export const roleOn = (history: readonly RoleFrom[], day: DayString): SalesRole | null =>
  history.filter((entry) => entry.validFrom <= day).at(-1)?.role ?? null;
