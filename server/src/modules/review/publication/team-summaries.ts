import { countTiers, shanghaiDay } from '@shigang/shared';
import { systemViewer } from '../../../access/index.ts';
import { today } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import { teamSummary, type TeamSummaryPayload } from '../../notice/index.ts';
import { managersOf } from '../../org/index.ts';
import type { Cycle } from '../../cycle/index.ts';
import type { ReviewDeps } from '../deps.ts';
import { countedOf, membersOf } from '../members.queries.ts';
import type { PlannedAction } from './plan-actions.ts';

/** A manager with what the summary card says. */
export interface TeamSummary {
  readonly userId: string;
  readonly name: string;
  readonly payload: TeamSummaryPayload;
}

interface SummaryRequest {
  readonly cycle: Cycle;
  /** What the publication starts. */
  readonly actions: readonly PlannedAction[];
}

/** One summary per manager in service who has a direct or indirect report in the cycle. */
export async function teamSummaries(
  deps: ReviewDeps,
  tx: Tx,
  { cycle, actions }: SummaryRequest,
): Promise<TeamSummary[]> {
  const viewer = systemViewer('review.team_summaries');
  const members = await membersOf(tx, { cycle, viewer, today: today(deps.clock) });
  const byId = new Map(members.map((member) => [member.userId, member]));
  const approvals = approvalsByApprover(actions);
  const managers = await managersOf(tx, [...byId.keys()]);
  return managers.map(({ userId, name, reportIds }) => ({
    userId,
    name,
    payload: {
      cycleId: cycle.cycleId,
      userId,
      period: cycle.period,
      role: cycle.role,
      publishedOn: shanghaiDay(deps.clock.now()),
      counts: countTiers(
        reportIds.flatMap((id) => {
          const member = byId.get(id);
          return member ? [countedOf(member)] : [];
        }),
      ),
      approvals: approvals.get(userId) ?? 0,
    },
  }));
}

/** Approvals that go out at once, by whoever is asked. */
function approvalsByApprover(actions: readonly PlannedAction[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { change } of actions) {
    if (change === null || change.isGated || change.approverUserId === null) continue;
    counts.set(change.approverUserId, (counts.get(change.approverUserId) ?? 0) + 1);
  }
  return counts;
}

/** @returns rows written */
export async function addTeamSummaries(deps: ReviewDeps, tx: Tx, request: SummaryRequest): Promise<number> {
  const summaries = await teamSummaries(deps, tx, request);
  await deps.notice.tell(
    tx,
    teamSummary,
    summaries.map(({ payload }) => payload),
  );
  return summaries.length;
}
