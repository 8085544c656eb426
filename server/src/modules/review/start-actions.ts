import { today } from '../../platform/clock.ts';
import type { SqlScalar, Tx } from '../../platform/database.ts';
import { NOTICE_DECISION_KIND, type DecisionNoticePayload } from '../notice/index.ts';
import type { Cycle } from './cycle.ts';
import type { ReviewDeps } from './deps.ts';
import type { PlannedAction, PlannedChange } from './plan-actions.ts';

/**
 * Writes what was planned: per decision one notice and its tier's one action, keyed by decision and kind, so that
 * nothing is ever written twice. Everything leaves through the outbox.
 */
export async function startActions(
  deps: ReviewDeps,
  tx: Tx,
  { cycle, actions }: { readonly cycle: Cycle; readonly actions: readonly PlannedAction[] },
): Promise<void> {
  await deps.outbox.addMany(
    tx,
    actions.map((action) => {
      const { decisionId, userId, facts } = action;
      const payload: DecisionNoticePayload = { cycleId: cycle.cycleId, decisionId, userId, facts };
      return {
        kind: NOTICE_DECISION_KIND,
        businessKey: `${NOTICE_DECISION_KIND}/${decisionId}`,
        payload,
        cycleId: cycle.cycleId,
      };
    }),
  );
  await writeChanges(deps, tx, { cycle, actions });
  for (const action of actions) await startAction(deps, tx, { cycle, action });
}

async function startAction(
  deps: ReviewDeps,
  tx: Tx,
  { cycle, action }: { readonly cycle: Cycle; readonly action: PlannedAction },
): Promise<void> {
  const { decisionId, userId, decidedBy, change } = action;
  const { cycleId } = cycle;
  if (change !== null) {
    const { toRole, isGated, consentText, plan } = change;
    await deps.approval.ask(tx, {
      ...{ decisionId, cycleId, userId, fromRole: action.presentRole, toRole, decidedBy, isGated },
      ...{ consentText, planName: plan?.name ?? null, reason: action.reason },
    });
  }
  if (action.tier === 'train') {
    const { courses } = action;
    await deps.development.plan(tx, {
      ...{ decisionId, cycleId, userId, courses, decidedBy },
      plannedOn: today(deps.clock),
    });
  }
}

async function writeChanges(
  deps: ReviewDeps,
  tx: Tx,
  { cycle, actions }: { readonly cycle: Cycle; readonly actions: readonly PlannedAction[] },
): Promise<void> {
  const rows = actions.flatMap((action) =>
    action.change === null ? [] : [rowOf(cycle, action, action.change, today(deps.clock))],
  );
  await tx.insertMany(
    'role_changes',
    [
      'decision_id',
      'cycle_id',
      'user_id',
      'from_role',
      'to_role',
      'not_before',
      'plan_id',
      'plan_version',
      'consent_text',
      'consent_hash',
      'offered_on',
      'reply_due_on',
    ],
    rows,
    { update: [] },
  );
}

const rowOf = (cycle: Cycle, action: PlannedAction, change: PlannedChange, on: string): SqlScalar[] => [
  action.decisionId,
  cycle.cycleId,
  action.userId,
  action.presentRole,
  change.toRole,
  change.notBefore,
  change.plan?.id ?? null,
  change.plan?.version ?? null,
  change.consentText,
  change.consentHash,
  on,
  change.replyDueOn,
];
