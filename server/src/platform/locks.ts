import type { SalesRole } from '@shigang/shared';
import type { Sql } from './database.ts';

/** Everything that is done by one at a time and has no row of its own to write. */
export type LockName =
  /** A sync run that applies its plan. */
  | 'org'
  /** Plan files being stored or published. */
  | 'plans'
  /** Versions of one role's model. */
  | `model:${SalesRole}`
  /** Steps of one review cycle. */
  | `cycle:${string}`
  /** Imports that begin to apply what they read; `taken` counts them. */
  | 'imports';

/**
 * Holds a name until the end of the transaction: whoever asks for it next waits. It writes its row, since on a cluster of
 * several nodes a lock that only reads excludes nobody on another node, while two writes of one row cannot both be
 * committed. Take it first, before anything is read that it protects.
 */
export async function lock(tx: Sql, name: LockName): Promise<void> {
  await tx.execute(
    'INSERT INTO locks (name, taken) VALUES (?, 1) ON DUPLICATE KEY UPDATE taken = taken + 1',
    [name],
  );
}

/** How often a lock has been taken. */
export async function timesTaken(sql: Sql, name: LockName): Promise<number> {
  const [row] = await sql.select<{ taken: number }>('SELECT taken FROM locks WHERE name = ?', [name]);
  return Number(row?.taken ?? 0);
}
