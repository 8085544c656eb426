import { DataSource, type EntityManager, type EntitySchema, type QueryRunner } from 'typeorm';
import { AppError } from '@shigang/shared';
import { migrations } from '@shigang/migrations';

export type SqlScalar = string | number | bigint | boolean | Date | Buffer | null;
/** A value of a prepared INSERT; bytes stand for a text in UTF-8. */
export type PreparedScalar = string | number | Buffer | null;
/** A scalar, or a non-empty list for `IN (?)`. */
export type SqlParam = SqlScalar | readonly SqlScalar[];

export interface ExecuteResult {
  affectedRows: number;
  insertId: number;
}

export interface InsertOptions {
  /** Columns overwritten when the key exists already; empty list: keep the old row (INSERT IGNORE). */
  readonly update?: readonly string[];
}

/** What both the database and an open transaction can do. */
export interface Sql {
  select<Row extends object>(sql: string, params?: readonly SqlParam[]): Promise<Row[]>;
  execute(sql: string, params?: readonly SqlParam[]): Promise<ExecuteResult>;
  /**
   * Multi-row INSERT in batches of {@link INSERT_ROWS}; returns the number of rows sent, or, where old rows are kept, of those
   * that were new.
   */
  insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlScalar[])[],
    options?: InsertOptions,
  ): Promise<number>;
  /** Streams rows as arrays in column order, without holding them. Dates arrive as 'YYYY-MM-DD' text, DATETIMEs as Date (UTC). */
  stream(sql: string, params: readonly SqlParam[], onRow: (row: SqlScalar[]) => void): Promise<void>;
}

/** An open transaction: SQL on its one connection, and typeorm's manager on the same. */
export interface Tx extends Sql {
  readonly manager: EntityManager;
  /**
   * As `insertMany`, by prepared statements: large texts travel as they are, where a literal has to be quoted character by
   * character. Whole numbers up to 2^53.
   */
  insertPrepared(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly PreparedScalar[])[],
    options?: InsertOptions,
  ): Promise<number>;
}

type EntityClass = (new () => object) | EntitySchema;

/** Rows per INSERT statement: bounded packets and locks (see docs/architecture.md). */
const INSERT_ROWS = 1_000;
/** Rows of a prepared INSERT: a few shapes only, since the server keeps each statement that a connection prepared. */
const PREPARED_ROWS = [64, 8, 1] as const;
/**
 * A transaction that lost against another is run again as a whole: deadlock, lock wait, certification failure, and a row
 * that changed after the transaction's snapshot (MariaDB 11).
 */
const RETRYABLE = new Set([1213, 1205, 1047, 1020]);
const MAX_TRANSACTION_TRIES = 6;
const POOL_SIZE = 12;

/** MySQL-protocol database: thin, typed, parameterised access plus typeorm's repositories and migrations. */
export class Database implements Sql {
  readonly dataSource: DataSource;

  private constructor(dataSource: DataSource) {
    this.dataSource = dataSource;
  }

  /** @throws AppError service.unavailable when the server cannot be reached */
  static async open(
    url: string,
    entities: readonly EntityClass[] = [],
    poolSize = POOL_SIZE,
  ): Promise<Database> {
    const dataSource = new DataSource({
      type: 'mysql',
      url,
      timezone: 'Z',
      charset: 'utf8mb4_bin',
      supportBigNumbers: true,
      bigNumberStrings: false,
      dateStrings: ['DATE'],
      poolSize,
      entities: [...entities],
      migrations: [...migrations],
      migrationsTransactionMode: 'none',
      // Both sides speak UTC; the session says the same on every engine, whatever the server's default.
      extra: { connectTimeout: 5_000 },
    });
    try {
      await dataSource.initialize();
    } catch (cause) {
      throw new AppError('service.unavailable', { service: '数据库' }, { cause });
    }
    return new Database(dataSource);
  }

  /** Runs what is missing; returns the names applied. */
  async migrate(): Promise<string[]> {
    const applied = await this.dataSource.runMigrations({ transaction: 'none' });
    return applied.map((migration) => migration.name);
  }

  /** Names of migrations that this release has and the database lacks. */
  async pendingMigrations(): Promise<string[]> {
    const known = await this.select<{ name: string }>('SELECT name FROM migrations').catch(() => []);
    const done = new Set(known.map((row) => row.name));
    return migrations.map((Migration) => new Migration().name).filter((name) => !done.has(name));
  }

  select<Row extends object>(sql: string, params: readonly SqlParam[] = []): Promise<Row[]> {
    return this.dataSource.query(sql, checked(params));
  }

  execute(sql: string, params: readonly SqlParam[] = []): Promise<ExecuteResult> {
    return this.dataSource.query<ExecuteResult>(sql, checked(params));
  }

  insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlScalar[])[],
    options?: InsertOptions,
  ): Promise<number> {
    return insertInBatches(this, insertHead(table, columns, options), rows);
  }

  async stream(sql: string, params: readonly SqlParam[], onRow: (row: SqlScalar[]) => void): Promise<void> {
    const runner = this.dataSource.createQueryRunner();
    try {
      await streamOn(runner, { sql, params }, onRow);
    } finally {
      await runner.release();
    }
  }

  /** One transaction (READ COMMITTED), run again as a whole when it lost against another. `work` must be safe to repeat. */
  transaction<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.#inTransaction('READ COMMITTED', work);
  }

  /** One consistent read: everything `work` selects is of the same instant. */
  snapshot<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return this.#inTransaction('REPEATABLE READ', work);
  }

  async #inTransaction<Result>(
    isolation: 'READ COMMITTED' | 'REPEATABLE READ',
    work: (tx: Tx) => Promise<Result>,
  ): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      const runner = this.dataSource.createQueryRunner();
      try {
        await runner.startTransaction(isolation);
        const result = await work(new TransactionSql(runner));
        await runner.commitTransaction();
        return result;
      } catch (error) {
        if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
        if (attempt >= MAX_TRANSACTION_TRIES || !isRetryable(error)) throw error;
      } finally {
        await runner.release();
      }
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }
}

class TransactionSql implements Tx {
  readonly #runner: QueryRunner;

  constructor(runner: QueryRunner) {
    this.#runner = runner;
  }

  get manager(): EntityManager {
    return this.#runner.manager;
  }

  select<Row extends object>(sql: string, params: readonly SqlParam[] = []): Promise<Row[]> {
    return this.#runner.query(sql, checked(params)) as Promise<Row[]>;
  }

  async execute(sql: string, params: readonly SqlParam[] = []): Promise<ExecuteResult> {
    return (await this.#runner.query(sql, checked(params))) as ExecuteResult;
  }

  insertMany(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly SqlScalar[])[],
    options?: InsertOptions,
  ): Promise<number> {
    return insertInBatches(this, insertHead(table, columns, options), rows);
  }

  async insertPrepared(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly PreparedScalar[])[],
    options?: InsertOptions,
  ): Promise<number> {
    const { head, tail } = insertHead(table, columns, options);
    const connection = (await this.#runner.connect()) as PreparingConnection;
    const marks = `(${columns.map(() => '?').join(', ')})`;
    let from = 0;
    for (const size of PREPARED_ROWS) {
      const sql = head.replace(/\?$/, Array.from({ length: size }, () => marks).join(', ')) + tail;
      for (; rows.length - from >= size; from += size) {
        // As text, since the protocol would carry a number as a float.
        const values = rows.slice(from, from + size).flatMap((row) => row.map(asText));
        await new Promise<void>((resolve, reject) => {
          connection.execute(sql, values, (error) => (error ? reject(error) : resolve()));
        });
      }
    }
    return rows.length;
  }

  stream(sql: string, params: readonly SqlParam[], onRow: (row: SqlScalar[]) => void): Promise<void> {
    return streamOn(this.#runner, { sql, params }, onRow);
  }
}

interface PreparingConnection {
  execute(
    sql: string,
    values: readonly (string | Buffer | null)[],
    done: (error: Error | null | undefined) => void,
  ): unknown;
}

const asText = (value: PreparedScalar): string | Buffer | null =>
  typeof value === 'number' ? String(value) : value;

const IDENTIFIER = /^[a-z_][a-z0-9_]*$/;

function insertHead(
  table: string,
  columns: readonly string[],
  options: InsertOptions | undefined,
): { head: string; tail: string; isKeeping: boolean } {
  for (const name of [table, ...columns, ...(options?.update ?? [])]) {
    if (!IDENTIFIER.test(name)) throw new TypeError(`not an identifier: ${name}`);
  }
  const isKeeping = options?.update?.length === 0;
  const ignore = isKeeping ? 'IGNORE ' : '';
  const updates = (options?.update ?? []).map((column) => `${column} = VALUES(${column})`).join(', ');
  return {
    head: `INSERT ${ignore}INTO ${table} (${columns.join(', ')}) VALUES ?`,
    tail: updates === '' ? '' : ` ON DUPLICATE KEY UPDATE ${updates}`,
    isKeeping,
  };
}

async function insertInBatches(
  sql: Pick<Sql, 'execute'>,
  statement: { head: string; tail: string; isKeeping: boolean },
  rows: readonly (readonly SqlScalar[])[],
): Promise<number> {
  let fresh = 0;
  for (let from = 0; from < rows.length; from += INSERT_ROWS) {
    const batch = rows.slice(from, from + INSERT_ROWS);
    const done = await sql.execute(statement.head + statement.tail, [batch as unknown as SqlScalar[]]);
    fresh += done.affectedRows;
  }
  return statement.isKeeping ? fresh : rows.length;
}

/** mysql2 turns a plain object into '[object Object]' and undefined into an error deep inside: refuse both here. */
function checked(params: readonly SqlParam[]): unknown[] {
  for (const param of params) {
    if (Array.isArray(param)) assertList(param);
    else assertScalar(param);
  }
  return params as unknown[];
}

/** A list for `IN (?)`, or the rows of a multi-row INSERT. */
function assertList(list: readonly unknown[]): void {
  if (list.length === 0) throw new TypeError('an empty list has no SQL form');
  list.filter((item) => !Array.isArray(item)).forEach(assertScalar);
}

function assertScalar(value: unknown): void {
  if (value === null || value instanceof Date || Buffer.isBuffer(value)) return;
  const type = typeof value;
  if (type !== 'string' && type !== 'number' && type !== 'bigint' && type !== 'boolean') {
    throw new TypeError(`not an SQL parameter: ${type}`);
  }
}

interface StreamingConnection {
  query(options: { sql: string; values: readonly SqlParam[]; rowsAsArray: true }): {
    on(event: 'result', listener: (row: SqlScalar[]) => void): unknown;
    on(event: 'error', listener: (error: Error) => void): unknown;
    on(event: 'end', listener: () => void): unknown;
  };
}

async function streamOn(
  runner: QueryRunner,
  statement: { sql: string; params: readonly SqlParam[] },
  onRow: (row: SqlScalar[]) => void,
): Promise<void> {
  const connection = (await runner.connect()) as StreamingConnection;
  checked(statement.params);
  await new Promise<void>((resolve, reject) => {
    const query = connection.query({ sql: statement.sql, values: statement.params, rowsAsArray: true });
    query.on('result', onRow);
    query.on('error', reject);
    query.on('end', resolve);
  });
}

function isRetryable(error: unknown): boolean {
  const errno =
    (error as { errno?: unknown; driverError?: { errno?: unknown } }).errno ??
    (error as { driverError?: { errno?: unknown } }).driverError?.errno;
  return typeof errno === 'number' && RETRYABLE.has(errno);
}
