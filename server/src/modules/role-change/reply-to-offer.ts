import { AppError, replyAnswerNames, shanghaiDay, type ReplyAnswer } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { RoleChangeDeps } from './deps.ts';
import { openGateIfComplete } from './open-gate.ts';
import { lockChange } from './role-change-store.ts';
import { stepChange } from './step-change.ts';

export interface ReplyInput {
  readonly decisionId: string;
  readonly answer: ReplyAnswer;
  readonly text: string | null;
  /** Of the text that the person had before them. */
  readonly consentHash: string;
  readonly channel: 'app' | 'cli';
}

export interface KeptReply {
  readonly answer: ReplyAnswer;
  readonly repliedAt: Date;
  readonly status: 'created' | 'unchanged';
}

/**
 * A person's own answer to an offered role, one per decision and never changed; the same answer again changes nothing.
 * @throws AppError role_change.not_found (absent and another person's look alike), reply.other_answer,
 *   reply.text_changed, reply.closed
 */
export async function replyToOffer(
  deps: RoleChangeDeps,
  viewer: Viewer,
  input: ReplyInput,
): Promise<KeptReply> {
  assertMay(viewer, 'cycle.reply');
  return deps.db.transaction(async (tx) => {
    const change = await lockChange(tx, input.decisionId);
    if (!change || change.userId !== viewer.userId) throw new AppError('role_change.not_found');
    const known = await storedReply(tx, input.decisionId);
    if (known && known.answer !== input.answer)
      throw new AppError('reply.other_answer', { answer: replyAnswerNames[known.answer] });
    if (known) return { ...known, status: 'unchanged' };
    if (input.consentHash !== change.consentHash) throw new AppError('reply.text_changed');
    const now = deps.clock.now();
    // The rule first: it decides whether an answer is still taken.
    const step = { kind: 'reply', answer: input.answer, on: shanghaiDay(now) } as const;
    await stepChange(deps, tx, { decisionId: input.decisionId, step, viewer, remark: input.text });
    await tx.insertMany(
      'replies',
      ['decision_id', 'cycle_id', 'user_id', 'answer', 'text', 'consent_hash', 'channel', 'replied_at'],
      [
        [
          ...[input.decisionId, change.cycleId, change.userId, input.answer, input.text],
          ...[input.consentHash, input.channel, sqlInstant(now)],
        ],
      ],
    );
    await openGateIfComplete(deps, tx, input.decisionId);
    return { answer: input.answer, repliedAt: new Date(now), status: 'created' };
  });
}

async function storedReply(tx: Tx, decisionId: string): Promise<Omit<KeptReply, 'status'> | null> {
  const [row] = await tx.select<{ answer: ReplyAnswer; repliedAt: Date }>(
    'SELECT answer, replied_at AS repliedAt FROM replies WHERE decision_id = ?',
    [decisionId],
  );
  return row ?? null;
}
