import { AppError } from '../errors/app-error.ts';
import { salesRoles, tierNames, type SalesRole, type Tier } from '../messages/words.ts';
import { isDay, type DayString } from '../period/day.ts';

/** What the system suggests for a person. */
export interface Recommendation {
  readonly tier: Tier;
  /** The role that the tier leads to; null for `train` and `insufficient_data`. */
  readonly targetRole: SalesRole | null;
}

export interface PersonRoles {
  /** Role held on the period's last day. */
  readonly presentRole: SalesRole;
  /** Role of the cycle's model. */
  readonly modelRole: SalesRole;
}

/** Default target of a tier (docs/domain.md §5): the model's role, or going on in the present one. */
export function targetRoleOf(tier: Tier, roles: PersonRoles): SalesRole | null {
  if (tier === 'transition') return roles.modelRole;
  if (tier !== 'reassign') return null;
  return roles.presentRole === roles.modelRole ? 'small_account' : roles.presentRole;
}

export const recommend = (tier: Tier, roles: PersonRoles): Recommendation => ({
  tier,
  targetRole: targetRoleOf(tier, roles),
});

/** What HR asks for; `later` puts the person off to the next cycle. */
export interface DecisionRequest {
  readonly tier: Tier | 'later';
  readonly targetRole?: SalesRole | null;
  /** The day before which nothing takes effect. */
  readonly effectiveOn?: string | null;
  readonly reason?: string | null;
}

export interface Decision {
  readonly kind: 'decided' | 'later';
  readonly tier: Tier | null;
  readonly targetRole: SalesRole | null;
  readonly effectiveOn: DayString | null;
  readonly reason: string | null;
}

/** A reason must be readable later, and fit its column. */
const MAX_REASON = 2_000;

/**
 * Checks HR's decision against the recommendation: going another way needs a reason, `reassign` and `later` always do;
 * only `transition` and `reassign` have a target role and a date.
 * @throws AppError decision.reason_required, decision.reason_too_long, decision.no_target, decision.role_unknown,
 *   day.invalid
 */
export function decideFor(suggested: Recommendation, roles: PersonRoles, request: DecisionRequest): Decision {
  const reason = request.reason?.trim() || null;
  if (reason !== null && reason.length > MAX_REASON)
    throw new AppError('decision.reason_too_long', { max: MAX_REASON });
  const needsReason = (): never => {
    throw new AppError('decision.reason_required', { tier: nameOf(request.tier) });
  };
  if (request.tier === 'later') {
    assertNoTarget(request);
    return {
      kind: 'later',
      tier: null,
      targetRole: null,
      effectiveOn: null,
      reason: reason ?? needsReason(),
    };
  }
  const hasTarget = request.tier === 'transition' || request.tier === 'reassign';
  if (!hasTarget) assertNoTarget(request);
  const targetRole = hasTarget ? chosenRole(request, roles, request.tier) : null;
  const isOverride = request.tier !== suggested.tier || targetRole !== suggested.targetRole;
  if (reason === null && (isOverride || request.tier === 'reassign')) needsReason();
  return {
    kind: 'decided',
    tier: request.tier,
    targetRole,
    effectiveOn: dateOf(request.effectiveOn),
    reason,
  };
}

/** Tiers that HR may confirm for many people at once; `reassign` is decided person by person. */
export const isBulkConfirmable = (tier: Tier): boolean => tier !== 'reassign';

const nameOf = (tier: Tier | 'later'): string => (tier === 'later' ? '暂不决定' : tierNames[tier]);

function chosenRole(request: DecisionRequest, roles: PersonRoles, tier: Tier): SalesRole | null {
  const chosen = request.targetRole ?? null;
  if (chosen === null) return targetRoleOf(tier, roles);
  if (!salesRoles.includes(chosen)) throw new AppError('decision.role_unknown', { role: chosen });
  return chosen;
}

function assertNoTarget(request: DecisionRequest): void {
  if ((request.targetRole ?? null) !== null || (request.effectiveOn ?? null) !== null) {
    throw new AppError('decision.no_target', { tier: nameOf(request.tier) });
  }
}

function dateOf(value: string | null | undefined): DayString | null {
  if (value === null || value === undefined) return null;
  if (!isDay(value)) throw new AppError('day.invalid', { value });
  return value as DayString;
}
