import { jobRunText, shanghaiDay, shanghaiMidnight } from '@shigang/shared';
import { sqlInstant, type Clock } from '../clock.ts';
import type { Database, Sql } from '../database.ts';
import { newId } from '../ids.ts';
import type { RunDeclaration } from './declaration.ts';
import { selectRuns, type JobRun } from './run-row.ts';

export interface StartRequest<Payload extends object> {
  readonly payload: Payload;
  /** Who asked for it: a viewer. */
  readonly startedBy: { readonly actor: string };
  /** The same key while the first is not over: that one is meant. */
  readonly key?: string;
}

export interface StartedRun {
  readonly runId: string;
  readonly status: 'created' | 'running';
}

/** A worker that died holds its run no longer than this; another then takes it up. */
export const LEASE_MS = 6_000;
/** Runs shown at once. */
const SHOWN = 100;

/** What endpoints, commands and the panel see of long work. How a worker does it: {@link RunWork}. */
export class JobRuns {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /**
   * Writes the run down in the caller's transaction (or by itself); a worker finds it there within two seconds. With a
   * `key`, work that was asked for before and is not over is not begun a second time.
   */
  async start<Payload extends object, Outcome extends object>(
    sql: Sql,
    run: RunDeclaration<string, Payload, Outcome>,
    { payload, startedBy, key }: StartRequest<Payload>,
  ): Promise<StartedRun> {
    const runId = newId();
    const activeKey = key === undefined ? null : `${run.name}/${key}`;
    const now = sqlInstant(this.#clock.now());
    const cancellable = run.isCancellable ? 1 : 0;
    await sql.insertMany(
      'job_runs',
      [
        ...['run_id', 'kind', 'payload', 'title', 'active_key', 'state'],
        ...['is_cancellable', 'started_by', 'started_at'],
      ],
      [
        [
          ...[runId, run.name, JSON.stringify(payload), run.title(payload), activeKey, 'queued'],
          ...[cancellable, startedBy.actor, now],
        ],
      ],
      { update: [] },
    );
    if (activeKey === null) return { runId, status: 'created' };
    const [kept] = await selectRuns(sql, 'active_key = ? FOR UPDATE', [activeKey]);
    const keptId = kept?.runId ?? runId;
    return { runId: keptId, status: keptId === runId ? 'created' : 'running' };
  }

  async find(runId: string): Promise<JobRun | null> {
    const [run] = await selectRuns(this.#db, 'run_id = ?', [runId]);
    return run ?? null;
  }

  /** What is not over, and what was asked for today in Shanghai; newest first. @param startedBy null: everybody's */
  shown(startedBy: string | null): Promise<JobRun[]> {
    const today = sqlInstant(shanghaiMidnight(shanghaiDay(this.#clock.now())));
    const by =
      startedBy === null ? { sql: '1 = 1', params: [] } : { sql: 'started_by = ?', params: [startedBy] };
    return selectRuns(
      this.#db,
      `(state IN ('queued', 'running') OR started_at >= ?) AND ${by.sql}
       ORDER BY started_at DESC, run_id LIMIT ${SHOWN}`,
      [today, ...by.params],
    );
  }

  /**
   * Asks a run to stop: one that waits is cancelled at once, one that is being done after the piece under way. Nothing
   * happens to one that is over, or that cannot be stopped.
   */
  async cancel(sql: Sql, runId: string, by: { readonly actor: string }): Promise<void> {
    await sql.execute(
      `UPDATE job_runs SET state = 'cancelled', active_key = NULL, cancel_asked_by = ?, sentence = ?, finished_at = ?
       WHERE run_id = ? AND state = 'queued' AND is_cancellable = 1`,
      [by.actor, jobRunText.cancelled(0, null), sqlInstant(this.#clock.now()), runId],
    );
    await sql.execute(
      `UPDATE job_runs SET cancel_asked_by = ?
       WHERE run_id = ? AND state = 'running' AND is_cancellable = 1 AND cancel_asked_by IS NULL`,
      [by.actor, runId],
    );
  }

  /** Runs that wait for a worker, or whose worker died: what a worker's timer looks for. */
  async due(): Promise<string[]> {
    const rows = await this.#db.select<{ runId: string }>(
      `SELECT run_id AS runId FROM job_runs WHERE state = 'queued' OR (state = 'running' AND lease_until <= ?)
       ORDER BY started_at, run_id LIMIT ${SHOWN}`,
      [sqlInstant(this.#clock.real())],
    );
    return rows.map((row) => row.runId);
  }
}
