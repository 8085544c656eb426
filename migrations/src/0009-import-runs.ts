import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll, TABLE } from './statements.ts';

const STATEMENTS = [
  `CREATE TABLE locks (
        name VARCHAR(80) NOT NULL PRIMARY KEY,
        taken BIGINT NOT NULL DEFAULT 0
      ) ${TABLE} COMMENT 'a lock is a write of its row, held to the end of the transaction'`,
  `CREATE TABLE import_runs (
        batch_id CHAR(36) NOT NULL PRIMARY KEY,
        kind VARCHAR(16) NOT NULL,
        kinds VARCHAR(255) NOT NULL COMMENT 'JSON: kinds of facts that it holds',
        file_name VARCHAR(255) NOT NULL,
        state VARCHAR(8) NOT NULL COMMENT 'reading, ready, applying, failed; a run that is through or refused is no more',
        figures LONGTEXT NULL COMMENT 'JSON: what reading counted; set when ready',
        ready_at BIGINT NULL COMMENT 'order in which runs of one kind are applied',
        attempts INT NOT NULL DEFAULT 0 COMMENT 'times that applying began',
        lease_owner CHAR(36) NOT NULL,
        lease_until DATETIME(3) NOT NULL COMMENT 'real time; after it anybody may go on with the run',
        created_at DATETIME(3) NOT NULL,
        created_by VARCHAR(96) NOT NULL,
        KEY import_runs_state (state, ready_at)
      ) ${TABLE} COMMENT 'imports under way'`,
  `CREATE TABLE import_rows (
        batch_id CHAR(36) NOT NULL,
        position INT NOT NULL,
        kind VARCHAR(16) NOT NULL,
        facts LONGTEXT NOT NULL COMMENT 'JSON: rows to store and their numbers in the file; empty once applied',
        outcome LONGTEXT NULL COMMENT 'JSON: figures, closed periods and what must be computed again',
        PRIMARY KEY (batch_id, position)
      ) ${TABLE} COMMENT 'facts that were read and found good, up to 1,000 a row, until they are applied'`,
];

/** Locks that write; imports in two passes: read and checked first, applied in short transactions after. */
export class ImportRuns1760000000009 implements MigrationInterface {
  name = 'ImportRuns1760000000009';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
