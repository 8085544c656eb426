import type { Tier } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import type { MemberRange } from '../cycle/index.ts';

/** The suggestion that each decision in force was made upon, by userid; a computation asks for it. */
export async function decidedSuggestions(
  sql: Sql,
  cycleId: string,
  range: MemberRange,
): Promise<Map<string, Tier>> {
  const rows = await sql.select<{ user_id: string; suggested_tier: Tier }>(
    `SELECT user_id, suggested_tier FROM decisions
     WHERE cycle_id = ? AND user_id BETWEEN ? AND ? AND current_key IS NOT NULL`,
    [cycleId, range.fromUserId, range.toUserId],
  );
  return new Map(rows.map((row) => [row.user_id, row.suggested_tier]));
}

/** Whether no newer decision has taken the place of this one; who sends its notice asks. */
export async function isInForce(sql: Sql, decisionId: string): Promise<boolean> {
  const rows = await sql.select('SELECT 1 FROM decisions WHERE decision_id = ? AND current_key IS NOT NULL', [
    decisionId,
  ]);
  return rows.length > 0;
}
