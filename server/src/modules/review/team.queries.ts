import {
  AppError,
  REVIEWED_ROLE,
  countTiers,
  isPublic,
  shanghaiDay,
  tiers,
  type ApprovalState,
  type ReplyAnswer,
  type RoleChangeState,
  type Tier,
} from '@shigang/shared';
import { may, visibleEmployees, type Predicate, type Viewer } from '../../access/index.ts';
import { shanghaiInstant } from '@shigang/shared';
import { listCycles, type Cycle } from '../cycle/index.ts';
import type { ReviewDeps } from './deps.ts';
import type { TeamAnswer, TeamApproval, TeamPerson } from '@shigang/shared/answers';

export type Team = Omit<TeamAnswer, 'viewer' | 'nowAt' | 'dataAt'> & { readonly snapshotAt: number | null };

/**
 * The viewer's own direct and indirect reports in the newest published cycle; the reading is audited.
 * @throws AppError access.denied for whom nobody reports to
 */
export async function teamOf(deps: ReviewDeps, viewer: Viewer): Promise<Team> {
  if (!may(viewer, 'team.read')) throw new AppError('access.denied');
  const cycle = await newestPublished(deps, viewer);
  const rows = cycle === null ? [] : await memberRows(deps, viewer, cycle);
  const { insufficient_data: insufficientData, ...counts } = countTiers(
    rows.map((row) => ({
      suggested: row.suggested,
      decided: row.decisionKind === 'later' ? ('later' as const) : row.decidedTier,
      hasLeft: row.hasLeft === 1,
    })),
  );
  const people = rows.filter((row) => row.hasLeft !== 1).map(personOf);
  if (cycle !== null) {
    await deps.db.transaction((tx) =>
      deps.audit.record(tx, viewer, {
        action: 'team.read',
        subjectKind: 'cycle',
        subjectId: cycle.cycleId,
        after: { people: people.length },
      }),
    );
  }
  return {
    period: cycle?.period ?? null,
    publishedOn: cycle?.publishedAt ? shanghaiDay(cycle.publishedAt.getTime()) : null,
    counts: { ...counts, insufficientData },
    approvals: cycle === null ? [] : await approvalsOf(deps, viewer, cycle),
    people: people.sort(byTier),
    snapshotAt: cycle?.snapshotAt?.getTime() ?? null,
  };
}

/** The newest published one; where a quarter has several, the one with reports of the viewer. */
async function newestPublished(deps: ReviewDeps, viewer: Viewer): Promise<Cycle | null> {
  const published = (await listCycles(deps.db, null)).filter((cycle) => isPublic(cycle.state));
  const newest = published.filter((cycle) => cycle.period === published[0]?.period);
  for (const cycle of newest.length > 1 ? newest : [])
    if ((await memberRows(deps, viewer, cycle)).length > 0) return cycle;
  return newest.find((cycle) => cycle.role === REVIEWED_ROLE) ?? newest[0] ?? null;
}

/** Reports alone, whatever else the viewer may see as HR. */
function reportsOnly(viewer: Viewer, column: string): Predicate {
  const seen = visibleEmployees(viewer, 'profile', column);
  return { sql: `${seen.sql} AND ${column} IN (?)`, params: [...seen.params, viewer.reportIds] };
}

interface MemberRow {
  readonly userId: string;
  readonly name: string;
  readonly suggested: Tier | null;
  readonly score: number | null;
  readonly hasLeft: number;
  readonly decisionKind: 'decided' | 'later' | null;
  readonly decidedTier: Tier | null;
}

function memberRows(deps: ReviewDeps, viewer: Viewer, cycle: Cycle): Promise<MemberRow[]> {
  const seen = reportsOnly(viewer, 'm.user_id');
  return deps.db.select<MemberRow>(
    `SELECT m.user_id AS userId, m.name, m.tier AS suggested, m.score_hundredths AS score, m.has_left AS hasLeft,
       d.kind AS decisionKind, d.tier AS decidedTier
     FROM cycle_members m
     LEFT JOIN decisions d ON d.cycle_id = m.cycle_id AND d.user_id = m.user_id AND d.current_key IS NOT NULL
     WHERE m.cycle_id = ? AND ${seen.sql} ORDER BY m.user_id`,
    [cycle.cycleId, ...seen.params],
  );
}

/** A past quarter has no decisions: the suggestion stands. */
function personOf(row: MemberRow): TeamPerson {
  const tier = row.decisionKind === null ? row.suggested : row.decidedTier;
  return {
    ...{ userId: row.userId, name: row.name, tier },
    scoreHundredths: tier === 'insufficient_data' ? null : row.score,
  };
}

const rankOf = ({ tier }: TeamPerson): number => (tier === null ? tiers.length : tiers.indexOf(tier));
const byTier = (a: TeamPerson, b: TeamPerson): number =>
  rankOf(a) - rankOf(b) || (b.scoreHundredths ?? 0) - (a.scoreHundredths ?? 0);

interface ApprovalRow extends Omit<TeamApproval, 'isMine' | 'startedAt' | 'settledAt'> {
  readonly approverUserId: string | null;
  readonly startedAt: Date | null;
  readonly settledAt: Date | null;
  readonly state: RoleChangeState;
  readonly approvalState: ApprovalState | null;
  readonly answer: ReplyAnswer | null;
}

/** Role changes of this cycle that are in force, and those of earlier ones that are not settled. */
async function approvalsOf(deps: ReviewDeps, viewer: Viewer, cycle: Cycle): Promise<TeamApproval[]> {
  const seen = reportsOnly(viewer, 'c.user_id');
  const rows = await deps.db.select<ApprovalRow>(
    `SELECT c.user_id AS userId, m.name, c.from_role AS fromRole, c.to_role AS toRole, d.tier,
       m.score_hundredths AS scoreHundredths, c.state, a.state AS approvalState,
       a.approver_user_id AS approverUserId, a.started_at AS startedAt, a.settled_at AS settledAt, a.remark,
       r.answer, c.reply_due_on AS replyDueOn, c.effective_on AS effectiveOn
     FROM role_changes c
     JOIN decisions d ON d.decision_id = c.decision_id
     JOIN cycle_members m ON m.cycle_id = c.cycle_id AND m.user_id = c.user_id
     LEFT JOIN approvals a ON a.decision_id = c.decision_id
     LEFT JOIN replies r ON r.decision_id = c.decision_id
     WHERE ((c.cycle_id = ? AND c.state <> 'replaced') OR c.state IN ('open', 'returned', 'agreed'))
       AND ${seen.sql}
     ORDER BY c.offered_on DESC, c.user_id`,
    [cycle.cycleId, ...seen.params],
  );
  return rows.map(({ approverUserId, startedAt, settledAt, ...row }) => ({
    ...row,
    isMine: approverUserId !== null && approverUserId === viewer.userId,
    startedAt: instantOf(startedAt),
    settledAt: instantOf(settledAt),
  }));
}

const instantOf = (at: Date | null): string | null => (at === null ? null : shanghaiInstant(at.getTime()));
