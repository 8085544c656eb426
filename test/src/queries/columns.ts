import type { Database } from '@shigang/server';
import type { Kind } from './row-fields.ts';

/** A column of a result as the database describes it before any row is read. */
export interface Column {
  readonly name: string;
  /** Its name in its table; empty for an expression. */
  readonly origin: string;
  readonly kind: Kind;
  readonly mayBeNull: boolean;
}

/* Of the protocol (Protocol::ColumnDefinition41): types, the flag NOT NULL, the character set of bytes. */
const NUMBERS = new Set([0x01, 0x02, 0x03, 0x04, 0x05, 0x08, 0x09, 0x0d]);
const DECIMALS = new Set([0x00, 0xf6]);
const DAY = 0x0a;
const INSTANTS = new Set([0x07, 0x0c]);
const JSON_TYPE = 0xf5;
const TEXTS = new Set([0x0f, 0xf7, 0xf8, 0xf9, 0xfa, 0xfb, 0xfc, 0xfd, 0xfe]);
const NULL_TYPE = 0x06;
const NOT_NULL = 1;
const BYTES = 63;

interface ColumnDefinition {
  readonly name: string;
  readonly orgName: string;
  readonly columnType: number;
  readonly characterSet: number;
  readonly flags: number;
}
interface PreparingConnection {
  prepare(
    sql: string,
    done: (
      error: Error | null,
      statement: { readonly columns: readonly ColumnDefinition[]; close(): void } | undefined,
    ) => void,
  ): void;
}

/** Prepares statements, which tells their columns without values for the marks and without running anything. */
export async function withColumnsOf<T>(
  db: Database,
  work: (columnsOf: (sql: string) => Promise<Column[]>) => Promise<T>,
): Promise<T> {
  const runner = db.dataSource.createQueryRunner();
  try {
    const connection = (await runner.connect()) as PreparingConnection;
    return await work((sql) => prepared(connection, sql));
  } finally {
    await runner.release();
  }
}

const prepared = (connection: PreparingConnection, sql: string): Promise<Column[]> =>
  new Promise((resolve, reject) => {
    connection.prepare(sql, (error, statement) => {
      if (error || !statement) {
        reject(error ?? new Error('no statement'));
        return;
      }
      statement.close();
      resolve(statement.columns.map(columnOf));
    });
  });

const columnOf = (definition: ColumnDefinition): Column => ({
  name: definition.name,
  origin: definition.orgName,
  kind: kindOf(definition),
  mayBeNull: (definition.flags & NOT_NULL) === 0,
});

/** What mysql2 makes of it with the options of `Database.open`: days and decimals are texts. */
function kindOf({ columnType, characterSet, name }: ColumnDefinition): Kind {
  if (NUMBERS.has(columnType)) return 'number';
  if (INSTANTS.has(columnType)) return 'Date';
  if (columnType === DAY || DECIMALS.has(columnType) || columnType === NULL_TYPE) return 'string';
  if (columnType === JSON_TYPE) return 'json';
  if (TEXTS.has(columnType)) return characterSet === BYTES ? 'Buffer' : 'string';
  throw new Error(`a column of unknown type ${columnType}: ${name}`);
}
