import { Database } from '@shigang/server';
import { databaseOfRun, isAsMigrated, isSmall, restoreRows } from './database-of-run.ts';
import { rememberUrl } from './database-url.ts';
import { afterSuite, testServers } from '../servers.ts';

export { nameOf, urlOf } from './database-url.ts';

export interface TestDatabaseOptions {
  /** typeorm entities that the suite uses through repositories. */
  readonly entities?: Parameters<typeof Database.open>[1];
  /** False leaves it empty. */
  readonly migrate?: boolean;
  /** Name of a {@link databaseOfRun} whose rows it has from the start. */
  readonly rowsOf?: string;
}

let count = 0;

/**
 * A database of this suite alone, `shigang_test_<clone>_<pid>_<n>`, migrated; closed after the last test. A migrated one
 * stays for the next suite of this process, which finds it as if it were new; an empty one is dropped.
 */
export async function createTestDatabase(options: TestDatabaseOptions = {}): Promise<Database> {
  const { databaseUrl, runId } = testServers();
  const name = `shigang_test_${runId}_${process.pid}_${++count}`;
  const template = options.migrate === false ? null : (options.rowsOf ?? (await databaseOfRun('migrated')));
  const server = await Database.open(databaseUrl, [], 1);
  const isThere = template !== null && (await isAsMigrated(server, name, template));
  if (!isThere) {
    await server.execute(`DROP DATABASE IF EXISTS ${name}`);
    await server.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  }
  const url = `${databaseUrl}/${name}`;
  const db = rememberUrl(await Database.open(url, options.entities ?? []), url);
  afterSuite(async () => {
    await db.close();
    const stays = template !== null && (await isSmall(server, name));
    if (!stays) await server.execute(`DROP DATABASE IF EXISTS ${name}`);
    await server.close();
  });
  if (template === null) return db;
  if (!isThere) await db.migrate();
  await restoreRows(db, template);
  return db;
}
