import type { Sql } from '../../platform/database.ts';

export interface MonthlyQuota {
  /** Metered calls that an organisation has in a month. */
  readonly limit: number;
  /** Of these, those that left, by our own ledger. */
  readonly used: number;
}

/** Standard edition (docs/dingtalk.md); DingTalk has no call that tells. */
const STANDARD_QUOTA = 5_000;

/** @param month in Shanghai, `2026-10` */
export async function monthlyQuota(sql: Sql, month: string): Promise<MonthlyQuota> {
  const [row] = await sql.select<{ n: number }>(
    'SELECT COUNT(*) AS n FROM call_ledger WHERE month = ? AND metered = 1',
    [month],
  );
  return { limit: STANDARD_QUOTA, used: Number(row?.n ?? 0) };
}
