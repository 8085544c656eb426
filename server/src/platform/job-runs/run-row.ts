import type { JobRunState } from '@shigang/shared/answers';
import type { Sql, SqlParam } from '../database.ts';

/** A run as it is stored. */
export interface JobRun {
  readonly runId: string;
  readonly kind: string;
  readonly payload: object;
  readonly title: string;
  readonly state: JobRunState;
  readonly done: number;
  readonly total: number | null;
  readonly sentence: string | null;
  readonly outcome: object | null;
  readonly errorCode: string | null;
  readonly isCancellable: boolean;
  readonly cancelAskedBy: string | null;
  readonly startedBy: string;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly attempts: number;
}

interface RawRun extends Omit<JobRun, 'payload' | 'outcome' | 'isCancellable'> {
  readonly payload: string;
  readonly outcome: string | null;
  readonly isCancellable: number;
}

const COLUMNS = `run_id AS runId, kind, payload, title, state, done, total, sentence, outcome, error_code AS errorCode,
  is_cancellable AS isCancellable, cancel_asked_by AS cancelAskedBy, started_by AS startedBy, started_at AS startedAt,
  finished_at AS finishedAt, attempts`;

/** @param where a condition with its parameters, then order and limit */
export async function selectRuns(sql: Sql, where: string, params: readonly SqlParam[]): Promise<JobRun[]> {
  const rows = await sql.select<RawRun>(`SELECT ${COLUMNS} FROM job_runs WHERE ${where}`, params);
  return rows.map((row) => ({
    ...row,
    payload: JSON.parse(row.payload) as object,
    outcome: row.outcome === null ? null : (JSON.parse(row.outcome) as object),
    isCancellable: Number(row.isCancellable) === 1,
  }));
}
