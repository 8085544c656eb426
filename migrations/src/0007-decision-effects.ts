import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll, TABLE } from './statements.ts';

const STATEMENTS = [
  `ALTER TABLE inbox
        ADD COLUMN attempts INT NOT NULL DEFAULT 0,
        ADD COLUMN due_at DATETIME(3) NULL COMMENT 'real time of the next attempt; NULL = at once',
        ADD COLUMN lease_owner VARCHAR(64) NULL,
        ADD COLUMN lease_until DATETIME(3) NULL`,
  `ALTER TABLE notices
        ADD COLUMN decision_id CHAR(36) NULL,
        ADD COLUMN button VARCHAR(20) NULL COMMENT 'NULL: written by the earlier release',
        ADD COLUMN seen_at DATETIME(3) NULL COMMENT 'business time: opened in the app, which proves it as well',
        ADD KEY notices_decision (decision_id)`,
  `CREATE TABLE role_changes (
        decision_id CHAR(36) NOT NULL PRIMARY KEY,
        cycle_id VARCHAR(40) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        from_role VARCHAR(16) NOT NULL,
        to_role VARCHAR(16) NOT NULL,
        not_before DATE NULL COMMENT 'the date D that HR gave',
        plan_id VARCHAR(64) NULL COMMENT 'pay plan of the new role, as the text names it',
        plan_version INT NULL,
        consent_text TEXT NOT NULL COMMENT 'exactly what the person answers to',
        consent_hash CHAR(64) NOT NULL COMMENT 'SHA-256 of plan id, version and text',
        offered_on DATE NOT NULL,
        reply_due_on DATE NOT NULL COMMENT 'last day of the reply period, included',
        state VARCHAR(12) NOT NULL DEFAULT 'open' COMMENT 'open, returned, agreed, effective, kept, replaced, cancelled',
        returned_why VARCHAR(16) NULL COMMENT 'talk, decline, overdue, refused, withdrawn, no_approver',
        returned_remark TEXT NULL,
        returned_at DATETIME(3) NULL COMMENT 'business time, as all of this table',
        is_for_admin TINYINT NOT NULL DEFAULT 0 COMMENT 'second refusal of one person',
        ground TEXT NULL COMMENT 'legal ground on which HR goes on without the person''s agreement',
        ground_by VARCHAR(96) NULL,
        ground_at DATETIME(3) NULL,
        manager_agreed_at DATETIME(3) NULL,
        effective_on DATE NULL COMMENT 'the day that came out; NULL until both have agreed',
        settled_at DATETIME(3) NULL,
        settled_by VARCHAR(96) NULL,
        KEY role_changes_cycle (cycle_id, state),
        KEY role_changes_person (user_id),
        KEY role_changes_due (state, reply_due_on),
        KEY role_changes_effective (state, effective_on)
      ) ${TABLE}`,
  `CREATE TABLE replies (
        decision_id CHAR(36) NOT NULL PRIMARY KEY,
        cycle_id VARCHAR(40) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        answer VARCHAR(8) NOT NULL COMMENT 'agree, talk, decline',
        text TEXT NULL,
        consent_hash CHAR(64) NOT NULL COMMENT 'of the text that was on the screen',
        channel VARCHAR(8) NOT NULL COMMENT 'app, cli',
        replied_at DATETIME(3) NOT NULL,
        KEY replies_person (user_id)
      ) ${TABLE} COMMENT 'never changed: one answer per decision'`,
  `CREATE TABLE approvals (
        approval_id CHAR(36) NOT NULL PRIMARY KEY COMMENT 'carried in the form, so that it can be found again',
        decision_id CHAR(36) NOT NULL,
        cycle_id VARCHAR(40) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        decided_by VARCHAR(96) NOT NULL COMMENT 'who starts it, if a person in service',
        starter_user_id VARCHAR(64) NULL,
        approver_user_id VARCHAR(64) NULL,
        is_gated TINYINT NOT NULL COMMENT 'waits until the evidence is there',
        gate_opened_at DATETIME(3) NULL,
        state VARCHAR(12) NOT NULL COMMENT 'waiting, starting, running, agreed, refused, terminated, withdrawn, impossible, cancelled',
        process_code VARCHAR(64) NULL,
        instance_id VARCHAR(64) NULL,
        first_tried_at DATETIME(3) NULL COMMENT 'first attempt that may have gone out; business time, as all of this table',
        started_at DATETIME(3) NULL,
        started_real DATETIME(3) NULL COMMENT 'real time: it can be withdrawn 15 s later',
        settled_at DATETIME(3) NULL,
        settled_by VARCHAR(64) NULL,
        remark TEXT NULL,
        UNIQUE KEY approvals_decision (decision_id),
        UNIQUE KEY approvals_instance (instance_id),
        KEY approvals_cycle (cycle_id, state),
        KEY approvals_state (state, started_at)
      ) ${TABLE}`,
  `CREATE TABLE approval_forms (
        name VARCHAR(64) NOT NULL PRIMARY KEY,
        process_code VARCHAR(64) NULL,
        content_hash CHAR(64) NOT NULL,
        first_tried_at DATETIME(3) NULL,
        saved_at DATETIME(3) NULL
      ) ${TABLE}`,
  `CREATE TABLE roster_transfers (
        decision_id CHAR(36) NOT NULL PRIMARY KEY,
        cycle_id VARCHAR(40) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        to_role VARCHAR(16) NOT NULL,
        dept_id BIGINT NULL,
        position_name VARCHAR(128) NULL,
        state VARCHAR(12) NOT NULL COMMENT 'waiting, done, already, not_mapped, failed, cancelled',
        detail TEXT NULL,
        settled_at DATETIME(3) NULL COMMENT 'business time'
      ) ${TABLE}`,
  `CREATE TABLE training_plans (
        decision_id CHAR(36) NOT NULL PRIMARY KEY,
        cycle_id VARCHAR(40) NOT NULL,
        user_id VARCHAR(64) NOT NULL,
        planned_on DATE NOT NULL,
        due_on DATE NOT NULL,
        state VARCHAR(12) NOT NULL DEFAULT 'open' COMMENT 'open, cancelled',
        todo_id VARCHAR(64) NULL,
        todo_state VARCHAR(12) NOT NULL DEFAULT 'waiting' COMMENT 'waiting, open, done, deleted, failed',
        todo_first_tried_at DATETIME(3) NULL,
        todo_creator VARCHAR(64) NULL COMMENT 'union id under which it was made',
        todo_detail TEXT NULL,
        KEY training_plans_person (user_id),
        KEY training_plans_cycle (cycle_id)
      ) ${TABLE}`,
  `CREATE TABLE training_plan_courses (
        decision_id CHAR(36) NOT NULL,
        seq INT NOT NULL,
        course VARCHAR(128) NOT NULL,
        dimension_id VARCHAR(64) NOT NULL,
        dimension_name VARCHAR(128) NOT NULL,
        due_on DATE NOT NULL,
        PRIMARY KEY (decision_id, seq)
      ) ${TABLE}`,
];

/** What a decision brings about: replies, role changes, approvals, transfers, training plans; leases of the inbox. */
export class DecisionEffects1760000000007 implements MigrationInterface {
  name = 'DecisionEffects1760000000007';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
