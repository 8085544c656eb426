import { AppError } from '@shigang/shared';
import { sqlInstant } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { NoticeDeps } from './deps.ts';
import { decisionNoticeKey, NOTICE_DECISION_KIND, type DecisionNoticePayload } from './kinds.ts';
import type { Notice, NoticeState } from './notice.entity.ts';
import { writeNotice } from './write-notice.ts';

/**
 * Whether a notice that certainly has not gone out still has to: not once its decision was replaced, not to somebody who
 * left, and in other words not once the first ones were read.
 */
export async function isNeeded(
  sql: Sql,
  notice: Pick<Notice, 'id' | 'decisionId' | 'userId'>,
): Promise<boolean> {
  if (notice.decisionId === null) return true;
  const rows = await sql.select(
    `SELECT 1 FROM decisions d JOIN employees e ON e.user_id = d.user_id
     WHERE d.decision_id = ? AND d.current_key IS NOT NULL AND e.active = 1 AND NOT EXISTS (
       SELECT 1 FROM notices n WHERE n.decision_id = d.decision_id AND n.id <> ?
         AND (n.state = 'delivered' OR n.seen_at IS NOT NULL))`,
    [notice.decisionId, notice.id],
  );
  return rows.length > 0;
}

/**
 * Opened by the person in the app, which proves that it arrived, also while no card could go out yet.
 * @returns whether that was news
 */
export async function markSeen(
  deps: NoticeDeps,
  tx: Tx,
  { decisionId, userId }: { readonly decisionId: string; readonly userId: string },
): Promise<boolean> {
  const at = sqlInstant(deps.clock.now());
  await writeUnsent(deps, tx, decisionId);
  // What has not gone out yet keeps its state: the card still comes.
  const done = await tx.execute(
    `UPDATE notices SET seen_at = ?, delivery_known_at = IF(state IN ('written', 'delivered'), delivery_known_at, ?),
       delivery = IF(state IN ('written', 'delivered'), delivery, 'seen'),
       state = IF(state = 'written', state, 'delivered')
     WHERE decision_id = ? AND user_id = ? AND seen_at IS NULL`,
    [at, at, decisionId, userId],
  );
  return done.affectedRows > 0;
}

/** The notice of a decision whose card waits: its text as it will go out. */
async function writeUnsent(deps: NoticeDeps, tx: Tx, decisionId: string): Promise<void> {
  const [row] = await tx.select<{ id: string; kind: string; payload: string }>(
    `SELECT o.id, o.kind, o.payload FROM outbox o LEFT JOIN notices n ON n.id = o.id
     WHERE o.business_key = ? AND o.state IN ('pending', 'sending') AND n.id IS NULL`,
    [decisionNoticeKey(decisionId)],
  );
  if (row) await writeNotice(deps, tx, { ...row, payload: JSON.parse(row.payload) as unknown });
}

interface SentNotice {
  readonly state: NoticeState;
  readonly seenAt: Date | null;
}

/** States after which a notice may be sent once more: it did not arrive, or nobody can tell. */
const RESENDABLE: readonly NoticeState[] = ['unknown', 'swallowed', 'failed'];

/** Whether a person may be told once more: none of the decision's notices arrived, none is on its way, one is needed. */
export async function mayTellAgain(
  sql: Sql,
  { decisionId, userId }: { readonly decisionId: string; readonly userId: string },
): Promise<boolean> {
  const sent = await sql.select<SentNotice>(
    'SELECT state, seen_at AS seenAt FROM notices WHERE decision_id = ?',
    [decisionId],
  );
  const isOpen = sent.every((one) => RESENDABLE.includes(one.state) && one.seenAt === null);
  return isOpen && !(await isUnderWay(sql, decisionId)) && isNeeded(sql, { id: '', decisionId, userId });
}

/**
 * A person's notice once more, in words that were not used yet, so that DingTalk does not swallow them. Only when none of
 * the decision's notices arrived and none is on its way.
 * @returns id of the new notice @throws AppError notice.not_resendable
 */
export async function resendNotice(
  deps: NoticeDeps,
  tx: Tx,
  { noticeId }: { readonly noticeId: string },
): Promise<string> {
  const payload = await payloadOf(tx, noticeId);
  const { decisionId, cycleId } = payload;
  const sent = await tx.select<{ wording: number }>(
    'SELECT wording FROM notices WHERE decision_id = ? ORDER BY wording FOR UPDATE',
    [decisionId],
  );
  if (!(await mayTellAgain(tx, payload))) throw new AppError('notice.not_resendable');
  const wording = Math.max(...sent.map((one) => one.wording)) + 1;
  return deps.outbox.add(tx, {
    kind: NOTICE_DECISION_KIND,
    businessKey: decisionNoticeKey(decisionId, wording),
    payload: { ...payload, wording },
    cycleId,
  });
}

async function payloadOf(tx: Tx, noticeId: string): Promise<DecisionNoticePayload> {
  const [row] = await tx.select<{ payload: string }>(
    `SELECT o.payload FROM outbox o JOIN notices n ON n.id = o.id
     WHERE o.id = ? AND o.kind = ? AND n.decision_id IS NOT NULL`,
    [noticeId, NOTICE_DECISION_KIND],
  );
  if (!row) throw new AppError('notice.not_resendable');
  return JSON.parse(row.payload) as DecisionNoticePayload;
}

/** A row that has not gone out has no notice yet. */
async function isUnderWay(sql: Sql, decisionId: string): Promise<boolean> {
  const rows = await sql.select(
    "SELECT 1 FROM outbox WHERE business_key LIKE ? AND state IN ('pending', 'sending')",
    [`${decisionNoticeKey(decisionId)}%`],
  );
  return rows.length > 0;
}
