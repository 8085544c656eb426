import { Database } from '@shigang/server';
import { afterSuite, testServers } from './servers.ts';

type Entities = Parameters<typeof Database.open>[1];

const urls = new WeakMap<Database, string>();
let count = 0;

/**
 * A database of this suite alone, `shigang_test_<clone>_<pid>_<n>`, migrated; dropped and closed after the last test.
 * @param options.entities typeorm entities that the suite uses through repositories
 * @param options.migrate false leaves it empty
 */
export async function createTestDatabase(
  options: { entities?: Entities; migrate?: boolean } = {},
): Promise<Database> {
  const { databaseUrl, runId } = testServers();
  const name = `shigang_test_${runId}_${process.pid}_${++count}`;
  const server = await Database.open(databaseUrl, [], 1);
  await server.execute(`DROP DATABASE IF EXISTS ${name}`);
  await server.execute(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  const url = `${databaseUrl}/${name}`;
  const db = await Database.open(url, options.entities ?? []);
  urls.set(db, url);
  afterSuite(async () => {
    await db.close();
    await server.execute(`DROP DATABASE IF EXISTS ${name}`);
    await server.close();
  });
  if (options.migrate !== false) await db.migrate();
  return db;
}

/** `DATABASE_URL` of a database made by {@link createTestDatabase}, for processes that the suite starts. */
export function urlOf(db: Database): string {
  const url = urls.get(db);
  if (url === undefined) throw new Error('not a database of createTestDatabase()');
  return url;
}

/** Name of such a database. */
export const nameOf = (db: Database): string => urlOf(db).slice(urlOf(db).lastIndexOf('/') + 1);
