import { assertMay, type Viewer } from '../../access/index.ts';
import { approvalRemarks } from '@shigang/shared';
import type { DingTalkRun } from '../../dingtalk/index.ts';
import { approvalStart, approvalWithdrawal } from './approval-posts.ts';
import { approvalsWhere, changeApproval, type StoredApproval } from './approval-store.ts';
import type { ApprovalDeps } from './deps.ts';
import { findInstance, readInstance } from './find-instance.ts';
import { CLOCK_MARGIN_MS, settleByInstance } from './settle-approval.ts';
import { giveUpStart, STILL_AT_WORK_MS } from './start-approval.ts';

/** DingTalk lists no further back than 120 days; what runs longer is read one by one. */
const LISTED_MS = 110 * 86_400_000;

export interface Reconciled {
  /** Metered calls. */
  readonly calls: number;
  /** Approvals whose end became known only now. */
  readonly settled: number;
}

/**
 * Finds what a lost event would have told: approvals that run here and have ended at DingTalk. Starts that nobody tries
 * any more are found, or brought back to HR, so that none hangs; a withdrawal that was given up gets one more try. Metered: nothing while none runs; else per form one list call for every 20
 * instances that ended since the oldest start, and one read for each of ours among them; for a stuck start those of
 * {@link findInstance}.
 * @throws DingTalkError
 */
export async function reconcileApprovals(deps: ApprovalDeps, viewer: Viewer): Promise<Reconciled> {
  assertMay(viewer, 'sync');
  const running = await approvalsWhere(deps.db, "state = 'running' AND instance_id IS NOT NULL");
  const stuck = await stuckStarts(deps);
  if (running.length + stuck.length === 0) return { calls: 0, settled: 0 };
  const run = deps.dingtalk.for('approval_result');
  let settled = 0;
  for (const instanceId of await endedIds(deps, run, running)) {
    const instance = await readInstance(run, instanceId);
    if (await settleByInstance(deps, instanceId, instance)) settled += 1;
  }
  for (const approval of stuck) {
    if (await resolveStart(deps, run, approval)) settled += 1;
  }
  await withdrawAgain(deps);
  return { calls: run.figures.meteredCalls, settled };
}

/** A manager could else agree for ever to what nobody wants any more. */
async function withdrawAgain(deps: ApprovalDeps): Promise<void> {
  const running = await approvalsWhere(deps.db, "state = 'running' AND withdraw_asked_at IS NOT NULL");
  for (const { approvalId, decisionId } of running)
    await deps.db.transaction(async (tx) => {
      if (await deps.outbox.tryAgain(tx, approvalWithdrawal, decisionId))
        await changeApproval(tx, approvalId, { withdraw_given_up_at: null });
    });
}

/** No sender will look at them again. */
async function stuckStarts(deps: ApprovalDeps): Promise<StoredApproval[]> {
  const settledBefore = deps.clock.now() - STILL_AT_WORK_MS;
  const starting = (await approvalsWhere(deps.db, "state = 'starting'")).filter(
    ({ firstTriedAt }) => (firstTriedAt?.getTime() ?? 0) < settledBefore,
  );
  const decisionIds = starting.map(({ decisionId }) => decisionId);
  const ended = await deps.outbox.ended(deps.db, approvalStart, decisionIds);
  return starting.filter(({ decisionId }) => ended.has(decisionId));
}

async function endedIds(
  deps: ApprovalDeps,
  run: DingTalkRun,
  running: readonly StoredApproval[],
): Promise<string[]> {
  const oldest = deps.clock.now() - LISTED_MS;
  const isListed = (approval: StoredApproval): boolean => (approval.startedAt?.getTime() ?? 0) > oldest;
  const ended = running
    .filter((approval) => !isListed(approval))
    .flatMap(({ instanceId }) => instanceId ?? []);
  const listable = running.filter(isListed);
  for (const processCode of new Set(listable.flatMap((approval) => approval.processCode ?? []))) {
    const approvals = listable.filter((approval) => approval.processCode === processCode);
    const starts = approvals.map((approval) => approval.startedAt?.getTime() ?? oldest);
    const listed = await run.approvals.listIds({
      processCode,
      fromMs: Math.min(...starts) - CLOCK_MARGIN_MS,
      statuses: ['COMPLETED', 'TERMINATED'],
    });
    const ours = new Set(approvals.map((approval) => approval.instanceId));
    ended.push(...listed.filter((id) => ours.has(id)));
  }
  return ended;
}

async function resolveStart(
  deps: ApprovalDeps,
  run: DingTalkRun,
  approval: StoredApproval,
): Promise<boolean> {
  const found = await findInstance(deps, run, approval);
  if (found) return found.state !== 'running';
  return giveUpStart(deps, approval.approvalId, approvalRemarks.neverStarted);
}
