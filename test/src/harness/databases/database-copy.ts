import type { Database } from '@shigang/server';
import { restoreRows } from './database-of-run.ts';
import { createTestDatabase, nameOf } from './test-database.ts';

/** The rows of a migrated database as they were, kept in a second one beside it. */
export interface DatabaseCopy {
  /** Every table of `target` (the original by default) as it was when the copy was taken, in one transaction. */
  restore(target?: Database): Promise<void>;
  /** A database of its own with the copied rows. */
  fork(): Promise<Database>;
}

/** Copies all rows; the original may go on. */
export async function copyDatabase(original: Database): Promise<DatabaseCopy> {
  const kept = await createTestDatabase({ rowsOf: nameOf(original) });
  return {
    restore: (target = original) => restoreRows(target, nameOf(kept)),
    fork: () => createTestDatabase({ rowsOf: nameOf(kept) }),
  };
}
