import type { Database } from '@shigang/server';

const urls = new WeakMap<Database, string>();

/** @returns the database */
export function rememberUrl(db: Database, url: string): Database {
  urls.set(db, url);
  return db;
}

/** `DATABASE_URL` of a database that the harness opened, for processes that the suite starts. */
export function urlOf(db: Database): string {
  const url = urls.get(db);
  if (url === undefined) throw new Error('not a database of the harness');
  return url;
}

/** Name of such a database. */
export const nameOf = (db: Database): string => urlOf(db).slice(urlOf(db).lastIndexOf('/') + 1);
