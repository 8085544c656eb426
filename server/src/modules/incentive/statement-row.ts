import {
  AppError,
  readDocument,
  type Period,
  type StatementDocument,
  type StatementStatus,
} from '@shigang/shared';
import { visibleEmployees, type Viewer } from '../../access/index.ts';
import type { Sql } from '../../platform/database.ts';

/** One stored statement with its person. */
export interface StoredStatement {
  readonly period: Period;
  readonly userId: string;
  readonly name: string;
  readonly status: StatementStatus;
  readonly totalFen: number;
  /** Null: no plan to compare with. */
  readonly oldTotalFen: number | null;
  readonly computedAt: Date;
  readonly document: StatementDocument;
}

interface Row {
  name: string | null;
  status: StatementStatus;
  total_fen: number;
  old_total_fen: number | null;
  computed_at: Date;
  doc: string;
}

/**
 * The statement of one person and quarter, if the viewer may see it.
 * @throws AppError statement.not_found for an absent and a forbidden one alike
 */
export async function readStatement(
  sql: Sql,
  viewer: Viewer,
  userId: string,
  period: Period,
): Promise<StoredStatement> {
  const seen = visibleEmployees(viewer, 'statement', 's.user_id');
  const [row] = await sql.select<Row>(
    `SELECT e.name, s.status, s.total_fen, s.old_total_fen, s.computed_at, s.doc
     FROM statements s LEFT JOIN employees e ON e.user_id = s.user_id
     WHERE s.period = ? AND s.user_id = ? AND ${seen.sql}`,
    [period, userId, ...seen.params],
  );
  if (!row) throw new AppError('statement.not_found');
  return {
    period,
    userId,
    name: row.name ?? userId,
    status: row.status,
    totalFen: Number(row.total_fen),
    oldTotalFen: row.old_total_fen === null ? null : Number(row.old_total_fen),
    computedAt: row.computed_at,
    document: readDocument(row.doc),
  };
}

/** Quarters in which the person has a statement that the viewer may see, newest first. */
export async function statementPeriods(sql: Sql, viewer: Viewer, userId: string): Promise<Period[]> {
  const seen = visibleEmployees(viewer, 'statement', 's.user_id');
  const rows = await sql.select<{ period: Period }>(
    `SELECT s.period FROM statements s WHERE s.user_id = ? AND ${seen.sql} ORDER BY s.period DESC`,
    [userId, ...seen.params],
  );
  return rows.map((row) => row.period);
}

/** The newest quarter in which the person earned something, else the newest with a statement; null without one. */
export async function latestPeriod(sql: Sql, viewer: Viewer, userId: string): Promise<Period | null> {
  const seen = visibleEmployees(viewer, 'statement', 's.user_id');
  const [row] = await sql.select<{ period: Period }>(
    `SELECT s.period FROM statements s WHERE s.user_id = ? AND ${seen.sql}
     ORDER BY s.total_fen = 0, s.period DESC LIMIT 1`,
    [userId, ...seen.params],
  );
  return row?.period ?? null;
}
