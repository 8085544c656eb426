import { AppError } from '@shigang/shared';
import type { Database, Sql, SqlScalar, Tx } from '../../../platform/database.ts';
import { readJson } from '../../../platform/json.ts';
import type { MarkedQuarters } from '../dirty-marks.ts';
import { MERGE_ROWS } from '../fact-writer.ts';
import { kindOf, type FactKind } from '../kinds/index.ts';

/* The one home of `import_rows`: up to 1,000 facts a row, as JSON, until they are applied. */

/** Facts of one kind with their row numbers in the file. */
export interface Piece {
  readonly rows: SqlScalar[][];
  readonly numbers: number[];
  /** None of the keys was stored when the file was read. */
  areNew: boolean;
}

/** What applying a piece did; the row stands for it until the whole import is through. */
export interface PieceOutcome {
  readonly inserted: number;
  readonly updated: number;
  readonly unchanged: number;
  /** Rows of the file that touch a closed period. */
  readonly closed: readonly number[];
  readonly marks: MarkedQuarters;
}

/** Text of one piece: far below what a server takes as one packet (4 MB on the smallest default). */
const MAX_TEXT = 1_000_000;

export interface StagedRow {
  readonly row: SqlScalar[];
  /** In the file. */
  readonly number: number;
  readonly isNew: boolean;
}

const emptyPiece = (): Piece => ({ rows: [], numbers: [], areNew: true });

/** Pieces that whoever read them keeps: what lies in the table is then for the case that it dies. */
const HELD_PIECES = 12;
/** Pieces of one import by position, as they were read. */
export type HeldPieces = Map<number, Piece>;

/** Collects rows that differ from what is stored and writes them a thousand at a time. */
export class Stage {
  /** The first of the pieces; a file of up to 12,000 changed rows is applied without reading them back. */
  readonly held: HeldPieces = new Map();
  readonly #db: Database;
  readonly #batchId: string;
  #kind: FactKind | null = null;
  #piece: Piece = emptyPiece();
  #position = 0;

  constructor(db: Database, batchId: string) {
    this.#db = db;
    this.#batchId = batchId;
  }

  async add(kind: FactKind, rows: readonly StagedRow[]): Promise<void> {
    if (kind !== this.#kind) await this.flush();
    this.#kind = kind;
    for (const { row, number, isNew } of rows) {
      this.#piece.rows.push(row);
      this.#piece.numbers.push(number);
      this.#piece.areNew &&= isNew;
      if (this.#piece.rows.length >= MERGE_ROWS) await this.flush();
    }
  }

  async flush(): Promise<void> {
    const piece = this.#piece;
    this.#piece = emptyPiece();
    if (this.#kind !== null && piece.rows.length > 0) await this.#write(this.#kind, piece);
  }

  /** Long texts (feedback) make more than one piece of a thousand rows. */
  async #write(kind: FactKind, piece: Piece): Promise<void> {
    const text = JSON.stringify({ columns: kindOf(kind).columns, ...piece });
    if (text.length > MAX_TEXT && piece.rows.length > 1) {
      const half = Math.ceil(piece.rows.length / 2);
      for (const [from, to] of [
        [0, half],
        [half, piece.rows.length],
      ]) {
        await this.#write(kind, {
          rows: piece.rows.slice(from, to),
          numbers: piece.numbers.slice(from, to),
          areNew: piece.areNew,
        });
      }
      return;
    }
    const position = this.#position;
    this.#position += 1;
    if (this.held.size < HELD_PIECES) this.held.set(position, piece);
    await this.#db.transaction((tx) =>
      tx.insertPrepared(
        'import_rows',
        ['batch_id', 'position', 'kind', 'facts'],
        [[this.#batchId, position, kind, Buffer.from(text)]],
      ),
    );
  }
}

export interface OpenPiece {
  readonly position: number;
  readonly kind: FactKind;
}

/** Pieces that are not applied yet, in order. */
export const openPieces = (sql: Sql, batchId: string): Promise<OpenPiece[]> =>
  sql.select<OpenPiece>(
    'SELECT position, kind FROM import_rows WHERE batch_id = ? AND outcome IS NULL ORDER BY position',
    [batchId],
  );

/** A piece whose row is held to the end of the transaction; null: somebody applied it meanwhile. */
export async function lockPiece(
  tx: Tx,
  batchId: string,
  { position, kind }: OpenPiece,
  held: HeldPieces,
): Promise<Piece | null> {
  const known = held.get(position);
  if (known) {
    const open = await tx.select<{ position: number }>(
      'SELECT position FROM import_rows WHERE batch_id = ? AND position = ? AND outcome IS NULL FOR UPDATE',
      [batchId, position],
    );
    return open.length > 0 ? known : null;
  }
  const [row] = await tx.select<{ facts: unknown }>(
    'SELECT facts FROM import_rows WHERE batch_id = ? AND position = ? AND outcome IS NULL FOR UPDATE',
    [batchId, position],
  );
  return row ? arranged(kind, readJson<StagedPiece>(row.facts)) : null;
}

type StagedPiece = Piece & { readonly columns: readonly string[] };

/**
 * Rows in this release's order of columns: a process of another release may have staged them. One that it did not know
 * is empty; one that this release does not know would be lost, so that the piece is left to a process that does.
 */
export function arranged(kind: FactKind, { columns, ...piece }: StagedPiece): Piece {
  const wanted = kindOf(kind).columns;
  if (columns.join() === wanted.join()) return piece;
  const unknown = columns.filter((column) => !wanted.includes(column));
  if (unknown.length > 0) throw new AppError('internal', {}, { about: { kind, unknown: unknown.join() } });
  const places = wanted.map((column) => columns.indexOf(column));
  return { ...piece, rows: piece.rows.map((row) => places.map((place) => row[place] ?? null)) };
}

/** The facts lie in their table now; the piece goes with its run. */
export async function settlePiece(
  tx: Tx,
  { batchId, position }: { readonly batchId: string; readonly position: number },
  outcome: PieceOutcome,
): Promise<void> {
  await tx.execute('UPDATE import_rows SET outcome = ? WHERE batch_id = ? AND position = ?', [
    JSON.stringify(outcome),
    batchId,
    position,
  ]);
}

export async function outcomesOf(
  sql: Sql,
  batchId: string,
): Promise<(PieceOutcome & { readonly kind: FactKind })[]> {
  const rows = await sql.select<{ kind: FactKind; outcome: unknown }>(
    'SELECT kind, outcome FROM import_rows WHERE batch_id = ? AND outcome IS NOT NULL ORDER BY position',
    [batchId],
  );
  return rows.map((row) => ({ kind: row.kind, ...readJson<PieceOutcome>(row.outcome) }));
}
