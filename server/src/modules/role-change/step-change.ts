import { stepRoleChange, type RoleChangeStep } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import type { Tx } from '../../platform/database.ts';
import { markOpenStatements } from '../incentive/index.ts';
import { assignRole, removeAssignment } from '../facts/index.ts';
import type { RoleChangeDeps } from './deps.ts';
import { changeIds, lockChange, saveStep, type StoredChange } from './role-change-store.ts';

export interface StepRequest {
  readonly decisionId: string;
  readonly step: RoleChangeStep;
  readonly viewer: Viewer;
  /** What the other side said, or why. */
  readonly remark?: string | null;
  /** Business ms of what happened; default now. */
  readonly at?: number;
}

/** Refusals of one person in one cycle after which the HR admin decides. */
const REFUSALS_FOR_ADMIN = 2;

/**
 * Takes one step of a role change with all that follows from it, in the caller's transaction: the dated role, the
 * withdrawal of an approval, the transfer. A step that changes nothing writes nothing, so that every step may be repeated.
 * @returns the change after the step; null: the decision offers no other role @throws AppError of the rule
 */
export async function stepChange(
  deps: RoleChangeDeps,
  tx: Tx,
  request: StepRequest,
): Promise<StoredChange | null> {
  const before = await lockChange(tx, request.decisionId);
  if (!before) return null;
  const stepped: StoredChange = { ...before, ...stepRoleChange(before, request.step) };
  if (isSame(before, stepped)) return before;
  const after = { ...stepped, isForAdmin: await isForAdmin(tx, stepped, request) };
  const at = request.at ?? deps.clock.now();
  await saveStep(tx, {
    before,
    after,
    note: { at, by: request.viewer.actor, remark: request.remark ?? null },
  });
  await follow(deps, tx, { before, after, remark: request.remark ?? '' });
  await deps.audit.record(tx, request.viewer, {
    action: `role_change.${after.state === before.state ? request.step.kind : after.state}`,
    subjectKind: 'employee',
    subjectId: after.userId,
    before: { decisionId: after.decisionId, state: before.state },
    after: {
      ...{ state: after.state, returnedWhy: after.returnedWhy, effectiveOn: after.effectiveOn },
      at: new Date(at).toISOString(),
    },
    reason: request.remark ?? null,
  });
  return after;
}

const isSame = (before: StoredChange, after: StoredChange): boolean =>
  before.state === after.state &&
  before.returnedWhy === after.returnedWhy &&
  before.answer === after.answer &&
  before.groundOn === after.groundOn &&
  before.managerAgreedOn === after.managerAgreedOn;

async function isForAdmin(tx: Tx, change: StoredChange, request: StepRequest): Promise<boolean> {
  if (request.step.kind !== 'approval' || request.step.outcome !== 'refused') return change.isForAdmin;
  const [row] = await tx.select<{ n: number }>(
    "SELECT COUNT(*) AS n FROM approvals WHERE cycle_id = ? AND user_id = ? AND state = 'refused'",
    [change.cycleId, change.userId],
  );
  return Number(row?.n ?? 0) >= REFUSALS_FOR_ADMIN;
}

interface Followed {
  readonly before: StoredChange;
  readonly after: StoredChange;
  readonly remark: string;
}

async function follow(deps: RoleChangeDeps, tx: Tx, { before, after, remark }: Followed): Promise<void> {
  if (after.state === before.state) return;
  const { decisionId, cycleId, userId, toRole } = after;
  if (before.state === 'agreed' && before.effectiveOn !== null && after.state !== 'effective') {
    await removeAssignment(tx, { userId, validFrom: before.effectiveOn, decisionId });
    await markOpenStatements(tx, [userId], deps.clock.now());
  }
  switch (after.state) {
    case 'agreed':
      if (after.effectiveOn === null) return;
      await assignRole(tx, { userId, role: toRole, validFrom: after.effectiveOn, decisionId });
      return markOpenStatements(tx, [userId], deps.clock.now());
    case 'effective':
      return deps.approval.transfer(tx, { decisionId, cycleId, userId, toRole });
    case 'kept':
    case 'replaced':
    case 'cancelled':
      return deps.approval.withdraw(tx, decisionId, remark);
    case 'open':
    case 'returned':
      return;
  }
}

const REPLACED = '已有新的决定';

/** A newer decision takes the place of the one that offered it. */
export async function replaceChange(
  deps: RoleChangeDeps,
  tx: Tx,
  decisionId: string,
  viewer: Viewer,
): Promise<void> {
  await stepChange(deps, tx, { decisionId, step: { kind: 'replace' }, viewer, remark: REPLACED });
}

/** The cycle is closed: what came back to HR and was left alone keeps the present post. */
export async function keepReturned(
  deps: RoleChangeDeps,
  tx: Tx,
  cycleId: string,
  viewer: Viewer,
): Promise<void> {
  for (const decisionId of await changeIds(tx, "cycle_id = ? AND state = 'returned'", [cycleId]))
    await stepChange(deps, tx, { decisionId, step: { kind: 'keep' }, viewer });
}
