import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll, TABLE } from './statements.ts';

const STATEMENTS = [
  `CREATE TABLE departments (
        dept_id BIGINT NOT NULL PRIMARY KEY,
        name VARCHAR(128) NOT NULL,
        parent_id BIGINT NULL,
        manager_user_ids TEXT NOT NULL COMMENT 'JSON array of userids',
        active TINYINT NOT NULL DEFAULT 1,
        updated_at DATETIME(3) NOT NULL,
        KEY departments_parent (parent_id)
      ) ${TABLE}`,
  `CREATE TABLE employees (
        user_id VARCHAR(64) NOT NULL PRIMARY KEY,
        union_id VARCHAR(64) NULL,
        name VARCHAR(64) NOT NULL,
        job_number VARCHAR(64) NULL,
        title VARCHAR(128) NULL,
        main_dept_id BIGINT NULL,
        manager_user_id VARCHAR(64) NULL,
        hired_on DATE NULL,
        left_on DATE NULL COMMENT 'last working day',
        left_kind VARCHAR(12) NULL COMMENT 'voluntary, involuntary',
        gender VARCHAR(8) NULL,
        birth_year SMALLINT NULL,
        active TINYINT NOT NULL DEFAULT 1,
        updated_at DATETIME(3) NOT NULL,
        KEY employees_name (name),
        KEY employees_job_number (job_number),
        KEY employees_department (main_dept_id, active),
        KEY employees_manager (manager_user_id)
      ) ${TABLE}`,
  `CREATE TABLE employment_periods (
        user_id VARCHAR(64) NOT NULL,
        hired_on DATE NOT NULL COMMENT '1900-01-01 = unknown',
        left_on DATE NULL COMMENT 'last working day',
        left_kind VARCHAR(12) NULL,
        left_reason VARCHAR(255) NULL,
        PRIMARY KEY (user_id, hired_on),
        KEY employment_left (left_on)
      ) ${TABLE}`,
  `CREATE TABLE department_memberships (
        user_id VARCHAR(64) NOT NULL,
        dept_id BIGINT NOT NULL,
        valid_from DATE NOT NULL,
        valid_to DATE NULL COMMENT 'last day of it, included',
        is_main TINYINT NOT NULL,
        PRIMARY KEY (user_id, dept_id, valid_from),
        KEY memberships_department (dept_id, valid_from)
      ) ${TABLE}`,
  `CREATE TABLE dingtalk_roles (
        user_id VARCHAR(64) NOT NULL,
        role_name VARCHAR(64) NOT NULL,
        PRIMARY KEY (user_id, role_name)
      ) ${TABLE} COMMENT 'as DingTalk has them; the setting accessRoles maps them'`,
  `CREATE TABLE role_assignments (
        user_id VARCHAR(64) NOT NULL,
        valid_from DATE NOT NULL,
        role VARCHAR(16) NOT NULL,
        source VARCHAR(16) NOT NULL COMMENT 'import, decision',
        decision_id CHAR(36) NULL,
        batch_id CHAR(36) NULL,
        PRIMARY KEY (user_id, valid_from)
      ) ${TABLE}`,
  `CREATE TABLE sync_runs (
        id CHAR(36) NOT NULL,
        scope VARCHAR(16) NOT NULL,
        status VARCHAR(12) NOT NULL COMMENT 'running, complete, partial, failed',
        started_at DATETIME(3) NOT NULL,
        finished_at DATETIME(3) NULL,
        figures TEXT NULL COMMENT 'JSON: calls, metered calls, read, inserted, updated, deactivated',
        error TEXT NULL,
        PRIMARY KEY (id, scope),
        KEY sync_runs_scope (scope, started_at)
      ) ${TABLE}`,
  `CREATE TABLE sync_watermarks (
        scope VARCHAR(16) NOT NULL PRIMARY KEY,
        value VARCHAR(64) NOT NULL,
        updated_at DATETIME(3) NOT NULL
      ) ${TABLE}`,
];

/** People and departments from DingTalk with their dated histories; sync runs and watermarks. */
export class Org1760000000002 implements MigrationInterface {
  name = 'Org1760000000002';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
