import type { RoleChangeState, SalesRole, StatementStatus, Tier } from '../messages/words.ts';
import type { MatchState, MissingIndicator, Thresholds } from './match.ts';
import type { AnswerHead } from './session.ts';
import type { ComponentSum, OldPlanTotal } from './statement.ts';

/** GET /api/v1/me/home?period=2026Q3 (period optional: the latest finished or running quarter with data). */
export interface HomeAnswer extends AnswerHead {
  period: string;
  /** Quarters that have a statement or a published score, newest first; at least `period`. */
  periods: readonly string[];
  statement: HomeStatement | null;
  match: HomeMatch;
  /** What the published decision of the period asks for or brings; null: nothing was sent to this person. */
  development: HomeDevelopment | null;
}

export interface HomeDevelopment {
  /** A reply is asked for and still open. */
  reply: HomeReply | null;
  change: HomeChange | null;
  /** Last day of the training plan, null without one. */
  trainingDueOn: string | null;
}

export interface HomeReply {
  dueOn: string;
  workingDaysLeft: number;
}

export interface HomeChange {
  state: RoleChangeState;
  toRole: SalesRole;
  effectiveOn: string | null;
}

export interface HomeStatement {
  status: StatementStatus;
  totalFen: number;
  /** Total of the quarter before, null when there was no statement. */
  previousTotalFen: number | null;
  /** The comparison plan: null when the plan names none. */
  oldPlan: OldPlanTotal | null;
  /** Sums per component in the plan's order; corrections (delta, adjustment) come last. Zero components are kept. */
  components: readonly ComponentSum[];
}

/** Nothing of a score before publication: `result` is null unless `state` is `published`. */
export interface HomeMatch {
  state: MatchState;
  result: HomeMatchResult | null;
}

export interface HomeMatchResult {
  scoreHundredths: number | null;
  coverageHundredths: number;
  /** HR's decision; null when HR decided `later`. */
  tier: Tier | null;
  presentRole: SalesRole | null;
  targetRole: SalesRole | null;
  thresholds: Thresholds;
  /** Up to three indicators with the highest attainment (by points among equals), best first. */
  strongest: readonly IndicatorPoint[];
  /** The indicator with most points still to be got; null when every indicator is full. */
  largestGap: IndicatorPoint | null;
  /** Indicators without data. */
  missing: readonly MissingIndicator[];
}

export interface IndicatorPoint {
  metric: string;
  /** The screen's name, e.g. 客户满意度. */
  name: string;
  valueTenThousandths: number;
  targetTenThousandths: number;
  attainmentHundredths: number;
  pointsHundredths: number;
  fullPointsHundredths: number;
}
