import { createHash } from 'node:crypto';
import { Database, type Sql } from '@shigang/server';
import { rememberUrl } from './database-url.ts';
import { testServers } from '../servers.ts';

/* Databases that a whole run of jest shares: filled once by whoever asks first, copied by the others, never written again. */

const COLLATION = 'CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';
/** Longer than the slowest filling on a loaded machine. */
const LOCK_S = 300;
/** Emptying more rows than this takes longer than a new database. */
const MANY_ROWS = 20_000;

type Entities = Parameters<typeof Database.open>[1];

/** Name of the migrated database that `fill` has filled; the same `key` must always mean the same rows. */
export async function databaseOfRun(
  key: string,
  fill: (db: Database) => Promise<unknown> = () => Promise.resolve(),
  entities: Entities = [],
): Promise<string> {
  const { databaseUrl, runId } = testServers();
  const id = createHash('sha256').update(key).digest('hex').slice(0, 8);
  const name = `shigang_test_${runId}_${process.env['TEST_JEST_PID'] ?? process.pid}_${id}`;
  const server = await Database.open(databaseUrl, [], 1);
  try {
    await server.select('SELECT GET_LOCK(?, ?)', [name, LOCK_S]);
    // An empty database beside it says that it is complete: whoever died while filling leaves none.
    if (await isThere(server, `${name}_full`)) return name;
    await server.execute(`DROP DATABASE IF EXISTS ${name}`);
    await server.execute(`CREATE DATABASE ${name} ${COLLATION}`);
    const db = rememberUrl(await Database.open(`${databaseUrl}/${name}`, entities), `${databaseUrl}/${name}`);
    try {
      await db.migrate();
      await fill(db);
    } finally {
      await db.close();
    }
    await server.execute(`CREATE DATABASE ${name}_full`);
    return name;
  } finally {
    await server.close();
  }
}

/** Whether a database is there, with the tables of `template` as the migrations made them. */
export async function isAsMigrated(server: Sql, name: string, template: string): Promise<boolean> {
  if (!(await isThere(server, name))) return false;
  const [ours, wanted] = [await layoutOf(server, name), await layoutOf(server, template)];
  return ours === wanted;
}

/** The rows of `template` and no others. */
export async function restoreRows(db: Database, template: string): Promise<void> {
  const tables = await tablesOf(db, template);
  const filled = await filledOf(db, template, tables);
  await db.transaction(async (tx) => {
    for (const table of tables) await tx.execute(`DELETE FROM ${table}`);
    for (const table of filled) await tx.execute(`INSERT INTO ${table} SELECT * FROM ${template}.${table}`);
  });
}

/** Whether emptying it is quicker than making it anew. */
export async function isSmall(server: Sql, name: string): Promise<boolean> {
  const [sum] = await server.select<{ n: number | null }>(
    'SELECT SUM(table_rows) AS n FROM information_schema.tables WHERE table_schema = ?',
    [name],
  );
  return Number(sum?.n ?? 0) < MANY_ROWS;
}

export async function tablesOf(db: Sql, name: string): Promise<string[]> {
  const rows = await db.select<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [name],
  );
  return rows.map((row) => row.name).sort();
}

/** Those that hold a row: copying nothing costs as much as copying a little. */
async function filledOf(db: Sql, name: string, tables: readonly string[]): Promise<string[]> {
  const questions = tables.map((table) => `SELECT '${table}' AS name FROM ${name}.${table} LIMIT 1`);
  const rows = await db.select<{ name: string }>(questions.map((one) => `(${one})`).join(' UNION ALL '));
  return rows.map((row) => row.name);
}

async function isThere(server: Sql, name: string): Promise<boolean> {
  const found = await server.select('SELECT 1 FROM information_schema.schemata WHERE schema_name = ?', [
    name,
  ]);
  return found.length > 0;
}

/** Columns and keys as one text. */
async function layoutOf(server: Sql, name: string): Promise<string> {
  const columns = await server.select(
    `SELECT table_name, column_name, column_type, is_nullable, column_default, extra
     FROM information_schema.columns WHERE table_schema = ? ORDER BY table_name, ordinal_position`,
    [name],
  );
  const keys = await server.select(
    `SELECT table_name, index_name, seq_in_index, column_name, non_unique
     FROM information_schema.statistics WHERE table_schema = ? ORDER BY table_name, index_name, seq_in_index`,
    [name],
  );
  return JSON.stringify([columns, keys]);
}
