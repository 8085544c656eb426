import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll, TABLE } from './statements.ts';

const STATEMENTS = [
  `CREATE TABLE incentive_plans (
        plan_id VARCHAR(64) NOT NULL,
        version INT NOT NULL,
        valid_from DATE NOT NULL,
        name VARCHAR(128) NOT NULL,
        state VARCHAR(14) NOT NULL COMMENT 'draft, consultation, published, effective',
        doc LONGTEXT NOT NULL COMMENT 'canonical JSON of the plan file',
        content_hash CHAR(64) NOT NULL,
        created_at DATETIME(3) NOT NULL,
        created_by VARCHAR(96) NOT NULL,
        PRIMARY KEY (plan_id, version)
      ) ${TABLE}`,
  `CREATE TABLE plan_records (
        plan_id VARCHAR(64) NOT NULL,
        version INT NOT NULL,
        step VARCHAR(16) NOT NULL COMMENT 'consultation, publication',
        marked VARCHAR(12) NOT NULL COMMENT 'inside, outside',
        text_hash CHAR(64) NOT NULL,
        note TEXT NULL,
        recorded_by VARCHAR(96) NOT NULL,
        recorded_at DATETIME(3) NOT NULL,
        PRIMARY KEY (plan_id, version, step)
      ) ${TABLE}`,
  `CREATE TABLE statements (
        period CHAR(6) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        status VARCHAR(8) NOT NULL DEFAULT 'open' COMMENT 'open, locked, paid',
        total_fen BIGINT NOT NULL,
        old_total_fen BIGINT NULL COMMENT 'comparison plan; NULL: no plan to compare with',
        line_count INT NOT NULL,
        doc_version SMALLINT NOT NULL,
        doc_hash CHAR(64) NOT NULL,
        doc LONGTEXT NOT NULL COMMENT 'canonical lines without formula text',
        computed_at DATETIME(3) NOT NULL,
        PRIMARY KEY (period, user_id)
      ) ${TABLE}`,
  `CREATE TABLE statement_totals (
        period CHAR(6) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        plan_id VARCHAR(64) NOT NULL,
        component VARCHAR(64) NOT NULL,
        amount_fen BIGINT NOT NULL,
        line_count INT NOT NULL,
        PRIMARY KEY (period, user_id, plan_id, component)
      ) ${TABLE}`,
];

/** Incentive plans with the records of their publication; statements as one document each, totals beside. */
export class Incentive1760000000005 implements MigrationInterface {
  name = 'Incentive1760000000005';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
