import { today } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import { decisionCard } from '../../notice/index.ts';
import type { Cycle } from '../../cycle/index.ts';
import type { ReviewDeps } from '../deps.ts';
import type { PlannedAction } from './plan-actions.ts';

/**
 * Writes what was planned: per decision one notice and its tier's one action, keyed by decision and kind, so that
 * nothing is ever written twice. Everything leaves through the outbox.
 */
export async function startActions(
  deps: ReviewDeps,
  tx: Tx,
  { cycle, actions }: { readonly cycle: Cycle; readonly actions: readonly PlannedAction[] },
): Promise<void> {
  await deps.notice.tell(
    tx,
    decisionCard,
    actions.map(({ decisionId, userId, facts }) => ({ cycleId: cycle.cycleId, decisionId, userId, facts })),
  );
  await deps.roleChange.offer(
    tx,
    cycle.cycleId,
    actions.flatMap((action) => (action.change === null ? [] : [{ ...action, change: action.change }])),
  );
  const plannedOn = today(deps.clock);
  await deps.development.plan(
    tx,
    actions
      .filter(({ tier }) => tier === 'train')
      .map(({ decisionId, userId, courses, decidedBy }) => ({
        ...{ decisionId, cycleId: cycle.cycleId, userId, courses, decidedBy, plannedOn },
      })),
  );
}
