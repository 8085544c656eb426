import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll, TABLE } from './statements.ts';

const STATEMENTS = [
  `CREATE TABLE role_models (
        role VARCHAR(16) NOT NULL,
        version INT NOT NULL,
        valid_from CHAR(6) NOT NULL COMMENT '2026Q3',
        name VARCHAR(128) NOT NULL,
        doc LONGTEXT NOT NULL COMMENT 'canonical JSON of the model file',
        content_hash CHAR(64) NOT NULL,
        created_at DATETIME(3) NOT NULL,
        created_by VARCHAR(96) NOT NULL,
        PRIMARY KEY (role, version),
        KEY role_models_in_force (role, valid_from, version)
      ) ${TABLE}`,
  `CREATE TABLE profiles (
        period CHAR(6) NOT NULL,
        role VARCHAR(16) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        model_version INT NULL,
        main_dept_id BIGINT NULL,
        doc VARCHAR(8000) NOT NULL COMMENT 'positional: value (ten-thousandths) and n per metric',
        score_hundredths SMALLINT NULL,
        coverage_hundredths SMALLINT NULL,
        tier VARCHAR(20) NULL,
        computed_at DATETIME(3) NOT NULL COMMENT 'business time',
        PRIMARY KEY (period, role, user_id),
        KEY profiles_department (period, role, main_dept_id)
      ) ${TABLE} COMMENT 'last rebuild; a published cycle keeps rows of its own'`,
  `CREATE TABLE team_averages (
        period CHAR(6) NOT NULL,
        role VARCHAR(16) NOT NULL,
        dept_id BIGINT NOT NULL,
        metric VARCHAR(160) NOT NULL,
        value_ten_thousandths BIGINT NOT NULL,
        n INT NOT NULL,
        PRIMARY KEY (period, role, dept_id, metric)
      ) ${TABLE}`,
  `CREATE TABLE review_cycles (
        cycle_id VARCHAR(40) NOT NULL PRIMARY KEY,
        period CHAR(6) NOT NULL,
        role VARCHAR(16) NOT NULL,
        model_version INT NOT NULL,
        state VARCHAR(12) NOT NULL COMMENT 'draft, computing, review, published, closed',
        is_history TINYINT NOT NULL DEFAULT 0,
        actions VARCHAR(12) NOT NULL DEFAULT 'none' COMMENT 'whether publication started actions of tiers',
        frozen LONGTEXT NOT NULL COMMENT 'JSON: segment bounds and scope as of compute',
        snapshot_at DATETIME(3) NULL,
        created_at DATETIME(3) NOT NULL,
        created_by VARCHAR(96) NOT NULL,
        published_at DATETIME(3) NULL,
        published_by VARCHAR(96) NULL,
        closed_at DATETIME(3) NULL,
        version INT NOT NULL DEFAULT 1,
        UNIQUE KEY review_cycles_period (period, role)
      ) ${TABLE}`,
  `CREATE TABLE cycle_members (
        cycle_id VARCHAR(40) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        name VARCHAR(64) NOT NULL,
        main_dept_id BIGINT NULL,
        present_role VARCHAR(16) NOT NULL,
        hired_on DATE NULL,
        sums VARCHAR(4000) NOT NULL COMMENT 'positional sums from the one snapshot',
        doc LONGTEXT NULL COMMENT 'JSON: metrics, contributions, missing; NULL: not computed yet',
        score_hundredths SMALLINT NULL,
        coverage_hundredths SMALLINT NULL,
        tier VARCHAR(20) NULL COMMENT 'suggested',
        target_role VARCHAR(16) NULL,
        is_suggestion_changed TINYINT NOT NULL DEFAULT 0,
        has_left TINYINT NOT NULL DEFAULT 0 COMMENT 'by publication, frozen there',
        evidence LONGTEXT NULL COMMENT 'JSON: record ids per metric, frozen at publication',
        PRIMARY KEY (cycle_id, user_id),
        KEY cycle_members_department (cycle_id, main_dept_id)
      ) ${TABLE}`,
  `CREATE TABLE cycle_team_averages (
        cycle_id VARCHAR(40) NOT NULL,
        dept_id BIGINT NOT NULL,
        metric VARCHAR(160) NOT NULL,
        value_ten_thousandths BIGINT NOT NULL,
        n INT NOT NULL,
        PRIMARY KEY (cycle_id, dept_id, metric)
      ) ${TABLE}`,
  `CREATE TABLE decisions (
        decision_id CHAR(36) NOT NULL PRIMARY KEY,
        cycle_id VARCHAR(40) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        kind VARCHAR(8) NOT NULL COMMENT 'decided, later',
        tier VARCHAR(20) NULL,
        target_role VARCHAR(16) NULL,
        effective_on DATE NULL COMMENT 'the date D that HR gave; the day that comes out is kept by the reply',
        reason TEXT NULL,
        suggested_tier VARCHAR(20) NOT NULL,
        decided_by VARCHAR(96) NOT NULL,
        decided_at DATETIME(3) NOT NULL,
        replaces_id CHAR(36) NULL,
        current_key VARCHAR(110) NULL COMMENT 'cycle/user while in force, NULL once replaced',
        UNIQUE KEY decisions_current (current_key),
        KEY decisions_member (cycle_id, user_id, decided_at)
      ) ${TABLE}`,
  `CREATE TABLE cycle_flags (
        cycle_id VARCHAR(40) NOT NULL,
        flag_id VARCHAR(64) NOT NULL,
        doc LONGTEXT NOT NULL,
        answer TEXT NULL,
        answered_by VARCHAR(96) NULL,
        answered_at DATETIME(3) NULL,
        PRIMARY KEY (cycle_id, flag_id)
      ) ${TABLE}`,
];

/** Role models, profiles, scores, review cycles and decisions. */
export class Review1760000000004 implements MigrationInterface {
  name = 'Review1760000000004';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
