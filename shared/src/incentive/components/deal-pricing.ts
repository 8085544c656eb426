import { addMonths, type DayString } from '../../period/day.ts';
import { mulDivHalfUp } from '../../rounding/half-up.ts';
import { pricesSegment, type CompiledComponent } from '../plan/compiled-plan.ts';
import type { CreditedDeal, Refund } from '../facts.ts';
import { ClawbackLine, DealLine, type Line, type LineHead } from '../line.ts';
import type { RevenueCommission } from '../plan/plan.ts';

/** Commission of one share, rounded half up once: fen × bp ÷ 10,000. Source: docs/domain.md §6, revenue_commission. */
const commission = (shareFen: number, rateBp: number): number => mulDivHalfUp(shareFen, rateBp, 10_000);

/** Lines of the deals (ordered) that the component prices. */
export function priceDeals(
  head: LineHead,
  component: RevenueCommission,
  deals: readonly CreditedDeal[],
): Line[] {
  const { rateBp, segments } = component;
  const lines: Line[] = [];
  for (const deal of deals) {
    if (segments !== null && !pricesSegment(segments, deal.segment)) continue;
    const { anchorOn, dealId, dealFen, shareBp, shareFen } = deal;
    lines.push(
      new DealLine(head, anchorOn, dealId, commission(shareFen, rateBp), dealFen, shareBp, shareFen),
    );
  }
  return lines;
}

/** What the component pays for the deals in all, without lines: the comparison needs the sum alone. */
export function sumDeals(component: RevenueCommission, deals: readonly CreditedDeal[]): number {
  let total = 0;
  const { rateBp, segments } = component;
  for (const deal of deals) {
    if (segments === null || pricesSegment(segments, deal.segment))
      total += commission(deal.shareFen, rateBp);
  }
  return total;
}

export interface ClawbackWindow {
  readonly firstDay: DayString;
  readonly lastDay: DayString;
  /** Nothing is taken back later than this many months after the paid line. */
  readonly months: number;
}

/**
 * Clawback lines of one deal under one component that fall into the window: one per refund and non-zero paid line, on
 * the later of the refund's day and the line's anchor. Each takes −(round(paid × cumulated refund ÷ deal amount) − taken
 * before), the quotient at most 1, so that a full refund nets to exactly zero. Source: docs/domain.md §6, refund of a
 * deal; "incentive", clawback (a cancelled contract is a refund of the whole amount on that day).
 */
export function clawBack(compiled: CompiledComponent, deal: CreditedDeal, window: ClawbackWindow): Line[] {
  const { component, clawbackHead } = compiled;
  if (component.kind !== 'revenue_commission' || clawbackHead === null) return [];
  if (!pricesSegment(component.segments, deal.segment)) return [];
  const paidFen = commission(deal.shareFen, component.rateBp);
  if (paidFen === 0) return [];
  const lines: Line[] = [];
  const lastDay = addMonths(deal.anchorOn, window.months);
  let refundedFen = 0;
  let clawedFen = 0;
  for (const refund of [...deal.refunds].sort(byDay)) {
    const on = refund.on > deal.anchorOn ? refund.on : deal.anchorOn;
    if (on > lastDay || on > window.lastDay) break;
    refundedFen = Math.min(deal.dealFen, refundedFen + refund.fen);
    const takenBackFen = mulDivHalfUp(paidFen, refundedFen, deal.dealFen);
    if (on >= window.firstDay && takenBackFen !== clawedFen) {
      const amountFen = clawedFen - takenBackFen;
      lines.push(
        // prettier-ignore
        new ClawbackLine(clawbackHead, on, deal.dealId, amountFen, refund.ref, deal.anchorOn, paidFen, deal.dealFen, refundedFen, clawedFen),
      );
    }
    clawedFen = takenBackFen;
  }
  return lines;
}

const byDay = (a: Refund, b: Refund): number =>
  a.on !== b.on ? (a.on < b.on ? -1 : 1) : a.ref < b.ref ? -1 : 1;
