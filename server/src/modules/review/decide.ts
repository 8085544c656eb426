import {
  AppError,
  assertInReview,
  decideFor,
  isBulkConfirmable,
  type Decision,
  type DecisionRequest,
  type SalesRole,
  type Tier,
} from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { sqlInstant, today } from '../../platform/clock.ts';
import type { SqlScalar, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { acceptSuggestion, lockCycle, moveCycle, type Cycle } from '../cycle/index.ts';
import type { ReviewDeps } from './deps.ts';
import { membersOf, undecidedOf, type Member } from './members.queries.ts';
import { assertMayOffer, offer } from './offer-again.ts';
import { isOver } from '../role-change/index.ts';

export interface DecideInput extends DecisionRequest {
  readonly cycleId: string;
  readonly userId: string;
  /** The decision that the person deciding has before them, null: none. Absent: whatever is in force is replaced. */
  readonly replaces?: string | null;
}

/** A stored decision; a new one names the one it replaces. */
export interface StoredDecision extends Decision {
  readonly decisionId: string;
  readonly status: 'created' | 'unchanged';
}

interface CurrentRow {
  readonly decision_id: string;
  readonly kind: 'decided' | 'later';
  readonly tier: Tier | null;
  readonly target_role: SalesRole | null;
  readonly effective_on: string | null;
  readonly reason: string | null;
}

/**
 * HR's decision about one person of its own departments. In `review` it is kept until publication; in `published` it is
 * a new offer: what the one before had started is taken back, its own notice and action go out at once. The same
 * decision again changes nothing, except that an offer which came back or ended is made again.
 * @throws AppError access.denied, cycle.not_found, cycle.person_not_found (absent and not visible look alike),
 *   cycle.wrong_state, decision.has_left, decision.taken, decision.for_admin, decision.actions_none, decision.*
 */
export async function decide(deps: ReviewDeps, viewer: Viewer, input: DecideInput): Promise<StoredDecision> {
  assertMay(viewer, 'cycle.decide');
  return deps.db.transaction(async (tx) => {
    const cycle = await lockCycle(tx, input.cycleId);
    const [member] = await membersOf(tx, { cycle, viewer, today: today(deps.clock) }, input.userId);
    if (!member) throw new AppError('cycle.person_not_found');
    const isOffer = cycle.state === 'published';
    if (isOffer) await assertMayOffer(tx, { cycle, viewer, member });
    else assertInReview(cycle.state);
    if (member.hasLeft) throw new AppError('decision.has_left', { name: member.name });
    const decision = decideFor(suggestionOf(member), rolesOf(member, cycle), input);
    const before = await currentDecision(tx, cycle.cycleId, input.userId);
    const isRepeat = before !== null && isSame(before, decision) && !(await isOver(tx, before.decision_id));
    if (isRepeat) return { ...decision, decisionId: before.decision_id, status: 'unchanged' };
    await assertSeen(tx, { before, input, member });
    const decisionId = newId();
    if (before) {
      await tx.execute('UPDATE decisions SET current_key = NULL WHERE decision_id = ?', [before.decision_id]);
    }
    await insertDecisions(deps, tx, { viewer, cycle }, [
      { decisionId, member, decision, replacesId: before?.decision_id ?? null },
    ]);
    await acceptSuggestion(tx, cycle.cycleId, input.userId);
    await moveCycle(tx, cycle, { state: cycle.state, at: deps.clock.now() });
    if (isOffer)
      await offer(deps, tx, { cycle, viewer, userId: input.userId, replacedId: before?.decision_id ?? null });
    await deps.audit.record(tx, viewer, {
      action: 'decision.made',
      subjectKind: 'employee',
      subjectId: input.userId,
      before: before ? { decisionId: before.decision_id, kind: before.kind, tier: before.tier } : null,
      after: {
        cycleId: cycle.cycleId,
        decisionId,
        kind: decision.kind,
        tier: decision.tier,
        targetRole: decision.targetRole,
      },
      reason: decision.reason,
    });
    return { ...decision, decisionId, status: 'created' };
  });
}

/** Somebody else may have decided since the screen was drawn: one effect, and a sentence that says so. */
async function assertSeen(
  tx: Tx,
  { before, input, member }: { before: CurrentRow | null; input: DecideInput; member: Member },
): Promise<void> {
  if (input.replaces === undefined || input.replaces === (before?.decision_id ?? null)) return;
  const [by] = await tx.select<{ name: string | null }>(
    `SELECT COALESCE(e.name, d.decided_by) AS name FROM decisions d LEFT JOIN employees e ON e.user_id = d.decided_by
     WHERE d.decision_id = ?`,
    [before?.decision_id ?? ''],
  );
  throw new AppError('decision.taken', { by: by?.name ?? 'HR', name: member.name });
}

export interface ConfirmedAll {
  readonly cycleId: string;
  /** People confirmed by this call. */
  readonly confirmed: number;
  /** Those still undecided: `reassign` is decided person by person. */
  readonly left: readonly { readonly userId: string; readonly tier: Tier }[];
}

/**
 * Confirms the suggestion of everybody in the viewer's scope (or of these people) who is undecided, except `reassign`.
 * Who was decided stays. @throws AppError access.denied, cycle.not_found, cycle.wrong_state
 */
export async function confirmAll(
  deps: ReviewDeps,
  viewer: Viewer,
  { cycleId, userIds }: { readonly cycleId: string; readonly userIds?: readonly string[] | undefined },
): Promise<ConfirmedAll> {
  assertMay(viewer, 'cycle.confirm');
  return deps.db.transaction(async (tx) => {
    const cycle = await lockCycle(tx, cycleId);
    const members = await membersOf(tx, { cycle, viewer, today: today(deps.clock) });
    if (members.length === 0 && !viewer.isHrAdmin && !viewer.isSystem) throw new AppError('cycle.not_found');
    assertInReview(cycle.state);
    const asked = userIds && new Set(userIds);
    const undecided = undecidedOf(members).filter((member) => !asked || asked.has(member.userId));
    const confirmable = undecided.filter((member) => isBulkConfirmable(suggestionOf(member).tier));
    const rows = confirmable.map((member) => ({
      decisionId: newId(),
      member,
      decision: decideFor(suggestionOf(member), rolesOf(member, cycle), { tier: suggestionOf(member).tier }),
      replacesId: null,
    }));
    if (rows.length > 0) {
      await insertDecisions(deps, tx, { viewer, cycle }, rows);
      await moveCycle(tx, cycle, { state: cycle.state, at: deps.clock.now() });
      await deps.audit.record(tx, viewer, {
        action: 'decision.confirmed_all',
        subjectKind: 'cycle',
        subjectId: cycleId,
        after: { people: rows.length, decisionIds: rows.map((row) => row.decisionId) },
      });
    }
    return {
      cycleId,
      confirmed: rows.length,
      left: undecided
        .filter((member) => !confirmable.includes(member))
        .map((member) => ({ userId: member.userId, tier: suggestionOf(member).tier })),
    };
  });
}

interface NewDecision {
  readonly decisionId: string;
  readonly member: Member;
  readonly decision: Decision;
  readonly replacesId: string | null;
}

async function insertDecisions(
  deps: ReviewDeps,
  tx: Tx,
  by: { readonly viewer: Viewer; readonly cycle: Cycle },
  rows: readonly NewDecision[],
): Promise<void> {
  const at = sqlInstant(deps.clock.now());
  const { cycleId } = by.cycle;
  await tx.insertMany(
    'decisions',
    [
      'decision_id',
      'cycle_id',
      'user_id',
      'kind',
      'tier',
      'target_role',
      'effective_on',
      'reason',
      'suggested_tier',
      'decided_by',
      'decided_at',
      'replaces_id',
      'current_key',
    ],
    rows.map(({ decisionId, member, decision, replacesId }): SqlScalar[] => [
      decisionId,
      cycleId,
      member.userId,
      decision.kind,
      decision.tier,
      decision.targetRole,
      decision.effectiveOn,
      decision.reason,
      suggestionOf(member).tier,
      by.viewer.actor,
      at,
      replacesId,
      `${cycleId}/${member.userId}`,
    ]),
  );
}

async function currentDecision(tx: Tx, cycleId: string, userId: string): Promise<CurrentRow | null> {
  const [row] = await tx.select<CurrentRow>(
    `SELECT decision_id, kind, tier, target_role, effective_on, reason FROM decisions WHERE current_key = ? FOR UPDATE`,
    [`${cycleId}/${userId}`],
  );
  return row ?? null;
}

const isSame = (row: CurrentRow, decision: Decision): boolean =>
  row.kind === decision.kind &&
  row.tier === decision.tier &&
  row.target_role === decision.targetRole &&
  row.effective_on === decision.effectiveOn &&
  row.reason === decision.reason;

/** In `review` everybody has a suggestion. */
function suggestionOf(member: Member): { tier: Tier; targetRole: SalesRole | null } {
  if (member.suggested === null) throw new AppError('internal', {}, { about: { userId: member.userId } });
  return { tier: member.suggested, targetRole: member.suggestedRole };
}

const rolesOf = (member: Member, cycle: Cycle) => ({
  presentRole: member.presentRole,
  modelRole: cycle.role,
});
