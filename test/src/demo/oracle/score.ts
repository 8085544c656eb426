import { daysBetween } from '../story/calendar.ts';
import {
  clamp,
  divide,
  format,
  fraction,
  isLess,
  multiply,
  parseFraction,
  rounded,
  subtract,
  sumOf,
  type Fraction,
} from './fraction.ts';
import type { Metrics } from './metrics.ts';

/** The parts of a role-model file that the score needs, numbers as they are written in the file. */
export interface OracleModel {
  readonly lookbackQuarters?: number;
  readonly minCoverage?: number;
  readonly minEmployedDays?: number;
  readonly thresholds: { readonly transition: number; readonly train: number };
  readonly mustHave?: readonly { readonly metric: string; readonly atLeast: number }[];
  readonly dimensions: readonly {
    readonly id: string;
    readonly weight: number;
    readonly indicators: readonly {
      readonly metric: string;
      readonly floor: number;
      readonly target: number;
      readonly weight: number;
    }[];
  }[];
}

export interface OracleScore {
  /** Two decimals; null when no dimension is present. */
  readonly score: string | null;
  readonly coverage: string;
  readonly tier: 'transition' | 'train' | 'reassign' | 'insufficient_data';
}

/** A number of a model file has at most four decimals, which its shortest text shows. */
const decimal = (value: number): Fraction => parseFraction(String(value));

function attainment(value: Fraction, indicator: { floor: number; target: number }): Fraction {
  const floor = decimal(indicator.floor);
  return clamp(divide(subtract(value, floor), subtract(decimal(indicator.target), floor)));
}

/** Score, coverage and suggested tier of one person. `hiredOn` null: employed always. */
export function scoreOf(
  model: OracleModel,
  metrics: Metrics,
  hiredOn: string | null,
  periodEnd: string,
): OracleScore {
  const present: { weight: Fraction; score: Fraction }[] = [];
  const covered: Fraction[] = [];
  for (const dimension of model.dimensions) {
    const known = dimension.indicators.flatMap((indicator) => {
      const value = metrics.get(indicator.metric)?.value;
      return value === undefined
        ? []
        : [{ weight: fraction(indicator.weight), got: attainment(value, indicator) }];
    });
    const knownWeight = sumOf(known.map(({ weight }) => weight));
    const allWeight = fraction(dimension.indicators.reduce((sum, { weight }) => sum + weight, 0));
    covered.push(multiply(fraction(dimension.weight), divide(knownWeight, allWeight)));
    if (known.length === 0) continue;
    const points = sumOf(known.map(({ weight, got }) => multiply(weight, got)));
    present.push({ weight: fraction(dimension.weight), score: divide(points, knownWeight) });
  }
  const hundred = fraction(100);
  const allWeights = fraction(model.dimensions.reduce((sum, { weight }) => sum + weight, 0));
  const coverage = rounded(multiply(divide(sumOf(covered), allWeights), hundred), 2);
  const weights = sumOf(present.map(({ weight }) => weight));
  const points = sumOf(present.map(({ weight, score }) => multiply(weight, score)));
  const score = present.length === 0 ? null : rounded(multiply(divide(points, weights), hundred), 2);
  const enoughDays = hiredOn === null || daysBetween(hiredOn, periodEnd) + 1 >= (model.minEmployedDays ?? 90);
  const enough = enoughDays && score !== null && !isLess(coverage, decimal(model.minCoverage ?? 75));
  return {
    score: score === null ? null : format(score, 2),
    coverage: format(coverage, 2),
    tier: enough ? tierOf(model, score, metrics) : 'insufficient_data',
  };
}

function tierOf(model: OracleModel, score: Fraction, metrics: Metrics): OracleScore['tier'] {
  if (isLess(score, decimal(model.thresholds.train))) return 'reassign';
  const met = (model.mustHave ?? []).every(({ metric, atLeast }) => {
    const value = metrics.get(metric)?.value;
    return value !== undefined && !isLess(value, decimal(atLeast));
  });
  return met && !isLess(score, decimal(model.thresholds.transition)) ? 'transition' : 'train';
}
