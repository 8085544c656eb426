import type { Database } from '@shigang/server';
import { createTestDatabase, nameOf } from './test-database.ts';

/** The rows of a database as they were, kept in a second one beside it. */
export interface DatabaseCopy {
  /** Every table of `target` (the original by default) as it was when the copy was taken, in one transaction. */
  restore(target?: Database): Promise<void>;
  /** A database of its own with the copied tables and rows. */
  fork(): Promise<Database>;
}

/** Copies all rows; the original may go on. */
export async function copyDatabase(original: Database): Promise<DatabaseCopy> {
  const tables = await tablesOf(original);
  const kept = await filledDatabase(original, tables);
  return {
    restore: (target = original) =>
      target.transaction(async (tx) => {
        for (const table of tables) {
          await tx.execute(`DELETE FROM ${table}`);
          await tx.execute(`INSERT INTO ${table} SELECT * FROM ${nameOf(kept)}.${table}`);
        }
      }),
    fork: () => filledDatabase(kept, tables),
  };
}

async function filledDatabase(source: Database, tables: readonly string[]): Promise<Database> {
  const db = await createTestDatabase({ migrate: false });
  for (const table of tables) {
    await db.execute(`CREATE TABLE ${table} LIKE ${nameOf(source)}.${table}`);
    await db.execute(`INSERT INTO ${table} SELECT * FROM ${nameOf(source)}.${table}`);
  }
  return db;
}

async function tablesOf(db: Database): Promise<string[]> {
  const rows = await db.select<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_type = 'BASE TABLE'",
    [nameOf(db)],
  );
  return rows.map((row) => row.name).sort();
}
