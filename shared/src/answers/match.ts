import type { SalesRole, Tier } from '../messages/words.ts';
import type { Supply } from '../metric/definition.ts';
import type { AnswerHead } from './session.ts';

/** GET /api/v1/me/match?period=2026Q3. Before publication the indicators' values are there, every score field is null. */
export interface MatchAnswer extends AnswerHead {
  period: string;
  periods: readonly string[];
  state: MatchState;
  explanation: MatchExplanation | null;
}

/** pending: the quarter's cycle is not published yet · none: this person was not in the quarter's cycle. */
export type MatchState = 'published' | 'pending' | 'none';

export interface MatchExplanation {
  model: ModelRef;
  scoreHundredths: number | null;
  coverageHundredths: number | null;
  tier: Tier | null;
  presentRole: SalesRole | null;
  targetRole: SalesRole | null;
  thresholds: Thresholds;
  dimensions: readonly MatchDimension[];
  missing: readonly MissingIndicator[];
  mustHave: readonly MustHave[];
  /** First and last day of the window that the metrics look at. */
  windowFrom: string;
  windowTo: string;
}

export interface ModelRef {
  role: SalesRole;
  version: number;
  name: string;
}

/** The role-model version's limits in hundredths of points. */
export interface Thresholds {
  transitionHundredths: number;
  trainHundredths: number;
}

export interface MatchDimension {
  id: string;
  name: string;
  weight: number;
  /** Σ w·attainment ÷ Σ w, half up; null when absent or not published. */
  scoreHundredths: number | null;
  indicators: readonly MatchIndicator[];
}

export interface MatchIndicator {
  metric: string;
  name: string;
  valueTenThousandths: number | null;
  /** Sample size. */
  n: number;
  floorTenThousandths: number;
  targetTenThousandths: number;
  direction: 'up' | 'down';
  weight: number;
  attainmentHundredths: number | null;
  pointsHundredths: number | null;
  /** The points that full attainment would give with the indicators present now. */
  fullPointsHundredths: number | null;
  /** Null under five people. */
  teamAverageTenThousandths: number | null;
  /** How many records lie behind it: the link to the records is shown when there are any. */
  evidenceCount: number;
}

export interface MissingIndicator {
  metric: string;
  name: string;
  /** What would supply it. */
  suppliedBy: Supply;
}

export interface MustHave {
  metric: string;
  name: string;
  atLeastTenThousandths: number;
  valueTenThousandths: number | null;
  isMet: boolean;
}
