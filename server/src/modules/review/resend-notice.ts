import { AppError } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { memberName, requireCycle } from '../cycle/index.ts';
import type { ReviewDeps } from './deps.ts';

export interface ResendInput {
  readonly cycleId: string;
  readonly userId: string;
  readonly noticeId: string;
}

/**
 * HR sends a notice once more in other words: its delivery failed, or DingTalk can no longer tell.
 * @returns id of the new notice @throws AppError access.denied, cycle.person_not_found, notice.not_resendable
 */
export async function resendNotice(deps: ReviewDeps, viewer: Viewer, input: ResendInput): Promise<string> {
  assertMay(viewer, 'cycle.resend');
  return deps.db.transaction(async (tx) => {
    const cycle = await requireCycle(tx, input.cycleId);
    if ((await memberName(tx, { cycle, viewer }, input.userId)) === null)
      throw new AppError('cycle.person_not_found');
    const rows = await tx.select('SELECT 1 FROM notices WHERE id = ? AND cycle_id = ? AND user_id = ?', [
      input.noticeId,
      input.cycleId,
      input.userId,
    ]);
    if (rows.length === 0) throw new AppError('cycle.person_not_found');
    const noticeId = await deps.notice.resend(tx, { noticeId: input.noticeId });
    await deps.audit.record(tx, viewer, {
      action: 'notice.resent',
      subjectKind: 'employee',
      subjectId: input.userId,
      before: { noticeId: input.noticeId },
      after: { noticeId },
    });
    return noticeId;
  });
}
