import { sqlInstant } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database.ts';

export type ScopeStatus = 'complete' | 'partial' | 'failed';

/** One scope of a run, as the `sync` command reports it. */
export interface ScopeReport {
  readonly name: string;
  readonly status: ScopeStatus;
  readonly calls: number;
  readonly meteredCalls: number;
  readonly read: number;
  readonly inserted: number;
  readonly updated: number;
  readonly deactivated: number;
  readonly error?: string;
}

/** Notes that scopes are being synced. @param at business time, ms */
export async function startRuns(
  db: Sql,
  runId: string,
  scopes: readonly string[],
  at: number,
): Promise<void> {
  const rows = scopes.map((scope) => [runId, scope, 'running', sqlInstant(at)]);
  await db.insertMany('sync_runs', ['id', 'scope', 'status', 'started_at'], rows);
}

export async function finishRun(db: Sql, runId: string, report: ScopeReport, at: number): Promise<void> {
  const { name, status, error, ...figures } = report;
  await db.execute(
    'UPDATE sync_runs SET status = ?, finished_at = ?, figures = ?, error = ? WHERE id = ? AND scope = ?',
    [status, sqlInstant(at), JSON.stringify(figures), error ?? null, runId, name],
  );
}

/** The value up to which a scope has been read; null: never. */
export async function watermark(db: Sql, scope: string): Promise<string | null> {
  const [row] = await db.select<{ value: string }>('SELECT value FROM sync_watermarks WHERE scope = ?', [
    scope,
  ]);
  return row && row.value !== '' ? row.value : null;
}

export async function raiseWatermark(db: Sql, scope: string, value: string, at: number): Promise<void> {
  await db.insertMany('sync_watermarks', ['scope', 'value', 'updated_at'], [[scope, value, sqlInstant(at)]], {
    update: ['value', 'updated_at'],
  });
}
