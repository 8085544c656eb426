import type { ReturnReason, RoleChangeState } from '@shigang/shared';
import type { Sql } from '../../platform/database.ts';
import { readJson } from '../../platform/json.ts';

/** One time that an offer came back to HR. */
export interface ReturnFact {
  readonly why: ReturnReason;
  readonly remark: string | null;
  readonly at: Date;
}

interface StepRow {
  readonly happenedAt: Date;
  readonly before: string | null;
  readonly after: string | null;
  readonly reason: string | null;
}
interface StepAfter {
  readonly state: RoleChangeState;
  readonly returnedWhy: ReturnReason | null;
  /** When it happened; absent in rows of an earlier release, which know only when it was written. */
  readonly at?: string;
}

/**
 * Every return of a person's offers by decision, oldest first. The role change itself keeps the last one only; the audit
 * log has a row of every step.
 */
export async function returnsOf(sql: Sql, userId: string): Promise<Map<string, ReturnFact[]>> {
  const rows = await sql.select<StepRow>(
    `SELECT happened_at AS happenedAt, before_value AS \`before\`, after_value AS \`after\`, reason FROM audit_log
     WHERE subject_kind = 'employee' AND subject_id = ? AND action LIKE 'role_change.%' ORDER BY seq`,
    [userId],
  );
  const returns = new Map<string, ReturnFact[]>();
  const whyNow = new Map<string, ReturnReason | null>();
  for (const { happenedAt, before, after, reason } of rows) {
    const { decisionId } = readJson<{ decisionId?: string }>(before ?? '{}');
    const step = readJson<Partial<StepAfter>>(after ?? '{}');
    if (decisionId === undefined) continue;
    const why = step.state === 'returned' ? (step.returnedWhy ?? null) : null;
    // A step of an offer that has come back already (the manager agrees late) names the same reason again.
    if (why !== null && why !== whyNow.get(decisionId)) {
      const at = step.at === undefined ? happenedAt : new Date(step.at);
      returns.set(decisionId, [...(returns.get(decisionId) ?? []), { why, remark: reason, at }]);
    }
    whyNow.set(decisionId, why);
  }
  return returns;
}
