import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll, TABLE } from './statements.ts';

const STATEMENTS = [
  `CREATE TABLE import_batches (
        id CHAR(36) NOT NULL PRIMARY KEY,
        kind VARCHAR(16) NOT NULL,
        file_name VARCHAR(255) NOT NULL,
        figures LONGTEXT NOT NULL COMMENT 'JSON: rows, inserted, updated, unchanged, rejected and warning counts',
        created_at DATETIME(3) NOT NULL,
        created_by VARCHAR(96) NOT NULL,
        undone_at DATETIME(3) NULL
      ) ${TABLE}`,
  `CREATE TABLE import_locks (
        kind VARCHAR(16) NOT NULL PRIMARY KEY
      ) ${TABLE} COMMENT 'an import locks the rows of its kinds: two at once have one effect'`,
  `INSERT INTO import_locks (kind) VALUES ('roles'), ('deals'), ('receipts'), ('renewals'), ('feedback'),
        ('collaborations'), ('trainings'), ('assessments'), ('attendance')`,
  `CREATE TABLE import_warnings (
        batch_id CHAR(36) NOT NULL,
        position INT NOT NULL,
        kind VARCHAR(16) NOT NULL COMMENT 'the sheet of a workbook',
        row_number_in_file INT NOT NULL,
        field VARCHAR(64) NULL,
        code VARCHAR(32) NOT NULL,
        value VARCHAR(255) NULL,
        PRIMARY KEY (batch_id, position)
      ) ${TABLE}`,
  `CREATE TABLE fact_revisions (
        batch_id CHAR(36) NOT NULL,
        kind VARCHAR(16) NOT NULL,
        natural_key VARCHAR(255) NOT NULL,
        previous LONGTEXT NOT NULL COMMENT 'JSON of the row before this batch changed it; what a batch inserted carries its id and has no revision',
        PRIMARY KEY (batch_id, kind, natural_key),
        KEY fact_revisions_key (kind, natural_key)
      ) ${TABLE}`,
  `CREATE TABLE dirty_marks (
        user_id VARCHAR(64) NOT NULL,
        quarter SMALLINT NOT NULL COMMENT 'year·4 + quarter − 1 of the fact day that changed',
        purpose VARCHAR(12) NOT NULL COMMENT 'profile, statement',
        marked_at DATETIME(3) NOT NULL,
        mark CHAR(36) NOT NULL COMMENT 'renewed by each change, so that a rebuild only clears what it saw',
        PRIMARY KEY (purpose, user_id, quarter)
      ) ${TABLE}`,
  `CREATE TABLE deals (
        deal_id VARCHAR(64) NOT NULL PRIMARY KEY,
        user_id VARCHAR(64) NOT NULL,
        customer VARCHAR(128) NULL,
        amount_fen BIGINT NULL COMMENT 'NULL only while open',
        status VARCHAR(4) NOT NULL COMMENT 'open, won, lost',
        opened_on DATE NULL,
        closed_on DATE NULL,
        stated_segment VARCHAR(8) NULL,
        contract_years SMALLINT NULL,
        product VARCHAR(128) NULL,
        credits TEXT NULL COMMENT 'JSON [[userid, bp] …] as stated; NULL: the employee alone',
        collected_fen BIGINT NULL,
        collected_on DATE NULL,
        refunded_fen BIGINT NULL,
        refunded_on DATE NULL,
        opened_q SMALLINT NOT NULL,
        closed_q SMALLINT NOT NULL,
        batch_id CHAR(36) NULL,
        KEY deals_closed (closed_q, user_id, stated_segment, amount_fen, status, opened_on, closed_on),
        KEY deals_first_won (status, user_id, stated_segment, amount_fen, closed_on),
        KEY deals_refunded (refunded_on)
      ) ${TABLE}`,
  `CREATE TABLE deal_credits (
        user_id VARCHAR(64) NOT NULL,
        anchor_on DATE NOT NULL COMMENT 'closed_on of the won deal',
        deal_id VARCHAR(64) NOT NULL,
        bp SMALLINT NOT NULL,
        share_fen BIGINT NOT NULL COMMENT 'by largest remainder, remaining fen to the lowest userid',
        amount_fen BIGINT NOT NULL COMMENT 'of the whole deal',
        stated_segment VARCHAR(8) NULL,
        PRIMARY KEY (user_id, anchor_on, deal_id),
        KEY deal_credits_deal (deal_id)
      ) ${TABLE} COMMENT 'won deals only; a row for a sole owner too'`,
  `CREATE TABLE receipts (
        receipt_id VARCHAR(64) NOT NULL PRIMARY KEY,
        deal_id VARCHAR(64) NOT NULL,
        received_on DATE NOT NULL,
        amount_fen BIGINT NOT NULL COMMENT 'negative = refund',
        batch_id CHAR(36) NULL,
        KEY receipts_deal (deal_id, received_on),
        KEY receipts_day (received_on)
      ) ${TABLE}`,
  `CREATE TABLE renewals (
        renewal_id VARCHAR(64) NOT NULL PRIMARY KEY,
        user_id VARCHAR(64) NOT NULL,
        customer VARCHAR(128) NULL,
        due_on DATE NOT NULL,
        renewed TINYINT NOT NULL,
        renewed_on DATE NULL,
        amount_fen BIGINT NULL,
        years SMALLINT NULL,
        credits TEXT NULL,
        due_q SMALLINT NOT NULL,
        batch_id CHAR(36) NULL,
        KEY renewals_due (due_q, user_id, renewed)
      ) ${TABLE}`,
  `CREATE TABLE renewal_credits (
        user_id VARCHAR(64) NOT NULL,
        anchor_on DATE NOT NULL COMMENT 'renewed_on',
        renewal_id VARCHAR(64) NOT NULL,
        bp SMALLINT NOT NULL,
        share_fen BIGINT NOT NULL,
        amount_fen BIGINT NOT NULL,
        years SMALLINT NOT NULL,
        PRIMARY KEY (user_id, anchor_on, renewal_id),
        KEY renewal_credits_renewal (renewal_id)
      ) ${TABLE} COMMENT 'renewed contracts only'`,
  `CREATE TABLE feedback (
        feedback_id VARCHAR(64) NOT NULL PRIMARY KEY,
        user_id VARCHAR(64) NOT NULL,
        customer VARCHAR(128) NULL,
        given_on DATE NOT NULL,
        score_tenths SMALLINT NULL,
        text TEXT NULL,
        given_q SMALLINT NOT NULL,
        batch_id CHAR(36) NULL,
        KEY feedback_given (given_q, user_id, score_tenths, given_on)
      ) ${TABLE}`,
  `CREATE TABLE collaborations (
        collaboration_id VARCHAR(64) NOT NULL PRIMARY KEY,
        user_id VARCHAR(64) NOT NULL,
        to_department VARCHAR(128) NULL,
        subject VARCHAR(255) NULL,
        requested_at DATETIME NOT NULL COMMENT 'Asia/Shanghai wall time, as all three',
        responded_at DATETIME NULL,
        resolved_at DATETIME NULL,
        solved TINYINT NULL,
        requested_q SMALLINT NOT NULL,
        resolved_q SMALLINT NOT NULL,
        response_sec INT NULL,
        batch_id CHAR(36) NULL,
        KEY collaborations_requested (requested_q, user_id, response_sec),
        KEY collaborations_resolved (resolved_q, user_id, solved, resolved_at)
      ) ${TABLE}`,
  `CREATE TABLE trainings (
        user_id VARCHAR(64) NOT NULL,
        course VARCHAR(128) NOT NULL,
        finished_on DATE NOT NULL,
        passed TINYINT NOT NULL,
        batch_id CHAR(36) NULL,
        PRIMARY KEY (user_id, course, finished_on)
      ) ${TABLE}`,
  `CREATE TABLE assessments (
        user_id VARCHAR(64) NOT NULL,
        dimension VARCHAR(64) NOT NULL,
        taken_on DATE NOT NULL,
        score_ten_thousandths INT NOT NULL COMMENT '0–1,000,000 for 0–100',
        batch_id CHAR(36) NULL,
        PRIMARY KEY (user_id, dimension, taken_on)
      ) ${TABLE}`,
  `CREATE TABLE attendance_days (
        user_id VARCHAR(64) NOT NULL,
        day DATE NOT NULL,
        scheduled_ten_thousandths INT NOT NULL COMMENT 'decimal days 0–1',
        worked_ten_thousandths INT NOT NULL,
        leave_ten_thousandths INT NOT NULL,
        batch_id CHAR(36) NULL,
        PRIMARY KEY (user_id, day),
        KEY attendance_day (day, user_id)
      ) ${TABLE}`,
];

/**
 * Imported facts. `*_q` columns hold year·4 + quarter − 1 in Asia/Shanghai, 9999 where the day is missing; they lead the
 * covering indexes that the profile rebuild reads.
 */
export class Facts1760000000003 implements MigrationInterface {
  name = 'Facts1760000000003';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
