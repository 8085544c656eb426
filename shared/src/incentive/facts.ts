import type { Segment } from '../messages/words.ts';
import type { DayString } from '../period/day.ts';

/**
 * What one employee's statement of one quarter is priced from; lists in any order. Needed are the facts anchored in the
 * quarter, and the earlier deals that were refunded in it.
 */
export interface EmployeeFacts {
  readonly deals: readonly CreditedDeal[];
  readonly renewals: readonly CreditedRenewal[];
  /** Scores of feedback given in the quarter. */
  readonly scores: readonly FeedbackScore[];
  /** Resolved collaborations that the employee requested, solved or not. */
  readonly collaborations: readonly ResolvedCollaboration[];
  /** Contracts of the employee's own records that fell due, for the renewal rate. */
  readonly dueRenewals: readonly DueRenewal[];
}

/** The employee's share of a won deal. */
export interface CreditedDeal {
  /** `closed_on`. */
  readonly anchorOn: DayString;
  readonly dealId: string;
  /** Of the whole deal. */
  readonly dealFen: number;
  readonly shareBp: number;
  readonly shareFen: number;
  /** As stated by the source, else by the amount rule. */
  readonly segment: Segment | null;
  readonly refunds: readonly Refund[];
}

/** Money given back on a deal: its refund columns, or a negative receipt (amount positive here). */
export interface Refund {
  readonly on: DayString;
  readonly fen: number;
  /** Receipt id, or `refund`. */
  readonly ref: string;
}

/** The employee's share of a renewed contract. */
export interface CreditedRenewal {
  /** `renewed_on`. */
  readonly anchorOn: DayString;
  readonly renewalId: string;
  readonly contractFen: number;
  readonly shareBp: number;
  readonly shareFen: number;
  readonly years: number;
}

export interface FeedbackScore {
  readonly givenOn: DayString;
  readonly scoreTenths: number;
}

export interface ResolvedCollaboration {
  /** Shanghai day of `resolved_at`. */
  readonly anchorOn: DayString;
  readonly collaborationId: string;
  readonly isSolved: boolean;
}

export interface DueRenewal {
  readonly dueOn: DayString;
  readonly isRenewed: boolean;
}
