import { sqlInstant, type Clock } from '../../../platform/clock.ts';
import type { Database, Sql, Tx } from '../../../platform/database.ts';
import { readJson } from '../../../platform/json.ts';
import { lock } from '../../../platform/locks.ts';
import type { FactKind } from '../kinds/index.ts';

/* The one home of `import_runs`: imports under way, from their first row to the last one applied. */

/** What it takes to follow imports, and to finish one that was left. */
export interface RunDeps {
  readonly db: Database;
  readonly clock: Clock;
}

/** What it takes to import. */
export interface BatchDeps extends RunDeps {
  /** Indexes of quarters whose statements are settled; the statements are a later room's. */
  readonly lockedQuarters: (sql: Sql) => Promise<ReadonlySet<number>>;
}

/** What an import is, before anything is read. */
export interface NewRun {
  readonly batchId: string;
  /** A kind, or `workbook`. */
  readonly kind: string;
  readonly kinds: readonly FactKind[];
  readonly fileName: string;
  /** Who imports, as the audit log names them. */
  readonly actor: string;
}

/** What reading counted. */
export interface ReadFigures {
  readonly rows: number;
  /** Rows that say what was stored already: nothing is applied for them. */
  readonly unchanged: number;
  readonly rejected: number;
  readonly warnings: number;
  /** Indexes of the quarters that were settled when it was read: rows that touch them are named. */
  readonly lockedQuarters: readonly number[];
  /** The field at which a row of a kind is reported. */
  readonly keyFields: Readonly<Partial<Record<FactKind, string>>>;
}

export interface Run extends NewRun {
  readonly state: 'reading' | 'ready' | 'applying' | 'failed';
  readonly figures: ReadFigures | null;
  readonly readyAt: number | null;
  readonly attempts: number;
  readonly isLeft: boolean;
}

/** Whoever holds a run renews its lease; a run whose holder is gone is taken up by anybody after it. */
export const LEASE_MS = 8_000;
export const RENEW_MS = 2_000;
/** A run that is still being read keeps nobody waiting: it is forgotten only when its holder is surely gone. */
const READING_LEASE_MS = 60_000;

const leaseEnd = (clock: Clock): string => sqlInstant(clock.real() + LEASE_MS);

export async function openRun(deps: RunDeps, run: NewRun, owner: string): Promise<void> {
  await deps.db.execute(
    `INSERT INTO import_runs (batch_id, kind, kinds, file_name, state, lease_owner, lease_until, created_at, created_by)
     VALUES (?, ?, ?, ?, 'reading', ?, ?, ?, ?)`,
    [
      run.batchId,
      run.kind,
      JSON.stringify(run.kinds),
      run.fileName,
      owner,
      leaseEnd(deps.clock),
      sqlInstant(deps.clock.now()),
      run.actor,
    ],
  );
}

export async function renewRun(deps: RunDeps, batchId: string, owner: string): Promise<void> {
  await deps.db.execute('UPDATE import_runs SET lease_until = ? WHERE batch_id = ? AND lease_owner = ?', [
    leaseEnd(deps.clock),
    batchId,
    owner,
  ]);
}

/** All rows are read and found good: from here on the run is applied whatever happens. False: it was given up. */
export async function markReady(
  tx: Tx,
  deps: RunDeps,
  run: { readonly batchId: string; readonly owner: string; readonly figures: ReadFigures },
): Promise<boolean> {
  const { affectedRows } = await tx.execute(
    `UPDATE import_runs SET state = 'ready', ready_at = ?, figures = ?, lease_until = ?
     WHERE batch_id = ? AND lease_owner = ? AND state = 'reading'`,
    [deps.clock.real(), JSON.stringify(run.figures), leaseEnd(deps.clock), run.batchId, run.owner],
  );
  return affectedRows === 1;
}

/** Forgets a run that is still being read: nothing of it was taken over. */
export async function dropRun(tx: Tx, batchId: string): Promise<void> {
  const run = await lockRun(tx, batchId);
  if (run === null || run.state === 'reading') await removeRun(tx, batchId);
}

/** A run that is through is no more. */
export async function removeRun(tx: Sql, batchId: string): Promise<void> {
  await tx.execute('DELETE FROM import_rows WHERE batch_id = ?', [batchId]);
  await tx.execute('DELETE FROM import_runs WHERE batch_id = ?', [batchId]);
}

/** Why a run cannot be applied yet: another one with a kind of it is, or comes first. */
export interface Obstacle {
  readonly run: Run;
}

/**
 * Begins to apply a run, unless one that holds the same kind is being applied or was ready before it. From then on
 * whoever computes waits; `taken` of the lock tells who computed meanwhile that a run began.
 * @returns the obstacle, or null: the run is yours
 */
export async function beginApplying(deps: RunDeps, batchId: string, owner: string): Promise<Obstacle | null> {
  const early = obstacleOf(await runsUnderWay(deps.db, deps.clock), batchId);
  if (early) return early;
  let found: Obstacle | null = null;
  await deps.db.transaction(async (tx) => {
    await lock(tx, 'imports');
    found = obstacleOf(await runsUnderWay(tx, deps.clock), batchId);
    if (found) return;
    await tx.execute(
      `UPDATE import_runs SET state = 'applying', attempts = attempts + 1, lease_owner = ?, lease_until = ?
       WHERE batch_id = ?`,
      [owner, leaseEnd(deps.clock), batchId],
    );
  });
  return found;
}

function obstacleOf(runs: readonly Run[], batchId: string): Obstacle | null {
  const own = runs.find((run) => run.batchId === batchId);
  if (!own) return null;
  const before = (run: Run): boolean =>
    run.state === 'applying' ||
    (run.state === 'ready' &&
      ((run.readyAt ?? 0) < (own.readyAt ?? 0) || (run.readyAt === own.readyAt && run.batchId < batchId)));
  const run = runs.find(
    (each) => each !== own && before(each) && each.kinds.some((kind) => own.kinds.includes(kind)),
  );
  return run ? { run } : null;
}

/** A run that cannot be applied for a reason that stays: nobody waits for it any longer. */
export async function markFailed(sql: Sql, batchId: string): Promise<void> {
  await sql.execute("UPDATE import_runs SET state = 'failed' WHERE batch_id = ? AND state = 'applying'", [
    batchId,
  ]);
}

/** A run that was given up, as far as somebody must know it who imports its file again. */
export interface FailedRun {
  readonly kind: string;
  readonly fileName: string;
  /** Who imported it. */
  readonly actor: string;
}

/** Runs given up half applied, whose file was not imported again since. */
export const failedRuns = (sql: Sql): Promise<FailedRun[]> =>
  sql.select<FailedRun>(
    `SELECT kind, file_name AS fileName, created_by AS actor FROM import_runs
     WHERE state = 'failed' ORDER BY created_at, batch_id`,
  );

/** The same file is through now: what was left of it before is settled. */
export async function removeFailed(tx: Tx, { kind, fileName }: NewRun): Promise<void> {
  const failed = await tx.select<{ batch_id: string }>(
    "SELECT batch_id FROM import_runs WHERE state = 'failed' AND kind = ? AND file_name = ?",
    [kind, fileName],
  );
  for (const run of failed) await removeRun(tx, run.batch_id);
}

interface RunRow {
  readonly batch_id: string;
  readonly kind: string;
  readonly kinds: unknown;
  readonly file_name: string;
  readonly state: Run['state'];
  readonly figures: unknown;
  readonly ready_at: number | null;
  readonly attempts: number;
  readonly is_left: number;
  readonly created_by: string;
}

const COLUMNS = `batch_id, kind, kinds, file_name, state, figures, ready_at, attempts, created_by`;

/** Every run, oldest first. */
export async function runsUnderWay(sql: Sql, clock: Clock): Promise<Run[]> {
  const rows = await sql.select<RunRow>(
    `SELECT ${COLUMNS}, lease_until <= IF(state = 'reading', ?, ?) AS is_left FROM import_runs
     ORDER BY ready_at, batch_id`,
    [sqlInstant(clock.real() - READING_LEASE_MS), sqlInstant(clock.real())],
  );
  return rows.map(asRun);
}

/** The run, held to the end of the transaction; null: it is through. */
export async function lockRun(tx: Tx, batchId: string): Promise<Run | null> {
  const [row] = await tx.select<RunRow>(
    `SELECT ${COLUMNS}, 0 AS is_left FROM import_runs WHERE batch_id = ? FOR UPDATE`,
    [batchId],
  );
  return row ? asRun(row) : null;
}

const asRun = (row: RunRow): Run => ({
  batchId: row.batch_id,
  kind: row.kind,
  kinds: readJson<FactKind[]>(row.kinds),
  fileName: row.file_name,
  actor: row.created_by,
  state: row.state,
  figures: row.figures === null ? null : readJson<ReadFigures>(row.figures),
  readyAt: row.ready_at === null ? null : Number(row.ready_at),
  attempts: Number(row.attempts),
  isLeft: Number(row.is_left) === 1,
});
