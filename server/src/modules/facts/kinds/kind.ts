import type { Sql, SqlScalar } from '../../../platform/database.ts';

/** A stored row as scalars, in the order of its kind's `columns`. */
export type FactRow = readonly SqlScalar[];

/** A row that is new or differs from the stored one. */
export interface RowChange {
  /** Position among the facts of the call. */
  readonly position: number;
  readonly row: SqlScalar[];
  readonly previous: FactRow | null;
}

/** The value of a column of one row. */
export type Get = (column: string) => SqlScalar;

/** Share of one employee in a record, in basis points; the shares of one record sum to 10,000. */
export interface StatedCredit {
  readonly userId: string;
  readonly bp: number;
}

/** What one row, old or new, makes stale; `NO_QUARTER` counts for nothing. */
export interface Concern {
  readonly userIds: readonly string[];
  /** Quarters whose metrics rest on the row. */
  readonly profile: readonly number[];
  /** Quarters whose statements it prices. */
  readonly statement: readonly number[];
  /** People with a share who are not the record's own. */
  readonly creditIds?: readonly string[];
}

/** A record that rows of another kind hang on, as they need it. */
export interface Related {
  /** People with a share in it. */
  readonly userIds: readonly string[];
  /** Its closing, collection and refund days. */
  readonly days: readonly string[];
}

export interface ConcernContext {
  /** Quarter of the business day. */
  readonly currentQuarter: number;
  /** What {@link Kind.related} found, by id. */
  readonly related: ReadonlyMap<string, Related>;
}

/** Rows derived from an earning record: one per employee with a share, in fen by largest remainder. */
export interface CreditShape {
  readonly table: string;
  /** Column that names the record; its value is the record's key. */
  readonly id: string;
  /** The last column: what the pricing needs besides (segment, years). */
  readonly extra: string;
  /** What the row earns; null: nothing, or nothing any more. */
  readonly earned: (
    get: Get,
  ) => { readonly amountFen: number; readonly anchorOn: SqlScalar; readonly extra: SqlScalar } | null;
}

/** Kinds of records that a figure can rest on, as evidence names them. */
export type RecordKind =
  'deal' | 'renewal' | 'feedback' | 'collaboration' | 'training' | 'assessment' | 'role' | 'attendance';

/** How the records of a kind stand in an evidence list: SQL expressions over the kind's table. */
export interface RecordShape {
  readonly name: RecordKind;
  /** The id, or `userid|…|day` where the natural key has parts. */
  readonly id: string;
  /** The columns that `id` is made of, where it is made of several; the first is the person, the last a day. */
  readonly idParts?: readonly string[];
  /** The person whose figure it stands behind. */
  readonly person: string;
  /** The day that places it. */
  readonly on: string;
  readonly title: string;
  readonly outcome?: string;
  readonly amountFen?: string;
  readonly scoreTenths?: string;
  readonly scoreTenThousandths?: string;
  readonly responseSec?: string;
  readonly openedOn?: string;
  readonly text?: string;
}

/** How facts of one kind lie in their table. */
export interface TableShape {
  readonly table: string;
  /** The first `keyLength` columns are the natural key. */
  readonly keyLength: number;
  readonly columns: readonly string[];
  /** Columns that the file does not state but an import sets. */
  readonly constants: Readonly<Record<string, SqlScalar>>;
  /** DATETIME columns: they hold Shanghai wall time as text, which a driver would turn into an instant. */
  readonly wallTimes?: readonly string[];
}

/** Everything that the house knows of one kind of fact; how a row of a file is read stands in `intake/kinds`. */
export interface Kind<Fact> extends TableShape {
  /** The row to store; columns derived from others (quarters, seconds) included. */
  readonly toRow: (fact: Fact) => SqlScalar[];
  /** Who and which quarters a row concerns. */
  readonly concern: (get: Get, context: ConcernContext) => Concern;
  /** Looks up what the concern of these rows needs besides them. */
  readonly related?: (sql: Sql, rows: readonly FactRow[]) => Promise<ReadonlyMap<string, Related>>;
  /** A row of this kind as those that hang on it need it. */
  readonly asRelated?: (get: Get) => Related;
  readonly credits?: CreditShape;
  /** The records that stand behind a metric. */
  readonly records?: RecordShape;
}

/** The fact that a kind stores. */
export type FactOf<Each> = Each extends Kind<infer Fact> ? Fact : never;

/** `*_q` of a missing day. */
export const NO_QUARTER = 9999;

/** Quarter index of a day or of a wall time that begins with one, without making texts of periods. */
export function quarterOf(dayText: SqlScalar): number {
  if (typeof dayText !== 'string') return NO_QUARTER;
  return Number(dayText.slice(0, 4)) * 4 + Math.floor((Number(dayText.slice(5, 7)) - 1) / 3);
}

/** Concern of a record that counts for its own person in the quarter of one day. */
export function onOneDay(get: Get, column: string, isPriced: boolean): Concern {
  const quarters = [quarterOf(get(column))];
  return { userIds: [String(get('user_id'))], profile: quarters, statement: isPriced ? quarters : [] };
}

/** Reads columns of rows by name. */
export function columnReader(columns: readonly string[]): (row: FactRow) => Get {
  const indexOf = new Map(columns.map((column, index) => [column, index]));
  return (row) => (column) => row[indexOf.get(column) ?? -1] ?? null;
}
