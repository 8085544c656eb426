import { targetRoleOf, type SalesRole, type Tier } from '@shigang/shared';
import type { CyclePersonAnswer, DecideRequest } from '@shigang/shared/answers';

/** What HR is about to decide. */
export interface DecisionDraft {
  tier: Tier | 'later';
  /** Null: the tier leads to no role. */
  targetRole: SalesRole | null;
  /** The day D as typed; empty: none. */
  effectiveOn: string;
  reason: string;
}

/** Tiers that lead to a role. */
export const hasTarget = (tier: Tier | 'later'): tier is 'transition' | 'reassign' =>
  tier === 'transition' || tier === 'reassign';

/** The decision as it stands, else the suggestion. */
export function draftOf({ decision, suggestedTier, suggestedTargetRole }: CyclePersonAnswer): DecisionDraft {
  if (decision === null)
    return { tier: suggestedTier, targetRole: suggestedTargetRole, effectiveOn: '', reason: '' };
  return {
    tier: decision.tier ?? 'later',
    targetRole: decision.targetRole,
    effectiveOn: decision.effectiveOn ?? '',
    reason: decision.reason ?? '',
  };
}

/** The same draft with another tier: its usual role, and no day where it leads to none. */
export function withTier(
  draft: DecisionDraft,
  tier: Tier | 'later',
  roles: { presentRole: SalesRole | null; modelRole: SalesRole },
): DecisionDraft {
  const { presentRole, modelRole } = roles;
  const targetRole =
    tier === 'later' || presentRole === null ? null : targetRoleOf(tier, { presentRole, modelRole });
  return { ...draft, tier, targetRole, effectiveOn: hasTarget(tier) ? draft.effectiveOn : '' };
}

/** Whether it is what the system suggests. */
const isSuggestion = (
  { suggestedTier, suggestedTargetRole }: CyclePersonAnswer,
  { tier, targetRole }: DecisionDraft,
): boolean => tier === suggestedTier && targetRole === suggestedTargetRole;

/** `reassign`, `later` and every other way than the suggested one need a written reason. */
export const needsReason = (answer: CyclePersonAnswer, draft: DecisionDraft): boolean =>
  draft.tier === 'reassign' || draft.tier === 'later' || !isSuggestion(answer, draft);

/** Whether it says what is decided already. */
export function isUnchanged(answer: CyclePersonAnswer, draft: DecisionDraft): boolean {
  if (answer.decision === null) return false;
  const before = draftOf(answer);
  return (
    before.tier === draft.tier &&
    before.targetRole === draft.targetRole &&
    before.effectiveOn === draft.effectiveOn &&
    before.reason === draft.reason.trim()
  );
}

export function requestOf(
  { person, decision, explanation }: CyclePersonAnswer,
  { tier, targetRole, effectiveOn, reason }: DecisionDraft,
): DecideRequest {
  const written = reason.trim();
  const hasDay = effectiveOn !== '' && targetRole !== explanation.presentRole;
  return {
    userId: person.userId,
    tier,
    ...(targetRole === null ? {} : { targetRole }),
    ...(hasDay ? { effectiveOn } : {}),
    ...(written === '' ? {} : { reason: written }),
    replaces: decision?.decisionId ?? null,
  };
}
