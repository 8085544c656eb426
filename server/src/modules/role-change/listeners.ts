import { shanghaiDay } from '@shigang/shared';
import { systemViewer } from '../../access/index.ts';
import { listener, type Listener } from '../../platform/events/index.ts';
import { approvalSettled, type ApprovalSettled } from '../approval/index.ts';
import { noticeSettled } from '../notice/index.ts';
import { personLeft } from '../org/index.ts';
import type { RoleChangeDeps } from './deps.ts';
import { openGateIfComplete } from './open-gate.ts';
import { cancelForLeaver } from './pass-day.ts';
import { stepChange } from './step-change.ts';

/** What role changes hear of; with the kinds under which earlier releases wrote the same down. */
export const roleChangeListeners = (deps: RoleChangeDeps): Listener[] => [
  listener(
    approvalSettled,
    'role_change.apply_approval',
    (settled) => applyApproval(deps, settled),
    'review.approval_settled',
  ),
  listener(
    noticeSettled,
    'role_change.open_gate',
    ({ decisionId }) => deps.db.transaction((tx) => openGateIfComplete(deps, tx, decisionId)),
    'review.notice_settled',
  ),
  listener(
    personLeft,
    'role_change.cancel_for_leaver',
    ({ userId }) => deps.db.transaction((tx) => cancelForLeaver(deps, tx, userId)),
    'review.person_left',
  ),
];

/** The manager's answer to a role change. Both agreed: the role is dated; else it comes back to HR with the remark. */
async function applyApproval(deps: RoleChangeDeps, settled: ApprovalSettled): Promise<void> {
  const { decisionId, outcome, remark, at, by } = settled;
  const viewer = { ...systemViewer('approval.settle'), actor: by ?? 'system:approval.settle' };
  const step = { kind: 'approval', outcome, on: shanghaiDay(at) } as const;
  await deps.db.transaction((tx) => stepChange(deps, tx, { decisionId, step, viewer, remark, at }));
}
