import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll, TABLE } from './statements.ts';

const STATEMENTS = [
  `CREATE TABLE job_runs (
        run_id CHAR(36) NOT NULL PRIMARY KEY,
        kind VARCHAR(48) NOT NULL,
        payload MEDIUMTEXT NOT NULL COMMENT 'JSON: ids, never data',
        title VARCHAR(200) NOT NULL,
        active_key VARCHAR(190) NULL COMMENT 'same work asked for twice; null once it is over',
        state VARCHAR(16) NOT NULL COMMENT 'queued, running, done, failed, cancelled',
        done INT NOT NULL DEFAULT 0,
        total INT NULL,
        sentence VARCHAR(500) NULL COMMENT 'what came of it, once it is over',
        outcome MEDIUMTEXT NULL COMMENT 'JSON of a run that is done',
        error_code VARCHAR(64) NULL,
        is_cancellable TINYINT NOT NULL,
        cancel_asked_by VARCHAR(96) NULL,
        started_by VARCHAR(96) NOT NULL,
        started_at DATETIME(3) NOT NULL COMMENT 'business time at which it was asked for',
        finished_at DATETIME(3) NULL COMMENT 'business time',
        attempts INT NOT NULL DEFAULT 0,
        lease_owner VARCHAR(96) NULL,
        lease_until DATETIME(3) NULL COMMENT 'real time: its worker lives at least so long',
        UNIQUE KEY one_active (active_key),
        KEY by_state (state, lease_until),
        KEY by_start (started_at, started_by)
      ) ${TABLE}`,
];

/** Long work that an endpoint or command started: what remembers it, tells how far it is and what came of it. */
export class JobRuns1760000000011 implements MigrationInterface {
  name = 'JobRuns1760000000011';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
