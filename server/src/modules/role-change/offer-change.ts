import type { SalesRole } from '@shigang/shared';
import { today } from '../../platform/clock.ts';
import type { SqlScalar, Tx } from '../../platform/database.ts';
import type { RoleChangeDeps } from './deps.ts';
import type { PlannedChange } from './plan-change.ts';

/** A planned change of role with the decision that it comes from. */
export interface OfferedChange {
  readonly decisionId: string;
  readonly userId: string;
  readonly presentRole: SalesRole;
  readonly decidedBy: string;
  readonly reason: string | null;
  readonly change: PlannedChange;
}

/** Writes down what was planned: per decision the offer with its exact text, and the approval. Safe to repeat. */
export async function offerChanges(
  deps: RoleChangeDeps,
  tx: Tx,
  cycleId: string,
  offers: readonly OfferedChange[],
): Promise<void> {
  const on = today(deps.clock);
  await tx.insertMany(
    'role_changes',
    COLUMNS,
    offers.map((offer) => rowOf(cycleId, offer, on)),
    { update: [] },
  );
  await deps.approval.ask(
    tx,
    offers.map(({ decisionId, userId, presentRole, decidedBy, reason, change }) => {
      const { toRole, isGated, consentText, plan } = change;
      return {
        ...{ decisionId, cycleId, userId, fromRole: presentRole, toRole, decidedBy, isGated },
        ...{ consentText, planName: plan?.name ?? null, reason },
      };
    }),
  );
}

const COLUMNS = [
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
] as const;

const rowOf = (
  cycleId: string,
  { decisionId, userId, presentRole, change }: OfferedChange,
  on: string,
): SqlScalar[] => [
  decisionId,
  cycleId,
  userId,
  presentRole,
  change.toRole,
  change.notBefore,
  change.plan?.id ?? null,
  change.plan?.version ?? null,
  change.consentText,
  change.consentHash,
  on,
  change.replyDueOn,
];
