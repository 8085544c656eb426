import type { Period, DayString } from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import { applyPlan, type PlanApplied } from './plans/apply-plan.ts';
import { chunksOf, computeChunk, computeStatements } from './compute-statements.ts';
import type { IncentiveDeps } from './deps.ts';
import { explainIncentive, type IncentiveExplanation } from './explain-incentive.ts';
import { PlanRefs } from './plans/plan-refs.ts';
import type { UserRange } from './read-people.ts';
import { recomputeChanged } from './recompute-changed.ts';
import { showPlan } from './plans/show-plan.ts';
import type { ComputedStatements } from './write-statements.ts';
import { latestPeriod, statementPeriods } from './statement-row.ts';
import {
  homeStatement,
  statementOf,
  type ComputedHomeStatement,
  type StatementView,
} from './statement.queries.ts';

export type { IncentiveDeps } from './deps.ts';
export type { PlanApplied } from './plans/apply-plan.ts';
export type { ComputedStatements } from './write-statements.ts';
export type { UserRange } from './read-people.ts';
export type { ExplainedLine, IncentiveExplanation } from './explain-incentive.ts';
export { HomeStatement, StatementAnswer } from './dto.ts';
export { lockedQuarters } from './locked-quarters.ts';
export { ownStatement, type OwnStatementDeps } from './own-statement.ts';
export { incentiveRoutes } from './routes.ts';
export { markOpenStatements } from './mark-statements.ts';
export { readPlanForRole, type PlanOfRole } from './plans/plan-for-role.ts';
export type { ComputedHomeStatement, StatementView } from './statement.queries.ts';

/** The face of plans and statements. */
export interface Incentive {
  /** `plan apply`, see {@link applyPlan}. */
  applyPlan(viewer: Viewer, file: unknown, options: { readonly publish: boolean }): Promise<PlanApplied>;
  /** `plan show`, see {@link showPlan}. */
  showPlan(viewer: Viewer, id: string, on?: DayString): Promise<unknown>;
  /** `incentives compute`: everybody's statements of a quarter, or one person's. */
  computeStatements(viewer: Viewer, period: Period, userId?: string): Promise<ComputedStatements>;
  /** The same in pieces for jobs: each chunk is one transaction and safe to repeat. */
  chunksOf(period: Period): Promise<UserRange[]>;
  computeChunk(viewer: Viewer, period: Period, range: UserRange): Promise<ComputedStatements>;
  /** What facts, roles or plans changed since, see {@link recomputeChanged}. */
  recomputeChanged(viewer: Viewer): Promise<{ readonly marks: number; readonly written: number }>;
  /** `explain incentive`. */
  explain(viewer: Viewer, subject: { userId: string; period: Period }): Promise<IncentiveExplanation>;
  /** A quarter or a month as its owner reads it. */
  statementOf(viewer: Viewer, subject: { userId: string; period: string }): Promise<StatementView>;
  homeStatement(viewer: Viewer, subject: { userId: string; period: Period }): Promise<ComputedHomeStatement>;
  /** The newest quarter with earnings, else the newest with a statement; null without one. */
  latestPeriod(viewer: Viewer, userId: string): Promise<Period | null>;
  /** Quarters with a statement, newest first. */
  periodsOf(viewer: Viewer, userId: string): Promise<Period[]>;
}

export function createIncentive(deps: IncentiveDeps): Incentive {
  const plans = new PlanRefs(deps.db);
  return {
    applyPlan: (viewer, file, options) => applyPlan(deps, viewer, file, options),
    showPlan: (viewer, id, on) => showPlan(deps, viewer, { id, on }),
    computeStatements: (viewer, period, userId) => computeStatements(deps, viewer, { period, userId }),
    chunksOf: (period) => chunksOf(deps, period),
    computeChunk: (viewer, period, range) => computeChunk(deps, viewer, { period, range }),
    recomputeChanged: (viewer) => recomputeChanged(deps, viewer),
    explain: (viewer, subject) => explainIncentive(deps, plans, viewer, subject),
    statementOf: (viewer, subject) => statementOf(deps, plans, viewer, subject),
    homeStatement: (viewer, subject) => homeStatement(deps, plans, viewer, subject),
    latestPeriod: (viewer, userId) => latestPeriod(deps.db, viewer, userId),
    periodsOf: (viewer, userId) => statementPeriods(deps.db, viewer, userId),
  };
}
