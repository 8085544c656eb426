import type { DayString } from '@shigang/shared';
import { assertMay, systemViewer, type Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { RoleChangeDeps } from './deps.ts';
import { openGateIfComplete } from './open-gate.ts';
import { changeIds } from './role-change-store.ts';
import { stepChange } from './step-change.ts';

const CLOCK = 'schedule.day';

/** What a new day brought about. */
export interface PassedDay {
  /** Role changes that took effect. */
  readonly effective: number;
  /** Offers whose reply period ran out. */
  readonly returned: number;
  /** Role changes of people who left before their day. */
  readonly cancelled: number;
}

/**
 * Once a day after 00:00 in Shanghai: reply periods that are over come back to HR, role changes whose day has come take
 * effect, those of people who left before it are cancelled. Each in a transaction of its own, safe to repeat.
 */
export async function passDay(deps: RoleChangeDeps, by: Viewer): Promise<PassedDay> {
  assertMay(by, 'day.pass');
  const on = today(deps.clock);
  const counts = { effective: 0, returned: 0, cancelled: 0 };
  for (const decisionId of await changesOfToday(deps, on)) {
    const state = await deps.db.transaction((tx) => passDayOfOne(deps, tx, { decisionId, on }));
    if (state !== null) counts[state] += 1;
  }
  await reopenGates(deps);
  return counts;
}

const changesOfToday = async (deps: RoleChangeDeps, on: DayString): Promise<string[]> => [
  ...(await changeIds(deps.db, "state = 'agreed' AND effective_on <= ?", [on])),
  ...(await changeIds(deps.db, "state = 'open' AND reply_due_on < ?", [on])),
];

async function passDayOfOne(
  deps: RoleChangeDeps,
  tx: Tx,
  { decisionId, on }: { readonly decisionId: string; readonly on: DayString },
): Promise<keyof PassedDay | null> {
  const viewer = systemViewer(CLOCK);
  if (await hasLeftBefore(tx, decisionId)) {
    const after = await stepChange(deps, tx, {
      decisionId,
      step: { kind: 'cancel' },
      viewer,
      remark: LEFT_REMARK,
    });
    return after ? 'cancelled' : null;
  }
  const after = await stepChange(deps, tx, { decisionId, step: { kind: 'day', on }, viewer });
  if (after?.state === 'effective') return 'effective';
  return after?.state === 'returned' ? 'returned' : null;
}

const LEFT_REMARK = '本人已离职';

/** Whether the person's last working day lies before the day on which the role would change. */
async function hasLeftBefore(tx: Tx, decisionId: string): Promise<boolean> {
  const rows = await tx.select(
    `SELECT 1 FROM role_changes c JOIN employees e ON e.user_id = c.user_id
     WHERE c.decision_id = ? AND (e.active = 0 OR e.left_on < COALESCE(c.effective_on, '1000-01-01'))`,
    [decisionId],
  );
  return rows.length > 0;
}

/** Cancels what is still under way for somebody who left. */
export async function cancelForLeaver(deps: RoleChangeDeps, tx: Tx, userId: string): Promise<void> {
  const open = await changeIds(tx, "user_id = ? AND state IN ('open', 'returned', 'agreed')", [userId]);
  for (const decisionId of open) {
    const viewer = systemViewer('org.left');
    await stepChange(deps, tx, { decisionId, step: { kind: 'cancel' }, viewer, remark: LEFT_REMARK });
  }
  const plans = await tx.select<{ decision_id: string }>(
    "SELECT decision_id FROM training_plans WHERE user_id = ? AND state = 'open'",
    [userId],
  );
  for (const plan of plans) await deps.development.cancel(tx, plan.decision_id);
}

/** An approval that waits although nothing is missing (a crash between two steps) is let go. */
async function reopenGates(deps: RoleChangeDeps): Promise<void> {
  const waiting = await deps.db.select<{ decision_id: string }>(
    "SELECT decision_id FROM approvals WHERE state = 'waiting'",
  );
  for (const { decision_id: decisionId } of waiting)
    await deps.db.transaction((tx) => openGateIfComplete(deps, tx, decisionId));
}
