import type { QueryRunner } from 'typeorm';

/** Runs the statements in order; DDL commits by itself on both engines, so each must stand alone. */
export async function runAll(runner: QueryRunner, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await runner.query(statement);
}

/** Storage options of every table: binary collation, so that keys compare byte by byte. */
export const TABLE = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';
