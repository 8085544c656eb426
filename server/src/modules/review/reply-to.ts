import { AppError, type ReplyAnswer } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import type { ReviewDeps } from './deps.ts';
import type { KeptReply } from '../role-change/index.ts';

/** `cycle reply`: the answer to the offer that is in force. */
export interface ReplyToRequest {
  readonly userId: string;
  readonly answer: ReplyAnswer;
  readonly text: string | null;
}

/** @throws AppError reply.not_own for anybody but the person; role_change.not_found without an offer; reply.* */
export async function replyTo(
  deps: ReviewDeps,
  viewer: Viewer,
  { cycleId, userId, answer, text }: ReplyToRequest & { readonly cycleId: string },
): Promise<KeptReply> {
  if (viewer.userId !== userId) throw new AppError('reply.not_own');
  const [offer] = await deps.db.select<{ decisionId: string; consentHash: string }>(
    `SELECT c.decision_id AS decisionId, c.consent_hash AS consentHash
     FROM decisions d JOIN role_changes c ON c.decision_id = d.decision_id WHERE d.current_key = ?`,
    [`${cycleId}/${userId}`],
  );
  if (!offer) throw new AppError('role_change.not_found');
  return deps.roleChange.reply(viewer, { ...offer, answer, text, channel: 'cli' });
}
