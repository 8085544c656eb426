import type { BonusTerm } from './bonus-term.ts';
import type { FeedbackScore } from '../facts.ts';
import { SatisfactionLine, type Line, type LineHead } from '../line.ts';
import type { SatisfactionBonus } from '../plan/plan.ts';

/**
 * The highest step that the exact mean of the term's scores reaches (9.0 is reached at 9.0, never by rounding), none
 * under `minCount` scores. Source: docs/domain.md §6, satisfaction_bonus.
 */
export function rewardSatisfaction(
  head: LineHead,
  component: SatisfactionBonus,
  scores: readonly FeedbackScore[],
  term: BonusTerm,
): Line[] {
  let count = 0;
  let sumTenths = 0;
  for (const score of scores) {
    if (score.givenOn < term.firstDay || score.givenOn > term.lastDay) continue;
    count += 1;
    sumTenths += score.scoreTenths;
  }
  if (count < component.minCount) return [];
  const step = component.steps.findLast(
    ({ atLeastHundredths }) => sumTenths * 10 >= atLeastHundredths * count,
  );
  if (!step) return [];
  const { amountFen, atLeastHundredths } = step;
  return [new SatisfactionLine(head, term.lastDay, term.id, amountFen, count, sumTenths, atLeastHundredths)];
}
