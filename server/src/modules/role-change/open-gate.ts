import { gateMissing, type GateMissing } from '@shigang/shared';
import type { Sql, Tx } from '../../platform/database.ts';
import type { RoleChangeDeps } from './deps.ts';
import { lockChange } from './role-change-store.ts';

interface EvidenceRow {
  readonly isGated: number;
  readonly hasExplanation: number;
  readonly isNoticeDelivered: number;
  readonly answer: 'agree' | 'talk' | 'decline' | null;
  readonly hasGround: number;
}

/** What the evidence file of an offered role change lacks for its approval to start; empty: nothing, or it needs none. */
export async function missingEvidence(sql: Sql, decisionId: string): Promise<GateMissing[]> {
  const [row] = await sql.select<EvidenceRow>(
    `SELECT COALESCE(a.is_gated, 1) AS isGated, (m.doc IS NOT NULL AND m.evidence IS NOT NULL) AS hasExplanation,
       EXISTS (SELECT 1 FROM notices n WHERE n.decision_id = c.decision_id
               AND (n.state = 'delivered' OR n.seen_at IS NOT NULL)) AS isNoticeDelivered,
       r.answer, (c.ground IS NOT NULL) AS hasGround
     FROM role_changes c
     LEFT JOIN cycle_members m ON m.cycle_id = c.cycle_id AND m.user_id = c.user_id
     LEFT JOIN replies r ON r.decision_id = c.decision_id
     LEFT JOIN approvals a ON a.decision_id = c.decision_id
     WHERE c.decision_id = ?`,
    [decisionId],
  );
  if (!row || Number(row.isGated) === 0) return [];
  return gateMissing({
    hasExplanation: Number(row.hasExplanation) === 1,
    isNoticeDelivered: Number(row.isNoticeDelivered) === 1,
    answer: row.answer,
    hasGround: Number(row.hasGround) === 1,
  });
}

/**
 * Lets a waiting approval start: a gated one once explanation, delivered notice and agreement (or HR's ground) are there,
 * one that waited for HR alone as soon as HR goes on.
 */
export async function openGateIfComplete(deps: RoleChangeDeps, tx: Tx, decisionId: string): Promise<void> {
  const change = await lockChange(tx, decisionId);
  if (change?.state !== 'open') return;
  if ((await missingEvidence(tx, decisionId)).length === 0) await deps.approval.openGate(tx, decisionId);
}
