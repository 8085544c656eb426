import { AppError } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import type { Tx } from '../../platform/database.ts';
import type { Cycle } from '../cycle/index.ts';
import type { ReviewDeps } from './deps.ts';
import type { Member } from './members.queries.ts';
import { planActions } from './publication/plan-actions.ts';
import { startActions } from './publication/start-actions.ts';

/**
 * Whether a new decision may follow the published one: not for a cycle of the earlier release, not for somebody who has
 * left since, and after the second refusal of one person by an HR admin alone.
 * @throws AppError decision.actions_none, decision.has_left, decision.for_admin
 */
export async function assertMayOffer(
  tx: Tx,
  { cycle, viewer, member }: { readonly cycle: Cycle; readonly viewer: Viewer; readonly member: Member },
): Promise<void> {
  if (cycle.actions === 'none') throw new AppError('decision.actions_none');
  const [employee] = await tx.select<{ active: number }>('SELECT active FROM employees WHERE user_id = ?', [
    member.userId,
  ]);
  if (employee?.active !== 1) throw new AppError('decision.has_left', { name: member.name });
  const [change] = await tx.select<{ n: number }>(
    `SELECT COUNT(*) AS n FROM role_changes c JOIN decisions d ON d.decision_id = c.decision_id
     WHERE d.cycle_id = ? AND d.user_id = ? AND d.current_key IS NOT NULL AND c.is_for_admin = 1`,
    [cycle.cycleId, member.userId],
  );
  if (Number(change?.n ?? 0) > 0 && !viewer.isHrAdmin)
    throw new AppError('decision.for_admin', { name: member.name });
}

interface Offer {
  readonly cycle: Cycle;
  readonly viewer: Viewer;
  readonly userId: string;
  readonly replacedId: string | null;
}

/** Takes back what the replaced decision had started, then starts the one in force. */
export async function offer(
  deps: ReviewDeps,
  tx: Tx,
  { cycle, viewer, userId, replacedId }: Offer,
): Promise<void> {
  if (replacedId !== null) {
    await deps.roleChange.replace(tx, replacedId, viewer);
    await deps.development.cancel(tx, replacedId);
    await deps.notice.takeBack(tx, replacedId);
  }
  await startActions(deps, tx, { cycle, actions: await planActions(deps, tx, { cycle, userId }) });
}
