import {
  period as quarter,
  periodOfDay,
  previousPeriod,
  rangeOfMonth,
  type ComponentKind,
  type LineKind,
  type Period,
  type StatementDocument,
  type StatementStatus,
} from '@shigang/shared';
import type { Viewer } from '../../access/index.ts';
import type { IncentiveDeps } from './deps.ts';
import type { PlanRefs } from './plan-refs.ts';
import { readableLines, type ReadableLine } from './statement-lines.ts';
import { readStatement, statementPeriods, type StoredStatement } from './statement-row.ts';

export interface OldPlanTotal {
  readonly name: string;
  readonly totalFen: number;
}

export interface StatementGroup {
  readonly component: string;
  readonly kind: LineKind;
  readonly amountFen: number;
  readonly lines: ReadableLine[];
}

/** A statement as its owner reads it, for a quarter or one month of it. */
export interface StatementView {
  readonly period: string;
  readonly quarter: Period;
  readonly periods: Period[];
  readonly status: StatementStatus;
  readonly totalFen: number;
  /** Null without a comparison, and for a month. */
  readonly oldPlan: OldPlanTotal | null;
  /** In the plan's order of components, those without lines included; a clawback stands with what it corrects. */
  readonly groups: StatementGroup[];
  /** Deltas of closed quarters and adjustments; none before a period close exists. */
  readonly corrections: ReadableLine[];
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

export interface ComponentSum {
  readonly component: string;
  readonly kind: LineKind;
  readonly amountFen: number;
}

/** The head of the home screen. */
export interface HomeStatement {
  readonly status: StatementStatus;
  readonly totalFen: number;
  /** Of the quarter before, null when there was no statement. */
  readonly previousTotalFen: number | null;
  readonly oldPlan: OldPlanTotal | null;
  readonly components: ComponentSum[];
  readonly computedAt: Date;
}

/** @throws AppError statement.not_found for an absent and a forbidden one alike */
export async function homeStatement(
  deps: IncentiveDeps,
  plans: PlanRefs,
  viewer: Viewer,
  subject: { readonly userId: string; readonly period: Period },
): Promise<HomeStatement> {
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
  lines: readonly ReadableLine[],
): StatementGroup[] =>
  [...components].map(([component, kind]) => {
    const own = lines.filter((line) => line.component === component);
    return { component, kind, amountFen: sumOf(own), lines: own };
  });

const oldPlanOf = ({ oldTotalFen, document }: StoredStatement): OldPlanTotal | null =>
  oldTotalFen === null || document.comparisonName === null
    ? null
    : { name: document.comparisonName, totalFen: oldTotalFen };

function linesOfMonth(lines: readonly ReadableLine[], month: string): ReadableLine[] {
  const { firstDay, lastDay } = rangeOfMonth(month);
  return lines.filter((line) => line.anchorOn >= firstDay && line.anchorOn <= lastDay);
}

const sumOf = (lines: readonly ReadableLine[]): number =>
  lines.reduce((sum, line) => sum + line.amountFen, 0);
