import type { Database } from '@shigang/server';

/** Holds what a statement selects `FOR UPDATE`, or a table, on a connection of its own, until it is released. */
export async function held(db: Database, sql: string): Promise<() => Promise<void>> {
  const runner = db.dataSource.createQueryRunner();
  const isTable = sql.startsWith('LOCK TABLES');
  if (!isTable) await runner.startTransaction('READ COMMITTED');
  await runner.query(sql);
  return async () => {
    if (isTable) await runner.query('UNLOCK TABLES');
    else await runner.rollbackTransaction();
    await runner.release();
  };
}
