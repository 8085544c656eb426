import type { RoleChangeState, SalesRole, Tier } from '../messages/words.ts';

/**
 * POST /api/v1/cycles/{cycleId}/decisions. In `review` a decision; in `published` a new offer that replaces the one in
 * force, its notice and action go out at once. 409 decision.taken when `replaces` is no longer the one in force.
 */
export interface DecideRequest {
  userId: string;
  tier: Tier | 'later';
  targetRole?: SalesRole;
  effectiveOn?: string;
  reason?: string;
  /** Id of the decision on the screen, null: none was. */
  replaces: string | null;
}

export interface DecisionMade {
  decisionId: string;
  status: 'created' | 'unchanged';
}

/** POST /api/v1/cycles/{cycleId}/confirmations: suggestions of these people (absent: everyone undecided), never `reassign`. */
export interface ConfirmRequest {
  userIds?: readonly string[];
}

export interface Confirmed {
  confirmed: number;
  left: readonly LeftPerson[];
}

/** Somebody whose suggestion was not confirmed. */
export interface LeftPerson {
  userId: string;
  tier: Tier;
}

/** POST /api/v1/cycles/{cycleId}/publication → PublicationMade. */
export interface PublicationMade {
  state: 'published' | 'closed';
}

/** POST /api/v1/cycles/{cycleId}/people/{userId}/resolutions: keep the present post, or go on with a written ground. */
export interface ResolveRequest {
  decisionId: string;
  action: 'keep' | 'ground';
  /** Required for `ground`, 10–2,000 characters. */
  text?: string;
}

export interface Resolved {
  state: RoleChangeState;
}

/** POST /api/v1/cycles/{cycleId}/people/{userId}/notices: the notice once more, in other words. */
export interface ResendRequest {
  noticeId: string;
}

export interface Resent {
  noticeId: string;
}
