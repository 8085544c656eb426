import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll, TABLE } from './statements.ts';

const STATEMENTS = [
  `CREATE TABLE schedule_marks (
        name VARCHAR(48) NOT NULL PRIMARY KEY,
        last_due_ms BIGINT NOT NULL COMMENT 'business instant of the last occurrence that was run',
        lease_until DATETIME(3) NULL COMMENT 'real time: somebody is running the next one'
      ) ${TABLE}`,
];

/** What of the schedule has run, in business time: Redis may be emptied, and the demo's clock jumps. */
export class Schedule1760000000006 implements MigrationInterface {
  name = 'Schedule1760000000006';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
