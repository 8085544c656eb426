/**
 * The JSON that the screens read, one interface per DTO class of the server (same names, so that types generated
 * from /api/openapi.json replace this file without touching a screen).
 *
 * Units stand in the names and are always integers:
 *   …Fen               money in fen
 *   …Hundredths        scores, points, attainment, coverage (85.20 = 8520; coverage in hundredths of a percent)
 *   …TenThousandths    a metric's value, floor, target or team average with its four decimals (9.2 = 92000, 75 % = 7500)
 *   …Tenths            customer satisfaction (9.2 = 92)
 *   …Bp                basis points
 * Days (`…On`) are 'YYYY-MM-DD', instants (`…At`) ISO 8601 written in Asia/Shanghai with its offset
 * ('2026-10-12T09:30:00+08:00'): screens cut strings and never construct a Date.
 * Periods are quarters 'YYYYQn', months 'YYYY-MM'.
 * Absent values are null, never left out.
 */

import type { RoleChangeState } from './decision-answers.ts';

export type Tier = 'transition' | 'train' | 'reassign' | 'insufficient_data';
export type SalesRole = 'small_account' | 'large_account' | 'sales_support';
export type CycleState = 'draft' | 'computing' | 'review' | 'published' | 'closed';

/* ------------------------------------------------------------------ session ------------------------------------- */

/** GET /api/v1/session (401 `session.required` without one). Also the `viewer` of every page's data. */
export interface SessionAnswer {
  userId: string;
  name: string;
  /** Main department, null when DingTalk names none. */
  departmentName: string | null;
  /** Which doors are shown; the server decides again at every read. */
  abilities: SessionAbilities;
}
export interface SessionAbilities {
  /** Holds (or held) a sales role: has a home, a statement, a match score. */
  seesOwnFigures: boolean;
  /** HR or HR admin: may open /desk. */
  opensDesk: boolean;
  /** Somebody reports to this person, directly or not: may open /team. */
  managesTeam: boolean;
}

/** What every page's answer starts with. */
export interface AnswerHead {
  viewer: SessionAnswer;
  /** The business clock when the answer was made: greeting, 今天/昨天. */
  nowAt: string;
  /** When the figures shown were computed last. */
  dataAt: string | null;
}

/* ------------------------------------------------------------------ staff home ---------------------------------- */

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
  reply: { dueOn: string; workingDaysLeft: number } | null;
  change: { state: RoleChangeState; toRole: SalesRole; effectiveOn: string | null } | null;
  /** Last day of the training plan, null without one. */
  trainingDueOn: string | null;
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
export type StatementStatus = 'open' | 'locked' | 'paid';
export interface OldPlanTotal {
  name: string;
  totalFen: number;
}
export interface ComponentSum {
  component: string;
  kind: LineKind;
  amountFen: number;
}
/** Nothing of a score before publication: `result` is null unless `state` is `published`. */
export interface HomeMatch {
  state: MatchState;
  result: HomeMatchResult | null;
}
/** pending: the quarter's cycle is not published yet · none: this person was not in the quarter's cycle. */
export type MatchState = 'published' | 'pending' | 'none';
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
/** The role-model version's limits in hundredths of points. */
export interface Thresholds {
  transitionHundredths: number;
  trainHundredths: number;
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
export interface MissingIndicator {
  metric: string;
  name: string;
  /** What would supply it. */
  suppliedBy: Supply;
}
export type Supply =
  'assessment' | 'deals' | 'feedback' | 'collaborations' | 'renewals' | 'trainings' | 'attendance' | 'roles';

/* ------------------------------------------------------------------ statement ----------------------------------- */

/**
 * GET /api/v1/me/statement?period=2026Q3 | 2026-09 (a month = the lines anchored in it, totals likewise, old plan
 * null). 404 `statement.not_found` when there is none.
 */
export interface StatementAnswer extends AnswerHead {
  /** As asked: quarter or month. */
  period: string;
  quarter: string;
  /** Quarters with a statement, newest first. */
  periods: readonly string[];
  status: StatementStatus;
  totalFen: number;
  oldPlan: OldPlanTotal | null;
  /** In the plan's order of components; a component without lines is present with an empty list. */
  groups: readonly StatementGroup[];
  /** Deltas of closed quarters, adjustments, carried amounts. */
  corrections: readonly StatementLine[];
}
export interface StatementGroup {
  component: string;
  kind: LineKind;
  amountFen: number;
  lines: readonly StatementLine[];
}
export type LineKind =
  | 'revenue_commission'
  | 'satisfaction_bonus'
  | 'renewal_commission'
  | 'coordination_reward'
  | 'weighted_index_bonus'
  | 'clawback'
  | 'adjustment'
  | 'delta'
  | 'guarantee'
  | 'carried';
export interface StatementLine {
  /** Safe in a path segment once encoded; stable while the line lives. */
  id: string;
  component: string;
  kind: LineKind;
  anchorOn: string;
  amountFen: number;
  /** The formula with its numbers, rendered by the server's versioned renderer. */
  formula: string;
  /** The numbers of the formula in its order. */
  inputs: readonly StatementInput[];
  source: StatementSource;
  plan: PlanRef;
}
export interface StatementInput {
  /** e.g. amountFen, shareBp, rateBp, years, meanTenThousandths, n, atLeastTenths: see the incentive chapter. */
  name: string;
  unit: InputUnit;
  value: number;
}
export type InputUnit =
  'fen' | 'bp' | 'tenths' | 'hundredths' | 'ten_thousandths' | 'years' | 'count' | 'weight';
export interface StatementSource {
  kind: 'deal' | 'receipt' | 'renewal' | 'collaboration' | 'period' | 'adjustment';
  id: string;
  /** What a person would call it: 恒远医疗 · 年度服务合同; for a collaboration 技术支持部 · 接口联调方案. */
  label: string;
}
export interface PlanRef {
  id: string;
  version: number;
  name: string;
  validFrom: string;
}

/* ------------------------------------------------------------------ match score --------------------------------- */

/** GET /api/v1/me/match?period=2026Q3. Before publication the indicators' values are there, every score field is null. */
export interface MatchAnswer extends AnswerHead {
  period: string;
  periods: readonly string[];
  state: MatchState;
  explanation: MatchExplanation | null;
}
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
export interface MustHave {
  metric: string;
  name: string;
  atLeastTenThousandths: number;
  valueTenThousandths: number | null;
  isMet: boolean;
}

/** GET /api/v1/me/evidence?period=2026Q3&metric=satisfaction_avg[&after=N]: at most 200 records from row N on. */
export interface EvidenceAnswer extends AnswerHead {
  period: string;
  indicator: EvidenceIndicator;
  windowFrom: string;
  windowTo: string;
  total: number;
  /** Newest first. */
  records: readonly EvidenceRecord[];
  /** Pass as `after` for the next page; null at the end. */
  next: number | null;
}
export interface EvidenceIndicator {
  metric: string;
  name: string;
  valueTenThousandths: number | null;
  n: number;
  targetTenThousandths: number | null;
  direction: 'up' | 'down';
  teamAverageTenThousandths: number | null;
}
/** One record behind an indicator; only the fields of its kind are set, the others are null. */
export interface EvidenceRecord {
  kind: 'deal' | 'feedback' | 'collaboration' | 'renewal' | 'training' | 'assessment' | 'attendance' | 'role';
  /** The natural key in the source, e.g. the deal id. */
  id: string;
  /** The day that places it in the window: closed_on (open deal: opened_on), given_on, requested_at, due_on … */
  on: string;
  /** Customer, department asked, course, dimension or role name. */
  title: string | null;
  outcome: EvidenceOutcome | null;
  amountFen: number | null;
  scoreTenths: number | null;
  /** Days a deal took or has been followed. */
  days: number | null;
  /** Hours from request to response. */
  hoursHundredths: number | null;
  /** Feedback text or the request's subject. */
  text: string | null;
}
export type EvidenceOutcome =
  | 'won'
  | 'lost'
  | 'open'
  | 'renewed'
  | 'not_renewed'
  | 'solved'
  | 'unsolved'
  | 'pending'
  | 'passed'
  | 'not_passed'
  | 'worked'
  | 'absent';

export type * from './cycle-answers.ts';
export type * from './decision-answers.ts';
