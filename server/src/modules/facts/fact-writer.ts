import type { SqlScalar, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { writeCredits } from './credit-rows.ts';
import { DirtyMarks } from './dirty-marks.ts';
import { kindOf, type FactKind, type FactTypes } from './kinds/index.ts';
import type { FactRow, Kind, RowChange, TableShape } from './kinds/kind.ts';
import { markChanges } from './mark-changes.ts';
import { changesOf, storedColumns } from './stored-rows.ts';

/** Facts of one call of {@link FactWriter.merge}: bounds statements, packets and memory. */
export const MERGE_ROWS = 1_000;
/** Another writer can win the race for a new key only once per key; more tries mean a mistake. */
const MAX_TRIES = 5;
/** A row with this key exists already. */
const DUPLICATE_KEY = 1062;

export interface WriterOptions {
  /** Changed rows carry it. */
  readonly batchId: string;
  /** Business time, ms. */
  readonly now: number;
  /** Quarter of the business day: role changes concern every quarter up to it. */
  readonly currentQuarter: number;
  /** Quarters whose statements are locked or paid. */
  readonly lockedQuarters: ReadonlySet<number>;
}

export interface MergeOutcome {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Positions of facts whose change touches a locked quarter: it will show as deltas. */
  readonly inLockedPeriods: readonly number[];
}

export const NOTHING_MERGED: MergeOutcome = { inserted: 0, updated: 0, unchanged: 0, inLockedPeriods: [] };

/**
 * Merges facts by natural key inside the caller's transaction: new rows, changed rows (the previous value kept as a
 * revision of this batch), unchanged rows left alone; derived credits follow, and what must be computed again is marked.
 * It holds the rows that it writes and nothing else: two writers of one kind wait for each other only over one record.
 */
export class FactWriter {
  readonly #tx: Tx;
  readonly #options: WriterOptions;
  /** What the merged facts made stale. */
  readonly marks = new DirtyMarks();

  constructor(tx: Tx, options: WriterOptions) {
    this.#tx = tx;
    this.#options = options;
  }

  /** At most {@link MERGE_ROWS} facts with distinct natural keys. */
  merge<Name extends FactKind>(name: Name, facts: readonly FactTypes[Name][]): Promise<MergeOutcome> {
    const kind = kindOf(name);
    return this.mergeRows(
      name,
      facts.map((fact) => kind.toRow(fact)),
    );
  }

  /**
   * As {@link merge}, of rows that the kind's `toRow` made.
   * @param seemNew none of the keys was stored a moment ago: they are looked up only where another writer came first
   */
  async mergeRows(name: FactKind, rows: readonly SqlScalar[][], seemNew = false): Promise<MergeOutcome> {
    if (rows.length === 0) return NOTHING_MERGED;
    const kind = kindOf(name);
    const changes = await this.#store(name, kind, { rows, seemNew });
    const inLockedPeriods = await this.#follow(kind, changes);
    const updated = changes.filter((change) => change.previous !== null).length;
    return {
      inserted: changes.length - updated,
      updated,
      unchanged: rows.length - changes.length,
      inLockedPeriods,
    };
  }

  /** Writes the marks of everything merged; call it once, last before the commit. */
  async finish(): Promise<void> {
    await this.marks.write(this.#tx, newId(), this.#options.now);
  }

  /**
   * Stored rows are held before they are compared. A key that was absent then is inserted and nothing else: where another
   * writer stored it meanwhile the insert fails, and the rows are compared with what is there now.
   */
  async #store(
    name: FactKind,
    shape: TableShape,
    { rows, seemNew }: { readonly rows: readonly SqlScalar[][]; readonly seemNew: boolean },
  ): Promise<RowChange[]> {
    for (let attempt = 1; ; attempt += 1) {
      const changes =
        seemNew && attempt === 1
          ? rows.map((row, position) => ({ position, row, previous: null }))
          : await changesOf(this.#tx, shape, rows, true);
      const isTaken = await this.#insert(
        shape,
        changes.filter((change) => change.previous === null),
      ).then(
        () => false,
        (error: unknown) => {
          if (attempt < MAX_TRIES && errnoOf(error) === DUPLICATE_KEY) return true;
          throw error;
        },
      );
      if (isTaken) continue;
      await this.#update(
        name,
        shape,
        changes.filter((change) => change.previous !== null),
      );
      return changes;
    }
  }

  async #insert(shape: TableShape, changes: readonly RowChange[]): Promise<void> {
    const tail = [...Object.values(shape.constants), this.#options.batchId];
    await this.#tx.insertMany(
      shape.table,
      storedColumns(shape),
      changes.map(({ row }) => [...row, ...tail]),
    );
  }

  async #update(name: FactKind, shape: TableShape, changes: readonly RowChange[]): Promise<void> {
    if (changes.length === 0) return;
    await this.#tx.insertMany(
      'fact_revisions',
      ['batch_id', 'kind', 'natural_key', 'previous'],
      changes.map(({ row, previous }) => [
        this.#options.batchId,
        name,
        row.slice(0, shape.keyLength).join('|'),
        JSON.stringify(asDocument(shape, previous ?? [])),
      ]),
    );
    const tail = [...Object.values(shape.constants), this.#options.batchId];
    await this.#tx.insertMany(
      shape.table,
      storedColumns(shape),
      changes.map(({ row }) => [...row, ...tail]),
      { update: storedColumns(shape).slice(shape.keyLength) },
    );
  }

  /** What follows from the changes: credits, marks. Returns the positions that touch a locked quarter. */
  async #follow(kind: Kind<never>, changes: readonly RowChange[]): Promise<readonly number[]> {
    if (changes.length === 0) return [];
    if (kind.credits) await writeCredits(this.#tx, kind.credits, kind.columns, changes);
    const sides = changes.flatMap(({ row, previous }) => (previous ? [row, previous] : [row]));
    const related = (await kind.related?.(this.#tx, sides)) ?? new Map();
    return markChanges(kind, { changes, related, marks: this.marks, ...this.#options });
  }
}

const errnoOf = (error: unknown): unknown =>
  (error as { errno?: unknown }).errno ?? (error as { driverError?: { errno?: unknown } }).driverError?.errno;

const asDocument = (shape: TableShape, stored: FactRow): Record<string, SqlScalar> =>
  Object.fromEntries(storedColumns(shape).map((column, index) => [column, stored[index] ?? null]));
