import { setTimeout as pause } from 'node:timers/promises';
import { AppError, importKindNames, importKinds, quarterIndexOfDay } from '@shigang/shared';
import { systemViewer } from '../../../access/index.ts';
import { AuditLog } from '../../../audit/audit-log.ts';
import { sqlInstant, today } from '../../../platform/clock.ts';
import type { Sql, Tx } from '../../../platform/database.ts';
import { newId } from '../../../platform/ids.ts';
import { readJson } from '../../../platform/json.ts';
import { whileRenewing } from '../../../platform/while-renewing.ts';
import { DirtyMarks } from '../dirty-marks.ts';
import { FactWriter, type WriterOptions } from '../fact-writer.ts';
import type { FactKind } from '../kinds/index.ts';
import {
  beginApplying,
  lockRun,
  markFailed,
  RENEW_MS,
  removeFailed,
  removeRun,
  renewRun,
  runsUnderWay,
  type RunDeps,
  type Run,
} from './run-store.ts';
import {
  lockPiece,
  openPieces,
  outcomesOf,
  settlePiece,
  type HeldPieces,
  type OpenPiece,
} from './staged-rows.ts';

/** Pieces at a time: one is put together while the database writes two others. */
const LANES = 3;
/** How often a run that another one must go before looks again. */
const LOOK_MS = 50;
/** A run that failed so often for reasons of its own is left to people. */
const MAX_ATTEMPTS = 5;
/** Issues kept of one import. */
const MAX_WARNINGS = 50_000;

/** What an import did, as its batch keeps it. */
export interface AppliedBatch {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows whose change touches a closed period. */
  readonly closed: readonly { readonly kind: FactKind; readonly row: number }[];
}

/**
 * Applies a run that is ready, a piece of at most a thousand rows per transaction, and closes it. Safe to repeat and safe
 * to do twice at once: a piece is applied by whoever holds its row first. A run before it that was left is finished first.
 * @param held pieces that the caller read itself and still has
 */
export async function applyRun(
  deps: RunDeps,
  batchId: string,
  owner: string,
  held: HeldPieces = new Map(),
): Promise<AppliedBatch> {
  const renew = (): Promise<void> => renewRun(deps, batchId, owner);
  return whileRenewing(RENEW_MS, renew, async () => {
    for (;;) {
      const obstacle = await beginApplying(deps, batchId, owner);
      if (!obstacle) break;
      if (obstacle.run.isLeft) await applyRun(deps, obstacle.run.batchId, owner);
      else await pause(LOOK_MS);
    }
    try {
      await applyPieces(deps, batchId, held);
    } catch (error) {
      await giveUp(deps, batchId).catch(() => undefined);
      throw error;
    }
    await deps.db.transaction((tx) => finish(deps, tx, batchId));
    return appliedBatch(deps.db, batchId);
  });
}

/**
 * Half of it stays stored: what that made stale is marked, so that what is computed fits what is stored. `doctor` names
 * the run until the file was imported again.
 */
async function giveUp(deps: RunDeps, batchId: string): Promise<void> {
  await deps.db.transaction(async (tx) => {
    const run = await lockRun(tx, batchId);
    if (run?.state !== 'applying' || run.attempts < MAX_ATTEMPTS) return;
    const marks = new DirtyMarks();
    for (const outcome of await outcomesOf(tx, batchId)) marks.addAll(outcome.marks);
    await marks.write(tx, newId(), deps.clock.now());
    await markFailed(tx, batchId);
  });
}

/** Kind by kind, since receipts look at the deals before them. */
async function applyPieces(deps: RunDeps, batchId: string, held: HeldPieces): Promise<void> {
  const run = (await runsUnderWay(deps.db, deps.clock)).find((each) => each.batchId === batchId);
  const options: WriterOptions = {
    batchId,
    now: deps.clock.now(),
    currentQuarter: quarterIndexOfDay(today(deps.clock)),
    lockedQuarters: new Set(run?.figures?.lockedQuarters ?? []),
  };
  const pieces = await openPieces(deps.db, batchId);
  for (const kind of new Set(pieces.map((piece) => piece.kind))) {
    const waiting = pieces.filter((piece) => piece.kind === kind).values();
    const lane = async (): Promise<void> => {
      for (const piece of waiting) {
        await applyPiece(deps, { options, held }, piece);
        held.delete(piece.position);
      }
    };
    // Whoever gives up counts what the other lanes still committed.
    const ends = await Promise.allSettled(Array.from({ length: LANES }, lane));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }
}

interface Applying {
  readonly options: WriterOptions;
  readonly held: HeldPieces;
}

function applyPiece(
  deps: RunDeps,
  { options, held }: Applying,
  { position, kind }: OpenPiece,
): Promise<void> {
  const { batchId } = options;
  return deps.db.transaction(async (tx) => {
    const piece = await lockPiece(tx, batchId, { position, kind }, held);
    if (!piece) return;
    const writer = new FactWriter(tx, options);
    const { inserted, updated, unchanged, inLockedPeriods } = await writer.mergeRows(
      kind,
      piece.rows,
      piece.areNew,
    );
    const closed = inLockedPeriods.map((index) => piece.numbers[index] ?? 0);
    const marks = writer.marks.asDocument();
    await settlePiece(tx, { batchId, position }, { inserted, updated, unchanged, closed, marks });
  });
}

/** The batch, its warnings, what must be computed again, the audit entry; the run is no more. */
async function finish(deps: RunDeps, tx: Tx, batchId: string): Promise<void> {
  const run = await lockRun(tx, batchId);
  if (!run?.figures) return;
  const marks = new DirtyMarks();
  const sums = { inserted: 0, updated: 0, unchanged: run.figures.unchanged };
  const closed: (readonly [FactKind, number])[] = [];
  for (const outcome of await outcomesOf(tx, batchId)) {
    sums.inserted += outcome.inserted;
    sums.updated += outcome.updated;
    sums.unchanged += outcome.unchanged;
    for (const row of outcome.closed) closed.push([outcome.kind, row]);
    marks.addAll(outcome.marks);
  }
  const { rows, rejected, warnings } = run.figures;
  const listed = closed.slice(0, Math.max(0, MAX_WARNINGS - warnings));
  await tx.insertMany(
    'import_warnings',
    ['batch_id', 'position', 'kind', 'row_number_in_file', 'field', 'code', 'value'],
    listed.map(([kind, row], index) => [
      ...[batchId, warnings + index, sheetOf(run, kind), row],
      ...[run.figures?.keyFields[kind] ?? null, 'closed_period', null],
    ]),
  );
  await marks.write(tx, newId(), deps.clock.now());
  await removeRun(tx, batchId);
  await removeFailed(tx, run);
  await keepBatch(deps, tx, run, { rows, ...sums, rejected, warnings: warnings + listed.length });
}

async function keepBatch(deps: RunDeps, tx: Tx, run: Run, figures: object): Promise<void> {
  const { batchId, kind, fileName, actor } = run;
  await tx.execute(
    'INSERT INTO import_batches (id, kind, file_name, figures, created_at, created_by) VALUES (?, ?, ?, ?, ?, ?)',
    [batchId, kind, fileName, JSON.stringify(figures), sqlInstant(deps.clock.now()), actor],
  );
  await new AuditLog(deps.clock).record(
    tx,
    { ...systemViewer('import'), actor },
    {
      action: 'import.applied',
      subjectKind: 'import_batch',
      subjectId: batchId,
      after: { kind, file: fileName, ...figures },
    },
  );
}

/** How the warnings of a batch name a kind: a workbook by its sheets. */
const sheetOf = (run: Run, kind: FactKind): string =>
  run.kind === 'workbook' ? importKindNames[kind] : kind;
const kindOfSheet = (sheet: string): FactKind =>
  importKinds.find((kind) => importKindNames[kind] === sheet) ?? (sheet as FactKind);

/** As the batch keeps it, whoever finished it. */
async function appliedBatch(sql: Sql, batchId: string): Promise<AppliedBatch> {
  const [batch] = await sql.select<{ figures: unknown }>('SELECT figures FROM import_batches WHERE id = ?', [
    batchId,
  ]);
  if (!batch) throw new AppError('import.interrupted');
  const closed = await sql.select<{ sheet: string; row: number }>(
    `SELECT kind AS sheet, row_number_in_file AS \`row\` FROM import_warnings
     WHERE batch_id = ? AND code = 'closed_period' ORDER BY position`,
    [batchId],
  );
  return {
    ...readJson<Omit<AppliedBatch, 'closed'>>(batch.figures),
    closed: closed.map(({ sheet, row }) => ({ kind: kindOfSheet(sheet), row })),
  };
}
