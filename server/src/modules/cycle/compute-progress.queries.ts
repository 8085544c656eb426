import type { Sql } from '../../platform/database.ts';
import { requireCycle } from './cycle.ts';

export interface ComputeProgress {
  /** People who are computed, of all members. */
  readonly done: number;
  readonly total: number;
  readonly isOver: boolean;
}

/** How far the computation of a cycle is. @throws AppError cycle.not_found */
export async function computeProgress(sql: Sql, cycleId: string): Promise<ComputeProgress> {
  const { state } = await requireCycle(sql, cycleId);
  const [row] = await sql.select<{ done: number; total: number }>(
    'SELECT COUNT(doc) AS done, COUNT(*) AS total FROM cycle_members WHERE cycle_id = ?',
    [cycleId],
  );
  return { done: Number(row?.done ?? 0), total: Number(row?.total ?? 0), isOver: state !== 'computing' };
}
