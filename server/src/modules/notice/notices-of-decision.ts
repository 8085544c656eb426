import { AppError, type DecisionNoticeFacts } from '@shigang/shared';
import { sqlInstant } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import { readJson } from '../../platform/json.ts';
import type { NoticeDeps } from './deps.ts';
import { decisionCard, type DecisionNoticePayload } from './kinds.ts';
import { noticeKind } from './notice-kinds.ts';
import { UNREACHED, type Notice, type NoticeState } from './notice.entity.ts';
import { putIntoWords, tell } from './write-notice.ts';

/**
 * Whether a notice that certainly has not gone out still has to: not once its decision was replaced, not to somebody who
 * left, and in other words not once the first ones were read.
 */
export async function isNeeded(
  { isInForce }: Pick<NoticeDeps, 'isInForce'>,
  sql: Sql,
  notice: Pick<Notice, 'id' | 'decisionId' | 'userId'>,
): Promise<boolean> {
  if (notice.decisionId === null) return true;
  const rows = await sql.select(
    `SELECT 1 FROM employees e WHERE e.user_id = ? AND e.active = 1 AND NOT EXISTS (
       SELECT 1 FROM notices n WHERE n.decision_id = ? AND n.id <> ?
         AND (n.state = 'delivered' OR n.seen_at IS NOT NULL))`,
    [notice.userId, notice.decisionId, notice.id],
  );
  return rows.length > 0 && isInForce(sql, notice.decisionId);
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
  await wordUnsent(deps, tx, decisionId);
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

/** A notice whose post an earlier release wrote has no words before it goes out. */
async function wordUnsent(deps: NoticeDeps, tx: Tx, decisionId: string): Promise<void> {
  const rows = await tx.select<{ id: string; payload: string }>(
    `SELECT id, payload FROM notices
     WHERE decision_id = ? AND kind = ? AND text_hash IS NULL AND payload IS NOT NULL`,
    [decisionId, decisionCard.kind],
  );
  for (const { id, payload } of rows)
    await putIntoWords(deps, tx, noticeKind(decisionCard.kind), {
      id,
      payload: readJson<DecisionNoticePayload>(payload),
    });
}

/** Takes back what was not sent yet: nobody was told. One that may be under way is dropped or sent by whoever has it. */
export async function takeBack(deps: NoticeDeps, tx: Tx, decisionId: string): Promise<void> {
  if (await deps.outbox.cancel(tx, decisionCard, decisionId))
    await tx.execute("DELETE FROM notices WHERE decision_id = ? AND wording = 1 AND state = 'written'", [
      decisionId,
    ]);
}

/** What the notice of a decision was made of; null: there was none. */
export async function toldFacts(
  deps: NoticeDeps,
  sql: Sql,
  decisionId: string,
): Promise<DecisionNoticeFacts | null> {
  const [row] = await sql.select<{ id: string; payload: string | null }>(
    'SELECT id, payload FROM notices WHERE decision_id = ? ORDER BY wording LIMIT 1',
    [decisionId],
  );
  const payload = row ? await payloadOf(deps, sql, row) : null;
  return payload === null ? null : readJson<DecisionNoticePayload>(payload).facts;
}

/** An earlier release that still sends beside this one keeps what a text is made of with its post alone. */
export const payloadOf = async (
  deps: Pick<NoticeDeps, 'outbox'>,
  sql: Sql,
  { id, payload }: Pick<Notice, 'id' | 'payload'>,
): Promise<string | null> => payload ?? deps.outbox.payloadOf(sql, id);

interface SentNotice {
  readonly state: NoticeState;
  readonly seenAt: Date | null;
}

/** Whether a person may be told once more: none of the decision's notices arrived, none is on its way, one is needed. */
export async function mayTellAgain(
  deps: Pick<NoticeDeps, 'isInForce'>,
  sql: Sql,
  { decisionId, userId }: { readonly decisionId: string; readonly userId: string },
): Promise<boolean> {
  const sent = await sql.select<SentNotice>(
    'SELECT state, seen_at AS seenAt FROM notices WHERE decision_id = ?',
    [decisionId],
  );
  const isOpen = sent.every((one) => UNREACHED.includes(one.state) && one.seenAt === null);
  return isOpen && isNeeded(deps, sql, { id: '', decisionId, userId });
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
  const payload = await decisionPayloadOf(deps, tx, noticeId);
  const sent = await tx.select<{ wording: number }>(
    'SELECT wording FROM notices WHERE decision_id = ? ORDER BY wording FOR UPDATE',
    [payload.decisionId],
  );
  if (!(await mayTellAgain(deps, tx, payload))) throw new AppError('notice.not_resendable');
  const wording = Math.max(...sent.map((one) => one.wording)) + 1;
  const [id] = await tell(deps, tx, decisionCard, [{ ...payload, wording }]);
  if (id === undefined) throw new AppError('notice.not_resendable');
  return id;
}

async function decisionPayloadOf(deps: NoticeDeps, tx: Tx, noticeId: string): Promise<DecisionNoticePayload> {
  const [row] = await tx.select<{ id: string; payload: string | null }>(
    'SELECT id, payload FROM notices WHERE id = ? AND kind = ? AND decision_id IS NOT NULL',
    [noticeId, decisionCard.kind],
  );
  const payload = row ? await payloadOf(deps, tx, row) : null;
  if (payload === null) throw new AppError('notice.not_resendable');
  return readJson<DecisionNoticePayload>(payload);
}
