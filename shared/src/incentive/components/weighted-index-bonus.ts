import { divHalfUp } from '../../rounding/half-up.ts';
import { weightedFractionHalfUp } from '../../rounding/weighted-fraction.ts';
import type { BonusTerm } from './bonus-term.ts';
import type { EmployeeFacts } from '../facts.ts';
import { IndexLine, IndexReading, type Line, type LineHead } from '../line.ts';
import type { IndexMetric, WeightedIndexBonus } from '../plan/plan.ts';

/** A metric measured over a term, rounded to ten-thousandths as metrics are; null without records. */
interface Measured {
  readonly value: number | null;
  readonly n: number;
}

/**
 * One line per term: base × Σ weight · attainment ÷ 100 (attainment 0–1, exact), rounded half up once. An indicator
 * without records counts 0; its reading says so by a null value. Source: docs/domain.md §6, weighted_index_bonus.
 */
export function rewardIndex(
  head: LineHead,
  component: WeightedIndexBonus,
  facts: EmployeeFacts,
  term: BonusTerm,
): Line[] {
  const readings = component.indicators.map((indicator) => {
    const { metric, weight, floorTenThousandths, targetTenThousandths } = indicator;
    const { value, n } = measures[metric](facts, term);
    return new IndexReading(metric, weight, floorTenThousandths, targetTenThousandths, value, n);
  });
  const terms = readings.map((reading) => ({ weight: reading.weight, ...attainmentOf(reading) }));
  const amountFen = weightedFractionHalfUp(component.baseFen, terms, 100);
  return [new IndexLine(head, term.lastDay, term.id, amountFen, readings)];
}

/** Attainment of a reading as a fraction between 0 and 1: clamp((value − floor) ÷ (target − floor)). */
export function attainmentOf(reading: IndexReading): {
  readonly numerator: number;
  readonly denominator: number;
} {
  const denominator = reading.targetTenThousandths - reading.floorTenThousandths;
  if (reading.valueTenThousandths === null) return { numerator: 0, denominator };
  const above = reading.valueTenThousandths - reading.floorTenThousandths;
  return { numerator: Math.min(denominator, Math.max(0, above)), denominator };
}

const within = (day: string, term: BonusTerm): boolean => day >= term.firstDay && day <= term.lastDay;

const measures: Readonly<Record<IndexMetric, (facts: EmployeeFacts, term: BonusTerm) => Measured>> = {
  revenue: (facts, term) => {
    const deals = facts.deals.filter((deal) => within(deal.anchorOn, term));
    const fen = deals.reduce((sum, deal) => sum + deal.shareFen, 0);
    return { value: deals.length === 0 ? null : fen * 10_000, n: deals.length };
  },
  satisfaction_avg: (facts, term) => {
    const scores = facts.scores.filter((score) => within(score.givenOn, term));
    return ratio(
      scores.reduce((sum, score) => sum + score.scoreTenths * 1_000, 0),
      scores.length,
    );
  },
  renewal_rate: (facts, term) => {
    const due = facts.dueRenewals.filter((renewal) => within(renewal.dueOn, term));
    return ratio(due.filter((renewal) => renewal.isRenewed).length * 10_000, due.length);
  },
  collaboration_solved_rate: (facts, term) => {
    const resolved = facts.collaborations.filter((collaboration) => within(collaboration.anchorOn, term));
    return ratio(resolved.filter((collaboration) => collaboration.isSolved).length * 10_000, resolved.length);
  },
};

const ratio = (scaled: number, n: number): Measured => ({
  value: n === 0 ? null : divHalfUp(scaled, n),
  n,
});
