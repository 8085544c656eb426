import { AppError, shanghaiDay, type RoleChangeState } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { memberName, requireCycle } from '../cycle/index.ts';
import type { RoleChangeDeps } from './deps.ts';
import { openGateIfComplete } from './open-gate.ts';
import { lockChange, type StoredChange } from './role-change-store.ts';
import { stepChange } from './step-change.ts';

export interface ResolveInput {
  readonly cycleId: string;
  readonly userId: string;
  readonly decisionId: string;
  /** `keep` the present post, or go on with a written legal `ground`. */
  readonly action: 'keep' | 'ground';
  readonly text: string | null;
}

/** A ground must say something, and fit its column. */
const GROUND_LENGTH = { min: 10, max: 2_000 };

/**
 * HR's answer to a role change that came back. After the second refusal of one person only an HR admin may.
 * @throws AppError access.denied, cycle.person_not_found, role_change.not_found, role_change.wrong_state,
 *   role_change.no_ground, role_change.ground_required, decision.reason_too_long, decision.for_admin
 */
export async function resolveChange(
  deps: RoleChangeDeps,
  viewer: Viewer,
  input: ResolveInput,
): Promise<RoleChangeState> {
  assertMay(viewer, 'cycle.resolve');
  return deps.db.transaction(async (tx) => {
    const change = await changeToResolve(tx, { viewer, input });
    const text = input.text?.trim() ?? '';
    const { decisionId } = change;
    if (input.action === 'keep') {
      const kept = await stepChange(deps, tx, { decisionId, step: { kind: 'keep' }, viewer, remark: text });
      return kept?.state ?? change.state;
    }
    if (text.length < GROUND_LENGTH.min)
      throw new AppError('role_change.ground_required', { min: GROUND_LENGTH.min });
    if (text.length > GROUND_LENGTH.max)
      throw new AppError('decision.reason_too_long', { max: GROUND_LENGTH.max });
    const now = deps.clock.now();
    const step = { kind: 'ground', on: shanghaiDay(now) } as const;
    const after = await stepChange(deps, tx, { decisionId, step, viewer, remark: text });
    await tx.execute(
      'UPDATE role_changes SET ground = ?, ground_by = ?, ground_at = ? WHERE decision_id = ?',
      [text, viewer.actor, sqlInstant(now), decisionId],
    );
    await openGateIfComplete(deps, tx, decisionId);
    return after?.state ?? change.state;
  });
}

async function changeToResolve(
  tx: Tx,
  { viewer, input }: { readonly viewer: Viewer; readonly input: ResolveInput },
): Promise<StoredChange> {
  const cycle = await requireCycle(tx, input.cycleId);
  const name = await memberName(tx, { cycle, viewer }, input.userId);
  if (name === null) throw new AppError('cycle.person_not_found');
  const change = await lockChange(tx, input.decisionId);
  if (!change || change.userId !== input.userId || change.cycleId !== input.cycleId)
    throw new AppError('role_change.not_found');
  if (change.isForAdmin && !viewer.isHrAdmin) throw new AppError('decision.for_admin', { name });
  return change;
}
