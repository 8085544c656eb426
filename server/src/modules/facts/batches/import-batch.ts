import { AppError, quarterIndexOfDay } from '@shigang/shared';
import { today } from '../../../platform/clock.ts';
import type { SqlScalar } from '../../../platform/database.ts';
import { newId } from '../../../platform/ids.ts';
import { DirtyMarks } from '../dirty-marks.ts';
import { NOTHING_MERGED, type MergeOutcome } from '../fact-writer.ts';
import { kindOf, type FactKind, type FactTypes } from '../kinds/index.ts';
import { columnReader, type Related, type RowChange } from '../kinds/kind.ts';
import { markChanges } from '../mark-changes.ts';
import { changesOf } from '../stored-rows.ts';
import { finishLeftRuns } from './finish-left-runs.ts';
import { applyRun, type AppliedBatch } from './apply-run.ts';
import {
  dropRun,
  markReady,
  openRun,
  renewRun,
  RENEW_MS,
  type BatchDeps,
  type ReadFigures,
} from './run-store.ts';
import { Stage } from './staged-rows.ts';

export interface BatchRequest {
  /** A kind, or `workbook`. */
  readonly kind: string;
  readonly kinds: readonly FactKind[];
  readonly fileName: string;
  readonly actor: string;
}

/** A warning as the data-quality view lists it. */
export interface KeptWarning {
  /** The sheet of a workbook, or the kind. */
  readonly kind: string;
  readonly row: number;
  readonly field: string | null;
  readonly code: string;
  readonly value: string | null;
}

/**
 * One import in two passes. While the file is read, rows are compared with what is stored and those that change anything
 * are staged: nothing is taken over. {@link apply} then takes over all of them, in transactions of at most a thousand rows,
 * and is finished by another process if this one dies. {@link drop} leaves nothing behind.
 */
export class ImportBatch {
  readonly batchId = newId();
  readonly #deps: BatchDeps;
  readonly #owner = newId();
  readonly #stage: Stage;
  #timer: NodeJS.Timeout | undefined;
  #unchanged = 0;

  private constructor(deps: BatchDeps) {
    this.#deps = deps;
    this.#stage = new Stage(deps.db, this.batchId);
  }

  /** Imports whose process is gone are finished first. */
  static async open(deps: BatchDeps, request: BatchRequest): Promise<ImportBatch> {
    await finishLeftRuns(deps);
    const batch = new ImportBatch(deps);
    await openRun(deps, { ...request, batchId: batch.batchId }, batch.#owner);
    const renew = (): Promise<void> => renewRun(deps, batch.batchId, batch.#owner);
    batch.#timer = setInterval(() => void renew().catch(() => undefined), RENEW_MS);
    batch.#timer.unref();
    return batch;
  }

  /**
   * Facts with distinct natural keys and their rows in the file.
   * @returns how many of them change nothing; the others are counted when they are applied
   */
  async merge<Name extends FactKind>(
    name: Name,
    facts: readonly FactTypes[Name][],
    numbers: readonly number[],
  ): Promise<MergeOutcome> {
    if (facts.length === 0) return NOTHING_MERGED;
    const kind = kindOf(name);
    const rows = facts.map((fact) => kind.toRow(fact));
    const changes = await changesOf(this.#deps.db, kind, rows, false);
    await this.#stage.add(
      name,
      changes.map(({ row, position, previous }) => ({
        row,
        number: numbers[position] ?? 0,
        isNew: previous === null,
      })),
    );
    const unchanged = rows.length - changes.length;
    this.#unchanged += unchanged;
    return { ...NOTHING_MERGED, unchanged };
  }

  /** Takes over everything that was merged; from its first commit on it is finished whatever happens. */
  async apply(read: {
    readonly rows: number;
    readonly rejected: number;
    readonly warnings: readonly KeptWarning[];
    /** The field at which a row of a kind is reported. */
    readonly keyFields: ReadFigures['keyFields'];
  }): Promise<AppliedBatch> {
    const { rows, rejected, warnings, keyFields } = read;
    await this.#stage.flush();
    const figures: ReadFigures = {
      ...{ rows, unchanged: this.#unchanged, rejected, warnings: warnings.length, keyFields },
      lockedQuarters: [...(await this.#deps.lockedQuarters(this.#deps.db))],
    };
    await this.#deps.db.transaction(async (tx) => {
      const run = { batchId: this.batchId, owner: this.#owner, figures };
      if (!(await markReady(tx, this.#deps, run))) throw new AppError('import.interrupted');
      await tx.insertMany(
        'import_warnings',
        ['batch_id', 'position', 'kind', 'row_number_in_file', 'field', 'code', 'value'],
        warnings.map((each, position) => [
          ...[this.batchId, position, each.kind, each.row],
          ...[each.field, each.code, each.value],
        ]),
      );
    });
    this.#stopRenewing();
    return applyRun(this.#deps, this.batchId, this.#owner, this.#stage.held);
  }

  /** Forgets what was staged. */
  async drop(): Promise<void> {
    this.#stopRenewing();
    await this.#deps.db.transaction((tx) => dropRun(tx, this.batchId));
  }

  #stopRenewing(): void {
    clearInterval(this.#timer);
  }
}

/**
 * What an import would do, found by the same comparison and written nowhere. What rows of the file hang on (the deals of
 * receipts) may stand in the file itself.
 */
export class ImportPreview {
  readonly #deps: BatchDeps;
  readonly #rows = new Map<string, Related>();
  #lockedQuarters: ReadonlySet<number> | undefined;

  constructor(deps: BatchDeps) {
    this.#deps = deps;
  }

  async merge<Name extends FactKind>(name: Name, facts: readonly FactTypes[Name][]): Promise<MergeOutcome> {
    if (facts.length === 0) return NOTHING_MERGED;
    const kind = kindOf(name);
    const rows = facts.map((fact) => kind.toRow(fact));
    const changes = await changesOf(this.#deps.db, kind, rows, false);
    const updated = changes.filter((change) => change.previous !== null).length;
    return {
      inserted: changes.length - updated,
      updated,
      unchanged: rows.length - changes.length,
      inLockedPeriods: await this.#inLockedPeriods(name, changes),
    };
  }

  async #inLockedPeriods(name: FactKind, changes: readonly RowChange[]): Promise<readonly number[]> {
    if (changes.length === 0) return [];
    const kind = kindOf(name);
    const { db, clock } = this.#deps;
    this.#lockedQuarters ??= await this.#deps.lockedQuarters(db);
    if (this.#lockedQuarters.size === 0) return [];
    const sides = changes.flatMap(({ row, previous }) => (previous ? [row, previous] : [row]));
    const stored = (await kind.related?.(db, sides)) ?? new Map<string, Related>();
    for (const { row } of changes) this.#remember(name, row);
    return markChanges(kind, {
      changes,
      related: new Map([...stored, ...this.#rows]),
      marks: new DirtyMarks(),
      currentQuarter: quarterIndexOfDay(today(clock)),
      lockedQuarters: this.#lockedQuarters,
    });
  }

  #remember(name: FactKind, row: SqlScalar[]): void {
    const kind = kindOf(name);
    const related = kind.asRelated?.(columnReader(kind.columns)(row));
    if (related) this.#rows.set(String(row[0]), related);
  }
}
