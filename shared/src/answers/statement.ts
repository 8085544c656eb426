import type { InputUnit } from '../incentive/inputs.ts';
import type { ComponentName } from '../messages/screens/screens.ts';
import type { StatementStatus } from '../messages/words.ts';
import type { AnswerHead } from './session.ts';

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
  kind: ComponentName;
  amountFen: number;
  lines: readonly StatementLine[];
}

export interface StatementLine {
  /** Safe in a path segment once encoded; stable while the line lives. */
  id: string;
  component: string;
  kind: ComponentName;
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

export interface OldPlanTotal {
  name: string;
  totalFen: number;
}

export interface ComponentSum {
  component: string;
  kind: ComponentName;
  amountFen: number;
}
