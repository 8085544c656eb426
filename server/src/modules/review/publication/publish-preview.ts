import {
  AppError,
  addWorkingDays,
  decisionNotice,
  effectiveDay,
  tiers,
  type DayString,
  type Tier,
} from '@shigang/shared';
import type { PreviewAction, PreviewPerson, PublishPreview } from '@shigang/shared/answers';
import { assertMay, type Viewer } from '../../../access/index.ts';
import { today } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import { readWorkingCalendar } from '../../org/index.ts';
import { blockersOf, memberCount, requireCycle, type Cycle } from '../../cycle/index.ts';
import type { ReviewDeps } from '../deps.ts';
import { membersOf, undecidedOf, type Member } from '../members.queries.ts';
import { hrViewers } from './cycle-cards.ts';
import { planActions, type PlannedAction } from './plan-actions.ts';
import { previewActions } from './preview.dto.ts';
import { teamSummaries } from './team-summaries.ts';

/** People named in an obstacle. */
const NAMES = 5;

/**
 * What publication would send, to whom, word for word: the same plan and the same texts as the publication itself. People
 * outside the viewer's scope are not in it; then `mayPublish` is false. The read is audited.
 * @throws AppError access.denied, cycle.not_found
 */
export async function publishPreview(
  deps: ReviewDeps,
  viewer: Viewer,
  cycleId: string,
): Promise<PublishPreview> {
  assertMay(viewer, 'cycle.preview');
  const preview = await deps.db.snapshot(async (tx) => {
    const cycle = await requireCycle(tx, cycleId);
    const members = await membersOf(tx, { cycle, viewer, today: today(deps.clock) });
    if (members.length === 0 && !viewer.isHrAdmin && !viewer.isSystem) throw new AppError('cycle.not_found');
    const seen = new Set(members.map((member) => member.userId));
    const actions = (await planActions(deps, tx, { cycle })).filter((action) => seen.has(action.userId));
    const isWhole = members.length === (await memberCount(tx, cycleId));
    return previewOf(deps, tx, { cycle, members, actions, isWhole, viewer });
  });
  await deps.db.transaction((tx) =>
    deps.audit.record(tx, viewer, { action: 'preview.read', subjectKind: 'cycle', subjectId: cycleId }),
  );
  return preview;
}

interface Planned {
  readonly cycle: Cycle;
  readonly members: readonly Member[];
  readonly actions: readonly PlannedAction[];
  readonly isWhole: boolean;
  readonly viewer: Viewer;
}

async function previewOf(deps: ReviewDeps, tx: Tx, planned: Planned): Promise<PublishPreview> {
  const { cycle, members, actions } = planned;
  const managers = planned.isWhole ? await teamSummaries(deps, tx, { cycle, actions }) : [];
  const hrPeople = planned.isWhole ? await hrRecipients(deps, tx, cycle) : [];
  const names = await namesOf(tx, actions);
  const on = today(deps.clock);
  const { replyWorkingDays } = await deps.settings.current();
  const cards = actions.length + managers.length + hrPeople.length;
  return {
    cycleId: cycle.cycleId,
    period: cycle.period,
    obstacles: await obstaclesOf(deps, planned),
    mayPublish: cycle.state === 'review' && (planned.isWhole || planned.viewer.isHrAdmin),
    people: members.filter((member) => !member.hasLeft).length,
    tiers: tierRows(members, actions),
    managers: managers.map(({ userId, name, payload }) => ({
      userId,
      name,
      reports: tiers.reduce((sum, tier) => sum + payload.counts[tier], payload.counts.later),
    })),
    hrPeople,
    approvers: approversOf(actions, names),
    withoutApprover: actions.flatMap((action) =>
      action.change !== null && action.change.approverUserId === null ? [action.name] : [],
    ),
    replyDueOn: addWorkingDays(on, replyWorkingDays, await readWorkingCalendar(tx)),
    earliestEffectiveOn: effectiveDay(on, on, null),
    meteredCalls: {
      cards,
      approvals: actions.filter((action) => actionOf(action) === 'approval').length,
      todos: actions.filter((action) => actionOf(action) === 'training').length,
      deliveries: cards,
    },
    monthlyQuota: await monthlyQuotaOf(deps, tx, on),
    samples: samplesOf(actions),
    recipients: recipientsOf(planned, names),
  };
}

async function monthlyQuotaOf(
  deps: ReviewDeps,
  tx: Tx,
  on: DayString,
): Promise<PublishPreview['monthlyQuota']> {
  const { limit, used } = await deps.monthlyQuota(tx, on.slice(0, 7));
  return { limit, used, left: Math.max(0, limit - used) };
}

/** Why it cannot be published yet, in sentences. */
async function obstaclesOf(deps: ReviewDeps, { cycle, members }: Planned): Promise<string[]> {
  const obstacles: string[] = [];
  const undecided = undecidedOf(members);
  if (undecided.length > 0) {
    const names = undecided.slice(0, NAMES).map((member) => member.name);
    if (undecided.length > NAMES) names.push('…');
    obstacles.push(
      new AppError('cycle.undecided', { count: undecided.length, names: names.join('、') }).message,
    );
  }
  const blockers = await blockersOf(deps.db, cycle);
  if (blockers.length > 0) {
    const ids = blockers.map((blocker) => blocker.id).join('、');
    obstacles.push(new AppError('cycle.blocked', { count: blockers.length, blockers: ids }).message);
  }
  return obstacles;
}

const actionOf = (action: PlannedAction): PreviewAction => {
  if (action.change !== null) return action.change.isGated ? 'approval_waits' : 'approval';
  return action.tier === 'train' ? 'training' : 'none';
};

function tierRows(members: readonly Member[], actions: readonly PlannedAction[]): PublishPreview['tiers'] {
  const rows = [...tiers, 'later', 'left'] as const;
  const tierOf = (member: Member): Tier | 'later' | 'left' | null =>
    member.hasLeft ? 'left' : member.decisionKind === 'later' ? 'later' : member.decidedTier;
  return rows.map((tier) => {
    const of = actions.filter((action) => action.tier === tier);
    const count = (wanted: PreviewAction): number => of.filter((one) => actionOf(one) === wanted).length;
    return {
      tier,
      people: members.filter((member) => tierOf(member) === tier).length,
      cards: of.length,
      approvals: count('approval'),
      approvalsWaiting: count('approval_waits'),
      trainingPlans: count('training'),
    };
  });
}

function approversOf(
  actions: readonly PlannedAction[],
  names: ReadonlyMap<string, string>,
): PublishPreview['approvers'] {
  const counts = new Map<string, number>();
  for (const { change } of actions) {
    if (change?.approverUserId)
      counts.set(change.approverUserId, (counts.get(change.approverUserId) ?? 0) + 1);
  }
  return [...counts].map(([userId, count]) => ({ name: names.get(userId) ?? userId, count }));
}

/** The first person of each tier and kind of step (its words differ), with the card as it will arrive. */
const samplesOf = (actions: readonly PlannedAction[]): PublishPreview['samples'] =>
  tiers.flatMap((tier) =>
    previewActions.flatMap((kind) => {
      const action = actions.find((one) => one.tier === tier && actionOf(one) === kind);
      if (!action) return [];
      const { title, markdown, button } = decisionNotice(action.facts);
      return [{ tier, name: action.name, title, markdown, button }];
    }),
  );

function recipientsOf(planned: Planned, names: ReadonlyMap<string, string>): PublishPreview['recipients'] {
  const byId = new Map(planned.actions.map((action) => [action.userId, action]));
  return planned.members.flatMap((member): PublishPreview['recipients'] => {
    const { userId, name } = member;
    const action = byId.get(userId);
    if (!action) {
      const isLater = member.decisionKind === 'later' && !member.hasLeft;
      return isLater
        ? [{ userId, name, tier: 'later', title: null, action: 'none', approverName: null }]
        : [];
    }
    const approver = action.change?.approverUserId;
    return [
      {
        ...{ userId, name, tier: action.tier, title: decisionNotice(action.facts).headline },
        action: actionOf(action),
        approverName: approver ? (names.get(approver) ?? approver) : null,
      },
    ];
  });
}

async function namesOf(tx: Tx, actions: readonly PlannedAction[]): Promise<Map<string, string>> {
  const ids = [...new Set(actions.flatMap(({ change }) => change?.approverUserId ?? []))];
  if (ids.length === 0) return new Map();
  const rows = await tx.select<{ user_id: string; name: string }>(
    'SELECT user_id, name FROM employees WHERE user_id IN (?)',
    [ids],
  );
  return new Map(rows.map((row) => [row.user_id, row.name]));
}

/** HR people who get a card: somebody of the cycle in scope, or HR admin. */
async function hrRecipients(deps: ReviewDeps, tx: Tx, cycle: Cycle): Promise<PreviewPerson[]> {
  const recipients: PreviewPerson[] = [];
  for (const viewer of await hrViewers(tx, await deps.settings.current())) {
    if (viewer.userId === null) continue;
    const seen = await membersOf(tx, { cycle, viewer, today: today(deps.clock) });
    if (seen.length === 0 && !viewer.isHrAdmin) continue;
    const [row] = await tx.select<{ name: string }>('SELECT name FROM employees WHERE user_id = ?', [
      viewer.userId,
    ]);
    recipients.push({ userId: viewer.userId, name: row?.name ?? viewer.userId });
  }
  return recipients;
}
