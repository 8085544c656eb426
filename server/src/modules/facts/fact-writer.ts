import type { SqlParam, SqlScalar, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { CreditTables } from './credit-tables.ts';
import { DirtyMarks } from './dirty-marks.ts';
import {
  factTables,
  selectExpression,
  type FactRow,
  type FactTable,
  type TableShape,
} from './fact-tables.ts';
import type { FactKind, FactTypes } from './fact-types.ts';
import { markChanges, type RowChange } from './mark-changes.ts';

/** Facts of one call of {@link FactWriter.merge}: bounds statements, packets and memory. */
export const MERGE_ROWS = 1_000;
/** Separates the parts of a natural key; no imported text holds it. */
const KEY_SEPARATOR = '\u001f';

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

/**
 * Merges facts by natural key inside the caller's transaction: new rows, changed rows (the previous value kept as a
 * revision of this batch), unchanged rows left alone; derived credits follow, and what must be computed again is marked.
 */
export class FactWriter {
  readonly #tx: Tx;
  readonly #options: WriterOptions;
  readonly #marks = new DirtyMarks();
  readonly #credits: CreditTables;

  constructor(tx: Tx, options: WriterOptions) {
    this.#tx = tx;
    this.#options = options;
    this.#credits = new CreditTables(tx);
  }

  /** At most {@link MERGE_ROWS} facts with distinct natural keys. */
  async merge<Kind extends FactKind>(kind: Kind, facts: readonly FactTypes[Kind][]): Promise<MergeOutcome> {
    if (facts.length === 0) return { inserted: 0, updated: 0, unchanged: 0, inLockedPeriods: [] };
    const table = factTables[kind] as unknown as FactTable<Kind>;
    const rows = facts.map((fact) => table.toRow(fact));
    const stored = await this.#stored(table, rows);
    const changes: RowChange[] = [];
    rows.forEach((row, position) => {
      const previous = stored.get(keyOf(row, table.keyLength)) ?? null;
      if (previous === null || !isSame(row, previous)) changes.push({ position, row, previous });
    });
    await this.#write(table, kind, changes);
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
    await this.#marks.write(this.#tx, newId(), this.#options.now);
  }

  /** Stored rows of these keys, by key, with what an import sets besides and their batch behind. */
  async #stored(table: TableShape, rows: readonly FactRow[]): Promise<Map<string, FactRow>> {
    const found = new Map<string, FactRow>();
    const columns = storedColumns(table).map(selectExpression).join(', ');
    const keyColumns = table.columns.slice(0, table.keyLength);
    const key = table.keyLength === 1 ? keyColumns.join() : `(${keyColumns.join(', ')})`;
    const keys = rows.map((row) =>
      table.keyLength === 1 ? (row[0] as SqlScalar) : row.slice(0, table.keyLength),
    );
    await this.#tx.stream(
      `SELECT ${columns} FROM ${table.table} WHERE ${key} IN (?)`,
      [keys as unknown as SqlParam],
      (row) => found.set(keyOf(row, table.keyLength), row),
    );
    return found;
  }

  async #write(table: TableShape, kind: FactKind, changes: readonly RowChange[]): Promise<void> {
    if (changes.length === 0) return;
    const updated = changes.filter((change) => change.previous !== null);
    if (updated.length > 0) {
      await this.#tx.insertMany(
        'fact_revisions',
        ['batch_id', 'kind', 'natural_key', 'previous'],
        updated.map(({ row, previous }) => [
          this.#options.batchId,
          kind,
          row.slice(0, table.keyLength).join('|'),
          JSON.stringify(asDocument(table, previous ?? [])),
        ]),
      );
    }
    const constants = Object.keys(table.constants);
    const tail = [...Object.values(table.constants), this.#options.batchId];
    // In place: the rows are this call's own, and nothing looks behind their columns.
    for (const { row } of changes) row.push(...tail);
    await this.#tx.insertMany(
      table.table,
      [...table.columns, ...constants, 'batch_id'],
      changes.map(({ row }) => row),
      { update: [...table.columns.slice(table.keyLength), ...constants, 'batch_id'] },
    );
  }

  /** What follows from the changes: credits, marks. Returns the positions that touch a locked quarter. */
  async #follow(kind: FactKind, changes: readonly RowChange[]): Promise<number[]> {
    if (changes.length === 0) return [];
    if (kind === 'deals') await this.#credits.ofDeals(changes);
    if (kind === 'renewals') await this.#credits.ofRenewals(changes);
    const deals = kind === 'receipts' ? await this.#credits.dealsOfReceipts(changes) : new Map();
    return markChanges({ kind, changes, deals, marks: this.#marks, ...this.#options });
  }
}

const keyOf = (row: FactRow, length: number): string =>
  length === 1 ? String(row[0]) : row.slice(0, length).join(KEY_SEPARATOR);

/** Whether a row to store equals the stored one (which has more elements behind). */
function isSame(row: FactRow, stored: FactRow): boolean {
  for (let index = 0; index < row.length; index += 1) if (row[index] !== stored[index]) return false;
  return true;
}

const storedColumns = (table: TableShape): string[] => [
  ...table.columns,
  ...Object.keys(table.constants),
  'batch_id',
];

const asDocument = (table: TableShape, stored: FactRow): Record<string, SqlScalar> =>
  Object.fromEntries(storedColumns(table).map((column, index) => [column, stored[index] ?? null]));
