import type { DayString } from '../../period/day.ts';
import type { SalesRole, Segment } from '../../messages/words.ts';

/** Content of one plan version, as validated by `parsePlan`. Source: docs/formats.md §4. */
export interface PlanContent {
  readonly id: string;
  readonly name: string;
  readonly validFrom: DayString;
  /** In the order of the catalogue, each once. */
  readonly roles: readonly SalesRole[];
  /** Facts anchored after the last working day are priced too (bonuses still need employment). */
  readonly payAfterLeaving: boolean;
  readonly components: readonly PlanComponent[];
  /** What the old plan would have paid for the same facts; null: nothing to compare with. */
  readonly comparison: PlanComparison | null;
}

export interface PlanComparison {
  readonly name: string;
  readonly components: readonly PlanComponent[];
}

export type PlanComponent =
  RevenueCommission | SatisfactionBonus | RenewalCommission | CoordinationReward | WeightedIndexBonus;

export type ComponentKind = PlanComponent['kind'];
/** A bonus is paid per quarter or per month; its anchor is the last day of that period. */
export type BonusPeriod = 'quarter' | 'month';

export interface RevenueCommission {
  readonly id: string;
  readonly kind: 'revenue_commission';
  readonly rateBp: number;
  /** `signed`: anchored on `closed_on`. `collected` is refused until it is built. */
  readonly basis: 'signed';
  /** Only deals of these segments; null: all. */
  readonly segments: readonly Segment[] | null;
}

export interface SatisfactionBonus {
  readonly id: string;
  readonly kind: 'satisfaction_bonus';
  readonly period: BonusPeriod;
  /** Scores needed, ≥ 1. */
  readonly minCount: number;
  /** Ascending by threshold; only the highest step reached pays. */
  readonly steps: readonly SatisfactionStep[];
}

export interface SatisfactionStep {
  /** Mean score in hundredths: 9.0 → 900. */
  readonly atLeastHundredths: number;
  readonly amountFen: number;
}

export interface RenewalCommission {
  readonly id: string;
  readonly kind: 'renewal_commission';
  readonly rateBp: number;
}

export interface CoordinationReward {
  readonly id: string;
  readonly kind: 'coordination_reward';
  readonly amountFen: number;
}

export interface WeightedIndexBonus {
  readonly id: string;
  readonly kind: 'weighted_index_bonus';
  readonly period: BonusPeriod;
  readonly baseFen: number;
  readonly indicators: readonly IndexIndicator[];
}

/** What an index bonus can measure over its own period. */
export const indexMetrics = [
  'revenue',
  'satisfaction_avg',
  'renewal_rate',
  'collaboration_solved_rate',
] as const;
export type IndexMetric = (typeof indexMetrics)[number];

export interface IndexIndicator {
  readonly metric: IndexMetric;
  /** Ten-thousandths of the metric's unit (revenue: of a fen). */
  readonly floorTenThousandths: number;
  readonly targetTenThousandths: number;
  /** Positive; the weights of a bonus sum to 100. */
  readonly weight: number;
}

/** A version in the store: its content and its number (1, 2, … per plan id). */
export interface PlanVersion extends PlanContent {
  readonly version: number;
}
