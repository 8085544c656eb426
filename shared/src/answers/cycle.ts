import type { CycleState, SalesRole, Tier } from '../messages/words.ts';
import type { MatchExplanation, ModelRef, Thresholds } from './match.ts';
import type { AnswerHead } from './session.ts';

/** GET /api/v1/cycles[?role=large_account]: newest first. */
export interface CycleListAnswer {
  cycles: readonly CycleSummary[];
}

export interface CycleSummary {
  cycleId: string;
  period: string;
  role: SalesRole;
  state: CycleState;
}

/** GET /api/v1/cycles/{cycleId}: the board's head; counts and people only of what the viewer may see. */
export interface CycleAnswer extends AnswerHead {
  cycleId: string;
  period: string;
  state: CycleState;
  model: ModelRef;
  thresholds: Thresholds;
  /** Per person the decision, else the suggestion. */
  counts: TierCounts;
  people: number;
  /** People whose score is there; fewer than `people` while the cycle is computing. */
  computed: number;
  decided: number;
  publishedOn: string | null;
  /** Names of managers and HR people whom the summary card did not reach. */
  unreached: readonly string[];
  cycles: readonly CycleSummary[];
}

export interface TierCounts {
  transition: number;
  train: number;
  reassign: number;
  insufficientData: number;
  later: number;
  left: number;
}

/**
 * GET /api/v1/cycles/{cycleId}/people: everyone of the cycle whom the viewer may see, in one columnar answer (every
 * array of `columns` has `rows` entries; row i is one person; order: user id). Immutable per `version`; ETag.
 */
export interface CyclePeopleAnswer {
  cycleId: string;
  version: string;
  rows: number;
  /** Words that the index columns point into. */
  departments: readonly string[];
  roles: readonly SalesRole[];
  /** Names of the indicators, e.g. 大客户赢单率. */
  gaps: readonly string[];
  columns: CyclePeopleColumns;
}

export interface CyclePeopleColumns {
  userId: readonly string[];
  name: readonly string[];
  jobNumber: readonly string[];
  /** Index into `departments`, −1 none. */
  department: readonly number[];
  /** Index into `roles` (present role), −1 none. */
  role: readonly number[];
  /** −1 = no score. */
  scoreHundredths: readonly number[];
  /** Score of the quarter before under the same role's model; −1 = none. */
  previousScoreHundredths: readonly number[];
  coverageHundredths: readonly number[];
  /** 0 transition, 1 train, 2 reassign, 3 insufficient_data (order of `Tier`). */
  suggestedTier: readonly number[];
  /** −1 not decided yet, 0–3 the decided tier, 4 later. */
  decision: readonly number[];
  /** Index into `gaps` of the indicator with most points still to be got, −1 none. */
  gap: readonly number[];
  /** 1 = has left by publication. */
  left: readonly number[];
  /** State of the role change of the decision in force: index into `roleChangeStates`, −1 none. */
  change: readonly number[];
  /** Latest notice of the decision in force: −1 none, 0 on its way, 1 delivered, 2 not delivered or unknown. */
  notice: readonly number[];
}

/** GET /api/v1/cycles/{cycleId}/people/{userId}: audited read of another person's explanation. */
export interface CyclePersonAnswer {
  cycleId: string;
  period: string;
  state: CycleState;
  person: CyclePerson;
  suggestedTier: Tier;
  suggestedTargetRole: SalesRole | null;
  decision: CycleDecision | null;
  previousScoreHundredths: number | null;
  explanation: MatchExplanation;
}

export interface CyclePerson {
  userId: string;
  name: string;
  jobNumber: string | null;
  departmentName: string | null;
  managerName: string | null;
  hiredOn: string | null;
  leftOn: string | null;
}

export interface CycleDecision {
  decisionId: string;
  kind: 'decided' | 'later';
  tier: Tier | null;
  targetRole: SalesRole | null;
  /** The day D before which nothing takes effect, null: none was given. */
  effectiveOn: string | null;
  reason: string | null;
  decidedByName: string;
  decidedAt: string;
}
