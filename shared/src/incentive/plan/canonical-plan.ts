import { formatDecimal } from '../../money/decimal.ts';
import type { PlanComponent, PlanContent } from './plan.ts';

/**
 * The plan as a file again: every field written out in a fixed order, so that `parsePlan(planFile(x))` is `x` and
 * two equal contents have one text. The numbers are the decimals of the file (9, 0.8), in yuan-free units as there.
 */
export function planFile(content: PlanContent): unknown {
  const { id, name, validFrom, roles, payAfterLeaving, components, comparison, ...left } = content;
  const file = {
    ...{ id, name, validFrom, roles, guarantee: null, capFen: null, payAfterLeaving },
    components: components.map(componentFile),
    comparison: comparison && {
      name: comparison.name,
      components: comparison.components.map(componentFile),
    },
  };
  return written(file, left);
}

/** One text per content: what is hashed, stored and compared. */
export const canonicalPlan = (content: PlanContent): string => JSON.stringify(planFile(content));

/** A field that is not written out would be lost without a word: the compiler refuses what is left over. */
const written = <File extends object>(
  file: File,
  _left: Record<never, never> & { readonly [key: string]: never },
): File => file;

function componentFile(component: PlanComponent): unknown {
  switch (component.kind) {
    case 'revenue_commission': {
      const { id, kind, rateBp, basis, segments, ...left } = component;
      return written({ id, kind, rateBp, basis, segments, brackets: null, capFen: null }, left);
    }
    case 'satisfaction_bonus': {
      const { id, kind, period, minCount, steps: all, ...left } = component;
      const steps = all.map((step) => ({
        atLeast: decimal(step.atLeastHundredths, 2),
        amountFen: step.amountFen,
      }));
      return written({ id, kind, period, minCount, steps }, left);
    }
    case 'renewal_commission': {
      const { id, kind, rateBp, ...left } = component;
      return written({ id, kind, rateBp, capFen: null }, left);
    }
    case 'coordination_reward': {
      const { id, kind, amountFen, ...left } = component;
      return written({ id, kind, amountFen, capFen: null }, left);
    }
    case 'weighted_index_bonus': {
      const { id, kind, period, baseFen, indicators: all, ...left } = component;
      const indicators = all.map((indicator) => ({
        metric: indicator.metric,
        floor: decimal(indicator.floorTenThousandths, 4),
        target: decimal(indicator.targetTenThousandths, 4),
        weight: indicator.weight,
      }));
      return written({ id, kind, period, baseFen, indicators }, left);
    }
  }
}

/** The JSON number whose shortest text is the decimal (no arithmetic happens on it). */
const decimal = (scaled: number, places: number): number => Number(formatDecimal(scaled, places));
