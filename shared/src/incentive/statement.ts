import type { DayString } from '../period/day.ts';
import { rangeOfPeriod, type DayRange, type Period } from '../period/quarter.ts';
import { bonusTerms } from './components/bonus-term.ts';
import type { CompiledComponent } from './plan/compiled-plan.ts';
import { rewardCollaborations } from './components/coordination-reward.ts';
import { clawBack, priceDeals, sumDeals, type ClawbackWindow } from './components/deal-pricing.ts';
import type { CreditedDeal, CreditedRenewal, EmployeeFacts, ResolvedCollaboration } from './facts.ts';
import { compareLines, type Line, type LineHead } from './line.ts';
import type { PlanSpan } from './plan/plan-book.ts';
import { priceRenewals } from './components/renewal-commission.ts';
import { rewardSatisfaction } from './components/satisfaction-bonus.ts';
import { rewardIndex } from './components/weighted-index-bonus.ts';

/** Refunds take nothing back later than this many months after the line (default of the setting). */
export const DEFAULT_CLAWBACK_MONTHS = 12;

export interface StatementInput {
  readonly period: Period;
  /** Of `PlanBook.spansOf`: the person's whole history. */
  readonly spans: readonly PlanSpan[];
  readonly facts: EmployeeFacts;
  readonly clawbackMonths: number;
}

/** The lines of one head, in the order of a statement. */
export interface LineGroup {
  readonly head: LineHead;
  readonly lines: readonly Line[];
  /** Sum of the lines, fen. */
  readonly amountFen: number;
}

export interface PlanName {
  readonly id: string;
  readonly version: number;
}

/** What one employee earns in one quarter. */
export interface Statement {
  readonly period: Period;
  /** Plan versions in force on any day of the quarter while employed, in order of time; the last one is "the" plan. */
  readonly plans: readonly PlanName[];
  /** Groups that have lines, by span of time, then component; clawbacks come last. */
  readonly groups: readonly LineGroup[];
  readonly lineCount: number;
  /** The sum of the lines. */
  readonly totalFen: number;
  /** What the comparison plan would have paid; null when no version that priced anything has one. */
  readonly comparison: ComparisonTotal | null;
}

export interface ComparisonTotal {
  readonly name: string;
  readonly totalFen: number;
}

/**
 * Prices one employee's quarter: each component prices the facts whose anchor lies in its version's span; bonuses need
 * employment on their last day; refunds take back what their lines paid, whenever those were anchored. The order of the
 * facts changes nothing, and the same facts and plans give the same statement, byte for byte once written.
 * Sources: docs/domain.md §6, docs/formats.md §4.
 */
export function priceStatement(input: StatementInput): Statement {
  const range = rangeOfPeriod(input.period);
  const facts = orderFacts(input.facts);
  const spans = input.spans.filter((span) => span.from <= range.lastDay && span.to >= range.firstDay);
  const refunded = facts.deals.some(isRefunded) ? facts.deals.filter(isRefunded) : NONE_REFUNDED;
  const scope: Scope = { input, facts, refunded, spans, range };
  const groups: LineGroup[] = [];
  for (const span of spans) {
    const term = new PricingTerm(input.period, span, range, facts);
    for (const compiled of span.plan.components) addGroup(groups, term.linesOf(compiled));
  }
  if (refunded.length > 0) for (const lines of clawbackGroups(scope)) addGroup(groups, lines);
  let lineCount = 0;
  let totalFen = 0;
  for (const group of groups) {
    lineCount += group.lines.length;
    totalFen += group.amountFen;
  }
  const comparison = comparisonOf(scope);
  return { period: input.period, plans: planNames(spans), groups, lineCount, totalFen, comparison };
}

/** What the steps of one pricing share. */
interface Scope {
  readonly input: StatementInput;
  /** Ordered by anchor and source. */
  readonly facts: EmployeeFacts;
  readonly refunded: readonly CreditedDeal[];
  /** Those that touch the quarter. */
  readonly spans: readonly PlanSpan[];
  readonly range: DayRange;
}

const NONE_REFUNDED: readonly CreditedDeal[] = [];
const isRefunded = (deal: CreditedDeal): boolean => deal.refunds.length > 0;
const clawbackWindow = ({ range, input }: Scope): ClawbackWindow => ({
  firstDay: range.firstDay,
  lastDay: range.lastDay,
  months: input.clawbackMonths,
});

/** All lines of a statement in the order people read them. */
export const linesInOrder = (statement: { readonly groups: readonly LineGroup[] }): Line[] =>
  statement.groups.flatMap((group) => group.lines).sort(compareLines);

/** The part of a quarter that one span prices, with the facts in it. */
class PricingTerm {
  readonly #from: DayString;
  readonly #to: DayString;

  constructor(
    readonly period: Period,
    readonly span: PlanSpan,
    range: DayRange,
    readonly facts: EmployeeFacts,
  ) {
    this.#from = span.from > range.firstDay ? span.from : range.firstDay;
    this.#to = span.to < range.lastDay ? span.to : range.lastDay;
  }

  linesOf({ component, head }: CompiledComponent): Line[] {
    switch (component.kind) {
      case 'revenue_commission':
        return priceDeals(head, component, this.#anchored(this.facts.deals));
      case 'renewal_commission':
        return priceRenewals(head, component, this.#anchored(this.facts.renewals));
      case 'coordination_reward':
        return rewardCollaborations(head, component, this.#anchored(this.facts.collaborations));
      case 'satisfaction_bonus':
        return this.#termsOf(component.period).flatMap((term) =>
          rewardSatisfaction(head, component, this.facts.scores, term),
        );
      case 'weighted_index_bonus':
        return this.#termsOf(component.period).flatMap((term) =>
          rewardIndex(head, component, this.facts, term),
        );
    }
  }

  /** What the component pays, without building lines where there are many. */
  sumOf(compiled: CompiledComponent): number {
    const { component } = compiled;
    if (component.kind === 'revenue_commission') return sumDeals(component, this.#anchored(this.facts.deals));
    return sumOf(this.linesOf(compiled));
  }

  /** The facts (ordered by anchor) that lie in the span and the quarter; the list itself where all of them do. */
  #anchored<T extends Anchored>(facts: readonly T[]): readonly T[] {
    const [oldest, newest] = [facts[0], facts.at(-1)];
    if (!oldest || !newest) return facts;
    if (oldest.anchorOn >= this.#from && newest.anchorOn <= this.#to) return facts;
    return facts.filter((fact) => fact.anchorOn >= this.#from && fact.anchorOn <= this.#to);
  }

  /** The bonus terms that end within the span while the person is employed. */
  #termsOf(every: 'quarter' | 'month') {
    if (!this.span.isEmployed) return [];
    return bonusTerms(this.period, every).filter(
      (term) => term.lastDay >= this.#from && term.lastDay <= this.#to,
    );
  }
}

function comparisonOf(scope: Scope): ComparisonTotal | null {
  const { input, facts, refunded, spans, range } = scope;
  let name: string | null = null;
  let totalFen = 0;
  for (const span of spans) {
    if (span.plan.comparisonName === null) continue;
    name = span.plan.comparisonName;
    const term = new PricingTerm(input.period, span, range, facts);
    for (const compiled of span.plan.comparison) totalFen += term.sumOf(compiled);
  }
  for (const deal of refunded) {
    const plan = spanOn(input.spans, deal.anchorOn)?.plan;
    for (const compiled of plan?.comparison ?? []) {
      const lines = clawBack(compiled, deal, clawbackWindow(scope));
      if (lines.length > 0) name ??= plan?.comparisonName ?? null;
      totalFen += sumOf(lines);
    }
  }
  return name === null ? null : { name, totalFen };
}

/** Clawback lines by the head of what they correct, heads by first use in the order of the deals. */
function clawbackGroups(scope: Scope): Line[][] {
  const lines = scope.refunded.flatMap((deal) =>
    (spanOn(scope.input.spans, deal.anchorOn)?.plan.components ?? []).flatMap((compiled) =>
      clawBack(compiled, deal, clawbackWindow(scope)),
    ),
  );
  const byHead = new Map<LineHead, Line[]>();
  for (const line of lines) byHead.set(line.head, [...(byHead.get(line.head) ?? []), line]);
  return [...byHead.values()].map((group) => group.sort(compareLines));
}

const spanOn = (spans: readonly PlanSpan[], on: DayString): PlanSpan | undefined =>
  spans.find((span) => span.from <= on && on <= span.to);

function addGroup(groups: LineGroup[], lines: readonly Line[]): void {
  const head = lines[0]?.head;
  if (head) groups.push({ head, lines, amountFen: sumOf(lines) });
}

function sumOf(lines: readonly Line[]): number {
  let total = 0;
  for (const line of lines) total += line.amountFen;
  return total;
}

function planNames(spans: readonly PlanSpan[]): PlanName[] {
  const names: PlanName[] = [];
  for (const { plan, isEmployed } of spans) {
    const last = names.at(-1);
    if (!isEmployed || (last?.id === plan.id && last.version === plan.version)) continue;
    names.push({ id: plan.id, version: plan.version });
  }
  return names;
}

/** The anchored facts ordered by anchor and source id; lists that are ordered already are not copied. */
function orderFacts(facts: EmployeeFacts): EmployeeFacts {
  return {
    deals: ordered(facts.deals, dealId),
    renewals: ordered(facts.renewals, renewalId),
    scores: facts.scores,
    collaborations: ordered(facts.collaborations, collaborationId),
    dueRenewals: facts.dueRenewals,
  };
}

function ordered<T extends Anchored>(facts: readonly T[], idOf: (fact: T) => string): readonly T[] {
  for (let position = 1; position < facts.length; position += 1) {
    const [before, fact] = [facts[position - 1] as T, facts[position] as T];
    if (before.anchorOn < fact.anchorOn) continue;
    if (before.anchorOn > fact.anchorOn || idOf(before) > idOf(fact)) return sorted(facts, idOf);
  }
  return facts;
}

const sorted = <T extends Anchored>(facts: readonly T[], idOf: (fact: T) => string): T[] =>
  [...facts].sort((a, b) =>
    a.anchorOn !== b.anchorOn ? (a.anchorOn < b.anchorOn ? -1 : 1) : idOf(a) < idOf(b) ? -1 : 1,
  );

interface Anchored {
  readonly anchorOn: DayString;
}
const dealId = (deal: CreditedDeal): string => deal.dealId;
const renewalId = (renewal: CreditedRenewal): string => renewal.renewalId;
const collaborationId = (collaboration: ResolvedCollaboration): string => collaboration.collaborationId;
