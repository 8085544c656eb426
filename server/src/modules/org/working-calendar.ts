import type { WorkingCalendar } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';

/** Holidays and working weekends: the exceptions to Monday–Friday. */
export async function readWorkingCalendar(sql: Sql): Promise<WorkingCalendar> {
  const rows = await sql.select<{ day: string; is_working: number }>(
    'SELECT day, is_working FROM working_days',
  );
  return new Map(rows.map((row) => [row.day, row.is_working === 1]));
}
