import type { Sql } from '../platform/database.ts';

/** Metered calls of an organisation of the standard edition in one month (docs/dingtalk.md). */
export const STANDARD_MONTHLY_QUOTA = 5_000;

/** Metered calls that left in a month, by our own ledger. @param month in Shanghai, `2026-10` */
export async function meteredCallsIn(sql: Sql, month: string): Promise<number> {
  const [row] = await sql.select<{ n: number }>(
    'SELECT COUNT(*) AS n FROM call_ledger WHERE month = ? AND metered = 1',
    [month],
  );
  return Number(row?.n ?? 0);
}
