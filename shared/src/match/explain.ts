import { itemAt } from '../errors/item-at.ts';
import type { MetricId } from '../metric/catalogue.ts';
import type { MetricValue, Supply } from '../metric/definition.ts';
import { divHalfUpBig, mulDivHalfUp } from '../rounding/half-up.ts';
import { directionOf, metricInfoOf } from '../role-model/content.ts';
import { FULL_SCORE, isPresent, maskOf, type CompiledMask, type CompiledModel } from './compile.ts';
import { matchPerson, presenceOf, reachesOf, type MatchResult, type Standing } from './score.ts';

/** One indicator of an explanation; hundredths for attainment and points, ten-thousandths for values. */
export interface IndicatorExplanation {
  readonly metric: MetricId;
  readonly name: string;
  readonly value: number | null;
  readonly n: number;
  readonly floor: number;
  readonly target: number;
  readonly direction: 'up' | 'down';
  readonly weight: number;
  readonly attainment: number | null;
  /** Contribution; all contributions sum to the score exactly. */
  readonly points: number | null;
  /** What full attainment would contribute with the indicators that are present. */
  readonly fullPoints: number | null;
}

export interface DimensionExplanation {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  readonly score: number | null;
  readonly indicators: readonly IndicatorExplanation[];
}

export interface MissingMetric {
  readonly metric: MetricId;
  readonly name: string;
  readonly suppliedBy: Supply;
}

export interface MatchExplanation extends MatchResult {
  readonly dimensions: readonly DimensionExplanation[];
  readonly missing: readonly MissingMetric[];
}

/**
 * The score with all its parts, every indicator of the model exactly once. Contributions are floored to hundredths and
 * the rest goes to the largest remainders, ties in the model's order, so that they sum to the score (docs/domain.md §4).
 * @param metrics values in the compiled order, null = absent
 */
export function explainMatch(
  compiled: CompiledModel,
  metrics: readonly (MetricValue | null)[],
  standing: Standing,
): MatchExplanation {
  const values = metrics.map((metric) => metric?.value ?? null);
  const result = matchPerson(compiled, values, standing);
  const presence = presenceOf(compiled, values);
  const mask = maskOf(compiled, presence);
  const reaches = reachesOf(compiled, values);
  const points = contributions(mask, reaches, result.score ?? 0);
  const explained = compiled.indicators.map((indicator, index): IndicatorExplanation => {
    const metric = metrics[itemAt(compiled.valueAt, index)] ?? null;
    return {
      metric: indicator.metric,
      name: metricInfoOf(compiled.model, indicator.metric).name,
      value: metric?.value ?? null,
      n: metric?.n ?? 0,
      floor: indicator.floor,
      target: indicator.target,
      direction: directionOf(indicator),
      weight: indicator.weight,
      attainment:
        metric === null
          ? null
          : mulDivHalfUp(itemAt(reaches, index), FULL_SCORE, itemAt(compiled.spans, index)),
      points: metric === null ? null : itemAt(points, index),
      fullPoints: metric === null ? null : Number(divHalfUpBig(itemAt(mask.full, index), mask.big.q)),
    };
  });
  return {
    ...result,
    dimensions: compiled.model.dimensions.map((dimension, position) => ({
      id: dimension.id,
      name: dimension.name,
      weight: dimension.weight,
      score: dimensionScore(compiled, { position, presence, reaches }),
      indicators: explained.filter((_, index) => compiled.dimensionOf[index] === position),
    })),
    missing: explained
      .filter((indicator) => indicator.value === null)
      .map(({ metric, name }) => ({
        metric,
        name,
        suppliedBy: metricInfoOf(compiled.model, metric).suppliedBy,
      })),
  };
}

/** Contribution of each indicator in hundredths of points; sums to `score`. */
export function contributions(mask: CompiledMask, reaches: readonly number[], score: number): number[] {
  const parts = reaches.map((reach, position) => {
    const exact = BigInt(reach) * itemAt(mask.big.k, position);
    return { position, points: Number(exact / mask.big.q), rest: exact % mask.big.q };
  });
  let missing = score - parts.reduce((sum, part) => sum + part.points, 0);
  const byRest = [...parts].sort((a, b) =>
    a.rest === b.rest ? a.position - b.position : a.rest > b.rest ? -1 : 1,
  );
  for (const part of byRest) {
    if (missing <= 0) break;
    part.points += 1;
    missing -= 1;
  }
  return parts.map((part) => part.points);
}

interface DimensionInput {
  readonly position: number;
  readonly presence: number;
  readonly reaches: readonly number[];
}

/** Σ w·attainment ÷ Σ w over present indicators, half up to hundredths; null when none is present. */
function dimensionScore(compiled: CompiledModel, input: DimensionInput): number | null {
  let numerator = 0n;
  let denominator = 1n;
  let weights = 0;
  compiled.indicators.forEach((indicator, index) => {
    if (compiled.dimensionOf[index] !== input.position || !isPresent(input.presence, index)) return;
    const span = BigInt(itemAt(compiled.spans, index));
    numerator = numerator * span + BigInt(indicator.weight * itemAt(input.reaches, index)) * denominator;
    denominator *= span;
    weights += indicator.weight;
  });
  if (weights === 0) return null;
  return Number(divHalfUpBig(numerator * BigInt(FULL_SCORE), denominator * BigInt(weights)));
}

/** Hundredths as a number with at most two decimals, for JSON that people and scripts read (85.2, never 85.19999). */
export const asTwoDecimals = (hundredths: number): number => hundredths / 100;
