import { formatDecimal } from '../../money/decimal.ts';
import type { PlanComponent, PlanContent } from './plan.ts';

/**
 * The plan as a file again: every field written out in a fixed order, so that `parsePlan(planFile(x))` is `x` and
 * two equal contents have one text. The numbers are the decimals of the file (9, 0.8), in yuan-free units as there.
 */
export function planFile(content: PlanContent): unknown {
  return {
    id: content.id,
    name: content.name,
    validFrom: content.validFrom,
    roles: content.roles,
    guarantee: null,
    capFen: null,
    payAfterLeaving: content.payAfterLeaving,
    components: content.components.map(componentFile),
    comparison: content.comparison && {
      name: content.comparison.name,
      components: content.comparison.components.map(componentFile),
    },
  };
}

/** One text per content: what is hashed, stored and compared. */
export const canonicalPlan = (content: PlanContent): string => JSON.stringify(planFile(content));

function componentFile(component: PlanComponent): unknown {
  switch (component.kind) {
    case 'revenue_commission': {
      const { id, kind, rateBp, basis, segments } = component;
      return { id, kind, rateBp, basis, segments, brackets: null, capFen: null };
    }
    case 'satisfaction_bonus': {
      const { id, kind, period, minCount } = component;
      const steps = component.steps.map((step) => ({
        atLeast: decimal(step.atLeastHundredths, 2),
        amountFen: step.amountFen,
      }));
      return { id, kind, period, minCount, steps };
    }
    case 'renewal_commission':
      return { id: component.id, kind: component.kind, rateBp: component.rateBp, capFen: null };
    case 'coordination_reward':
      return { id: component.id, kind: component.kind, amountFen: component.amountFen, capFen: null };
    case 'weighted_index_bonus': {
      const { id, kind, period, baseFen } = component;
      const indicators = component.indicators.map((indicator) => ({
        metric: indicator.metric,
        floor: decimal(indicator.floorTenThousandths, 4),
        target: decimal(indicator.targetTenThousandths, 4),
        weight: indicator.weight,
      }));
      return { id, kind, period, baseFen, indicators };
    }
  }
}

/** The JSON number whose shortest text is the decimal (no arithmetic happens on it). */
const decimal = (scaled: number, places: number): number => Number(formatDecimal(scaled, places));
