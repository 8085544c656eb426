import {
  period as quarter,
  periodOfDay,
  previousPeriod,
  rangeOfMonth,
  sumFen,
  type ComponentKind,
  type Period,
  type StatementDocument,
} from '@shigang/shared';
import type {
  AnswerHead,
  HomeStatement,
  OldPlanTotal,
  StatementAnswer,
  StatementGroup,
  StatementLine,
} from '@shigang/shared/answers';
import type { Viewer } from '../../access/index.ts';
import type { IncentiveDeps } from './deps.ts';
import type { PlanRefs } from './plans/plan-refs.ts';
import { readableLines } from './statement-lines.ts';
import { readStatement, statementPeriods, type StoredStatement } from './statement-row.ts';

/** A statement as its owner reads it, for a quarter or one month of it. */
export interface StatementView extends Omit<StatementAnswer, keyof AnswerHead> {
  readonly computedAt: Date;
}

/**
 * The statement of a quarter (`2026Q3`) or of one of its months (`2026-09`: the lines anchored in it).
 * @throws AppError statement.not_found for an absent and a forbidden one alike, period.invalid
 */
export async function statementOf(
  deps: IncentiveDeps,
  plans: PlanRefs,
  viewer: Viewer,
  subject: { readonly userId: string; readonly period: string },
): Promise<StatementView> {
  const isMonth = /^\d{4}-(0[1-9]|1[0-2])$/.test(subject.period);
  const quarterAsked = isMonth ? periodOfDay(`${subject.period}-01`) : quarter(subject.period);
  const stored = await readStatement(deps.db, viewer, subject.userId, quarterAsked);
  await deps.audit.recordRead(deps.db, viewer, 'statement', subject.userId);
  const [all, periods] = await Promise.all([
    readableLines(deps.db, plans, subject.userId, stored.document),
    statementPeriods(deps.db, viewer, subject.userId),
  ]);
  const lines = isMonth ? linesOfMonth(all, subject.period) : all;
  return {
    period: subject.period,
    quarter: quarterAsked,
    periods,
    status: stored.status,
    totalFen: isMonth ? sumOf(lines) : stored.totalFen,
    oldPlan: isMonth ? null : oldPlanOf(stored),
    groups: groupsOf(await componentsOf(plans, stored.document), lines),
    corrections: [],
    computedAt: stored.computedAt,
  };
}

/** The head of the home screen. */
export interface ComputedHomeStatement extends HomeStatement {
  readonly computedAt: Date;
}

/** @throws AppError statement.not_found for an absent and a forbidden one alike */
export async function homeStatement(
  deps: IncentiveDeps,
  plans: PlanRefs,
  viewer: Viewer,
  subject: { readonly userId: string; readonly period: Period },
): Promise<ComputedHomeStatement> {
  const { userId, period } = subject;
  const stored = await readStatement(deps.db, viewer, userId, period);
  await deps.audit.recordRead(deps.db, viewer, 'statement', userId);
  const [before] = await deps.db.select<{ total_fen: number }>(
    'SELECT total_fen FROM statements WHERE period = ? AND user_id = ?',
    [previousPeriod(period), userId],
  );
  const sums = new Map<string, number>();
  for (const { head, amountFen } of stored.document.groups)
    sums.set(head.component, (sums.get(head.component) ?? 0) + amountFen);
  const components = await componentsOf(plans, stored.document);
  return {
    status: stored.status,
    totalFen: stored.totalFen,
    previousTotalFen: before ? Number(before.total_fen) : null,
    oldPlan: oldPlanOf(stored),
    components: [...components].map(([component, kind]) => ({
      component,
      kind,
      amountFen: sums.get(component) ?? 0,
    })),
    computedAt: stored.computedAt,
  };
}

/** Components of the quarter's plans in their order, each once; then those that only a clawback still names. */
async function componentsOf(
  plans: PlanRefs,
  document: StatementDocument,
): Promise<Map<string, ComponentKind>> {
  const components = new Map<string, ComponentKind>();
  for (const { id, version } of document.plans) {
    for (const component of (await plans.find(id, version)).components) {
      if (!components.has(component.id)) components.set(component.id, component.kind);
    }
  }
  for (const { head } of document.groups) {
    if (components.has(head.component)) continue;
    components.set(head.component, head.kind === 'clawback' ? 'revenue_commission' : head.kind);
  }
  return components;
}

const groupsOf = (
  components: ReadonlyMap<string, ComponentKind>,
  lines: readonly StatementLine[],
): StatementGroup[] =>
  [...components].map(([component, kind]) => {
    const own = lines.filter((line) => line.component === component);
    return { component, kind, amountFen: sumOf(own), lines: own };
  });

const oldPlanOf = ({ oldTotalFen, document }: StoredStatement): OldPlanTotal | null =>
  oldTotalFen === null || document.comparisonName === null
    ? null
    : { name: document.comparisonName, totalFen: oldTotalFen };

function linesOfMonth(lines: readonly StatementLine[], month: string): StatementLine[] {
  const { firstDay, lastDay } = rangeOfMonth(month);
  return lines.filter((line) => line.anchorOn >= firstDay && line.anchorOn <= lastDay);
}

const sumOf = (lines: readonly StatementLine[]): number => sumFen(lines.map((line) => line.amountFen));
