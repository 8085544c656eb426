import { APPROVAL_ID_LABEL } from '@shigang/shared';
import { isRefusal, type ApprovalInstance, type DingTalkRun } from '../../dingtalk/index.ts';
import type { Sql } from '../../platform/database.ts';
import { isBeforeStart, readApproval, type StoredApproval } from './approval-store.ts';
import type { ApprovalDeps } from './deps.ts';
import { adopt } from './mark-running.ts';
import { CLOCK_MARGIN_MS } from './settle-approval.ts';

/**
 * The instance that an earlier attempt may have started, by the id in its form, taken over with its end if it has one;
 * null: there is none. Another approval's that is met on the way is taken over as well: each is read once. Metered: a
 * list call for every 20 instances that this starter started since, and one read for each that is nobody's yet.
 * @throws DingTalkError
 */
export async function findInstance(
  deps: ApprovalDeps,
  run: DingTalkRun,
  approval: StoredApproval,
): Promise<ApprovalInstance | null> {
  const { processCode, starterUserId, firstTriedAt } = approval;
  if (processCode === null || starterUserId === null || firstTriedAt === null) return null;
  const listed = await run.approvals.listIds({
    processCode,
    fromMs: firstTriedAt.getTime() - CLOCK_MARGIN_MS,
    starterUserIds: [starterUserId],
  });
  const taken = await knownIds(deps.db, listed);
  for (const instanceId of listed.filter((id) => !taken.has(id))) {
    const instance = await readInstance(run, instanceId);
    const approvalId = instance?.values[APPROVAL_ID_LABEL];
    if (!instance || approvalId === undefined) continue;
    const owner = await readApproval(deps.db, 'approval_id', approvalId);
    if (owner && isBeforeStart(owner)) await adopt(deps, owner, instance);
    if (approvalId === approval.approvalId) return instance;
  }
  return null;
}

/** One metered call. Null: it was deleted. @throws DingTalkError */
export async function readInstance(run: DingTalkRun, instanceId: string): Promise<ApprovalInstance | null> {
  try {
    return await run.approvals.read(instanceId);
  } catch (error) {
    const isGone = isRefusal(error, 'processInstanceNotExist') || isRefusal(error, 'processInstanceIdError');
    if (isGone) return null;
    throw error;
  }
}

async function knownIds(sql: Sql, instanceIds: readonly string[]): Promise<Set<string>> {
  if (instanceIds.length === 0) return new Set();
  const rows = await sql.select<{ id: string }>(
    'SELECT instance_id AS id FROM approvals WHERE instance_id IN (?)',
    [instanceIds],
  );
  return new Set(rows.map((row) => row.id));
}
