import { shanghaiDay, type ApprovalOutcome } from '@shigang/shared';
import { systemViewer } from '../../access/index.ts';
import type { OutboxRow } from '../../platform/outbox/outbox.ts';
import type { OutboxSender, SendOutcome } from '../../platform/outbox/relay.ts';
import type { RoleChangeDeps } from './deps.ts';
import { openGateIfComplete } from './open-gate.ts';
import { cancelForLeaver } from './pass-day.ts';
import { stepChange } from './step-change.ts';

/** How an approval ended; written by the approvals. */
export const APPROVAL_SETTLED_KIND = 'review.approval_settled';
export interface ApprovalSettled {
  readonly decisionId: string;
  readonly outcome: ApprovalOutcome;
  readonly remark: string | null;
  /** Userid of whoever decided; null: nobody. */
  readonly by: string | null;
  /** Business ms. */
  readonly at: number;
}

/** A notice whose delivery became known; written by the notices. */
export const NOTICE_SETTLED_KIND = 'review.notice_settled';
interface NoticeSettled {
  readonly decisionId: string;
}

/** Somebody left; written by the sync. */
export const PERSON_LEFT_KIND = 'review.person_left';
interface PersonLeft {
  readonly userId: string;
}

/** What other modules tell the review, through the outbox: each is a transaction of ours, safe to repeat. */
export function roleChangeSenders(deps: RoleChangeDeps): OutboxSender[] {
  return [
    sender(APPROVAL_SETTLED_KIND, (payload) => applyApproval(deps, payload as ApprovalSettled)),
    sender(NOTICE_SETTLED_KIND, (payload) =>
      deps.db.transaction((tx) => openGateIfComplete(deps, tx, (payload as NoticeSettled).decisionId)),
    ),
    sender(PERSON_LEFT_KIND, (payload) =>
      deps.db.transaction((tx) => cancelForLeaver(deps, tx, (payload as PersonLeft).userId)),
    ),
  ];
}

const sender = (kind: string, apply: (payload: unknown) => Promise<void>): OutboxSender => ({
  kind,
  send: async (row: OutboxRow): Promise<SendOutcome> => {
    await apply(row.payload);
    return { kind: 'sent', result: {} };
  },
});

/** The manager's answer to a role change. Both agreed: the role is dated; else it comes back to HR with the remark. */
async function applyApproval(deps: RoleChangeDeps, settled: ApprovalSettled): Promise<void> {
  const { decisionId, outcome, remark, at, by } = settled;
  const viewer = { ...systemViewer('approval.settle'), actor: by ?? 'system:approval.settle' };
  const step = { kind: 'approval', outcome, on: shanghaiDay(at) } as const;
  await deps.db.transaction((tx) => stepChange(deps, tx, { decisionId, step, viewer, remark, at }));
}
