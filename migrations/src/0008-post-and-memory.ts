import type { MigrationInterface, QueryRunner } from 'typeorm';
import { runAll } from './statements.ts';

/** Kinds of outbox rows that became notices. */
const NOTICE_KINDS = "'notice.decision', 'notice.team_summary', 'notice.cycle_published'";
const OF_PAYLOAD = (name: string): string => `JSON_UNQUOTE(JSON_EXTRACT(o.payload, '$.${name}'))`;
/** What a row suffered, for the columns of whom it concerns. */
const SUFFERED = (table: string, prefix: string): string =>
  `${table}.${prefix}tries = o.attempts, ${table}.${prefix}error = o.last_error,
   ${table}.${prefix}given_up_at = IF(o.state = 'dead', o.finished_at, NULL)`;
const SUFFERED_COLUMNS = (prefix: string): string =>
  `ADD COLUMN ${prefix}tries INT NOT NULL DEFAULT 0,
        ADD COLUMN ${prefix}error TEXT NULL COMMENT 'of the last try',
        ADD COLUMN ${prefix}given_up_at DATETIME(3) NULL COMMENT 'real time'`;

const STATEMENTS = [
  `ALTER TABLE outbox
        MODIFY COLUMN kind VARCHAR(96) NOT NULL,
        ADD COLUMN lane VARCHAR(12) NOT NULL DEFAULT 'dingtalk' COMMENT 'house, dingtalk: drained independently',
        ADD KEY outbox_lane (lane, state, due_at),
        ADD KEY outbox_finished (state, finished_at)`,
  "UPDATE outbox SET lane = 'house' WHERE kind LIKE 'review.%'",
  `ALTER TABLE notices
        ADD COLUMN payload LONGTEXT NULL COMMENT 'JSON: all that the text is made of; NULL: written by an earlier release',
        ADD COLUMN business_key VARCHAR(160) NULL COMMENT 'kind and key: nobody is told the same twice',
        ADD COLUMN text_hash CHAR(64) NULL COMMENT 'SHA-256 of title, newline, body; NULL: not put into words yet',
        ${SUFFERED_COLUMNS('')},
        ADD UNIQUE KEY notices_business_key (business_key)`,
  `UPDATE notices n JOIN outbox o ON o.id = n.id
   SET n.payload = o.payload, n.business_key = o.business_key, ${SUFFERED('n', '')}`,
  'UPDATE notices SET text_hash = SHA2(CONCAT(title, CHAR(10), body), 256)',
  `INSERT INTO notices (id, kind, cycle_id, decision_id, user_id, wording, title, body, link, payload, business_key,
     tries, error, given_up_at)
   SELECT o.id, o.kind, o.cycle_id, ${OF_PAYLOAD('decisionId')}, ${OF_PAYLOAD('userId')},
     CAST(COALESCE(${OF_PAYLOAD('wording')}, '1') AS UNSIGNED), '', '', '', o.payload, o.business_key,
     o.attempts, o.last_error, IF(o.state = 'dead', o.finished_at, NULL)
   FROM outbox o LEFT JOIN notices n ON n.id = o.id
   WHERE n.id IS NULL AND o.kind IN (${NOTICE_KINDS}) AND o.state IN ('pending', 'sending', 'dead')`,
  `ALTER TABLE approvals
        ${SUFFERED_COLUMNS('start_')},
        ADD COLUMN withdraw_asked_at DATETIME(3) NULL COMMENT 'real time',
        ${SUFFERED_COLUMNS('withdraw_')}`,
  `UPDATE approvals a JOIN outbox o ON o.business_key = CONCAT('approval.start/', a.decision_id)
   SET ${SUFFERED('a', 'start_')}`,
  `UPDATE approvals a JOIN outbox o ON o.business_key = CONCAT('approval.withdraw/', a.decision_id)
   SET a.withdraw_asked_at = o.created_at, ${SUFFERED('a', 'withdraw_')}`,
  `ALTER TABLE roster_transfers ${SUFFERED_COLUMNS('')}`,
  `UPDATE roster_transfers t JOIN outbox o ON o.business_key = CONCAT('roster.transfer/', t.decision_id)
   SET ${SUFFERED('t', '')}`,
  `ALTER TABLE training_plans ${SUFFERED_COLUMNS('todo_')}, ${SUFFERED_COLUMNS('todo_end_')}`,
  `UPDATE training_plans p JOIN outbox o ON o.business_key = CONCAT('development.todo/', p.decision_id)
   SET ${SUFFERED('p', 'todo_')}`,
  ...['development.todo_done', 'development.todo_remove'].map(
    (kind) => `UPDATE training_plans p JOIN outbox o ON o.business_key = CONCAT('${kind}/', p.decision_id)
   SET ${SUFFERED('p', 'todo_end_')}`,
  ),
];

/** The outbox is post, not memory: what was told and what was suffered moves to whom it concerns; two lanes. */
export class PostAndMemory1760000000008 implements MigrationInterface {
  name = 'PostAndMemory1760000000008';

  up(runner: QueryRunner): Promise<void> {
    return runAll(runner, STATEMENTS);
  }

  down(): Promise<void> {
    return Promise.reject(new Error('migrations are forward-only'));
  }
}
