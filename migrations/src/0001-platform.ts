import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll, TABLE } from './statements.ts';

const STATEMENTS = [
  `CREATE TABLE settings (
        name VARCHAR(64) NOT NULL PRIMARY KEY,
        value LONGTEXT NOT NULL COMMENT 'JSON',
        updated_at DATETIME(3) NOT NULL,
        updated_by VARCHAR(64) NOT NULL
      ) ${TABLE}`,
  `CREATE TABLE business_clock (
        id TINYINT NOT NULL PRIMARY KEY,
        anchor_business_ms BIGINT NOT NULL,
        anchor_real_ms BIGINT NOT NULL,
        offset_ms BIGINT NOT NULL DEFAULT 0
      ) ${TABLE} COMMENT 'one row; absent in production: business time = real time'`,
  `CREATE TABLE working_days (
        day DATE NOT NULL PRIMARY KEY,
        is_working TINYINT NOT NULL,
        source VARCHAR(64) NOT NULL
      ) ${TABLE} COMMENT 'exceptions to Monday–Friday'`,
  `CREATE TABLE outbox (
        id CHAR(36) NOT NULL PRIMARY KEY,
        kind VARCHAR(48) NOT NULL,
        business_key VARCHAR(160) NOT NULL,
        payload LONGTEXT NOT NULL COMMENT 'JSON',
        state VARCHAR(12) NOT NULL DEFAULT 'pending' COMMENT 'pending, sending, sent, dead, cancelled',
        due_at DATETIME(3) NOT NULL COMMENT 'real time; 9999-12-31 = waits for a gate',
        attempts INT NOT NULL DEFAULT 0,
        lease_owner VARCHAR(64) NULL,
        lease_until DATETIME(3) NULL,
        cycle_id VARCHAR(40) NULL,
        result LONGTEXT NULL COMMENT 'JSON: what the other side answered',
        last_error TEXT NULL,
        created_at DATETIME(3) NOT NULL,
        finished_at DATETIME(3) NULL,
        UNIQUE KEY outbox_business_key (business_key),
        KEY outbox_due (state, due_at),
        KEY outbox_cycle (cycle_id, state)
      ) ${TABLE}`,
  `CREATE TABLE inbox (
        event_id VARCHAR(128) NOT NULL PRIMARY KEY,
        kind VARCHAR(64) NOT NULL,
        subject VARCHAR(128) NOT NULL,
        payload LONGTEXT NOT NULL COMMENT 'JSON as received',
        born_at DATETIME(3) NOT NULL,
        received_at DATETIME(3) NOT NULL,
        state VARCHAR(12) NOT NULL DEFAULT 'pending' COMMENT 'pending, applied, dead',
        applied_at DATETIME(3) NULL,
        last_error TEXT NULL,
        KEY inbox_order (state, subject, born_at)
      ) ${TABLE}`,
  `CREATE TABLE call_ledger (
        id CHAR(36) NOT NULL PRIMARY KEY,
        called_at DATETIME(3) NOT NULL,
        month CHAR(7) NOT NULL COMMENT 'Asia/Shanghai, 2026-10',
        host VARCHAR(16) NOT NULL COMMENT 'api or oapi',
        method VARCHAR(8) NOT NULL,
        path VARCHAR(160) NOT NULL,
        purpose VARCHAR(48) NOT NULL,
        metered TINYINT NOT NULL,
        outcome VARCHAR(24) NOT NULL COMMENT 'ok or the kind of failure',
        error_code VARCHAR(96) NULL,
        took_ms INT NOT NULL,
        KEY call_ledger_month (month, metered, purpose)
      ) ${TABLE}`,
  `CREATE TABLE audit_log (
        seq BIGINT NOT NULL PRIMARY KEY,
        happened_at DATETIME(3) NOT NULL COMMENT 'business time',
        actor VARCHAR(96) NOT NULL,
        action VARCHAR(64) NOT NULL,
        subject_kind VARCHAR(32) NOT NULL,
        subject_id VARCHAR(128) NOT NULL,
        before_value LONGTEXT NULL COMMENT 'JSON',
        after_value LONGTEXT NULL COMMENT 'JSON',
        reason TEXT NULL,
        previous_hash CHAR(64) NOT NULL,
        hash CHAR(64) NOT NULL,
        KEY audit_subject (subject_kind, subject_id, seq),
        KEY audit_actor (actor, seq)
      ) ${TABLE} COMMENT 'append-only, hash-chained from its first row'`,
  `CREATE TABLE audit_head (
        id TINYINT NOT NULL PRIMARY KEY,
        seq BIGINT NOT NULL,
        hash CHAR(64) NOT NULL
      ) ${TABLE}`,
  `INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '${'0'.repeat(64)}')`,
  `CREATE TABLE sessions (
        token_hash CHAR(64) NOT NULL PRIMARY KEY,
        user_id VARCHAR(64) NOT NULL,
        corp_id VARCHAR(64) NOT NULL,
        created_at DATETIME(3) NOT NULL COMMENT 'real time, as all of this table',
        rotated_at DATETIME(3) NOT NULL,
        expires_at DATETIME(3) NOT NULL,
        revoked_at DATETIME(3) NULL,
        KEY sessions_user (user_id)
      ) ${TABLE}`,
  `CREATE TABLE notices (
        id CHAR(36) NOT NULL PRIMARY KEY COMMENT 'id of its outbox row',
        kind VARCHAR(32) NOT NULL,
        cycle_id VARCHAR(40) NULL,
        user_id VARCHAR(64) NOT NULL,
        wording INT NOT NULL DEFAULT 1,
        title VARCHAR(200) NOT NULL,
        body TEXT NOT NULL,
        link VARCHAR(500) NOT NULL,
        state VARCHAR(12) NOT NULL DEFAULT 'written' COMMENT 'written, accepted, delivered, swallowed, unknown, failed',
        task_id VARCHAR(64) NULL,
        first_tried_at DATETIME(3) NULL COMMENT 'business time of the first attempt that may have gone out',
        accepted_at DATETIME(3) NULL,
        delivery VARCHAR(32) NULL COMMENT 'what DingTalk told: read, unread, 143106 …',
        delivery_known_at DATETIME(3) NULL,
        KEY notices_cycle (cycle_id, kind),
        KEY notices_user (user_id)
      ) ${TABLE}`,
];

/** What every process stands on: settings, business clock, outbox, inbox, call ledger, audit, sessions, notices. */
export class Platform1760000000001 implements MigrationInterface {
  name = 'Platform1760000000001';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
