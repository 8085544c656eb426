import { AppError } from '../errors/app-error.ts';
import { itemAt } from '../errors/item-at.ts';
import type { MetricId } from '../metric/catalogue.ts';
import { indicatorsOf, type Indicator, type RoleModel } from '../role-model/content.ts';

/** A score of 100.00 in hundredths. */
export const FULL_SCORE = 10_000;
/** 2·numerator + denominator must stay an exact double: with numerators up to FULL_SCORE·Q this bound on Q does it. */
const LARGEST_EXACT_Q = Math.floor(2 ** 52 / (2 * FULL_SCORE + 1));

/**
 * One set of present indicators, compiled: an indicator that is `a` ten-thousandths into its span gives a·k ÷ q
 * hundredths of points. Either all integers are exact doubles, or their BigInt twins are used.
 */
export interface CompiledMask {
  /** Per indicator of the model; 0 where absent. */
  readonly k: readonly number[];
  readonly q: number;
  readonly big: { readonly k: readonly bigint[]; readonly q: bigint };
  readonly isExact: boolean;
  /** Hundredths of a percent; exact, since both levels of weights sum to 100. */
  readonly coverage: number;
  /** Per indicator: hundredths of points that full attainment gives, as a fraction of `big.q`. */
  readonly full: readonly bigint[];
}

/** A model ready to score many people whose metrics come in one fixed order. */
export interface CompiledModel {
  readonly model: RoleModel;
  readonly indicators: readonly Indicator[];
  /** Dimension (position) of each indicator. */
  readonly dimensionOf: readonly number[];
  /** Where each indicator's metric stands in a person's values. */
  readonly valueAt: readonly number[];
  /** Where each must-have's metric stands. */
  readonly mustHaveAt: readonly number[];
  /** |target − floor| of each indicator. */
  readonly spans: readonly number[];
  readonly masks: Map<number, CompiledMask>;
}

/**
 * Compiles a model for values in the order of `metrics` (the layout of a profile).
 * @throws AppError model.invalid when the layout lacks a metric of the model
 */
export function compileModel(model: RoleModel, metrics: readonly MetricId[]): CompiledModel {
  const at = new Map(metrics.map((metric, index) => [metric, index]));
  const find = (metric: MetricId): number => {
    const index = at.get(metric);
    if (index === undefined)
      throw new AppError('model.invalid', { path: metric, problem: '画像里没有这项指标' });
    return index;
  };
  const indicators = indicatorsOf(model);
  return {
    model,
    indicators,
    dimensionOf: model.dimensions.flatMap((dimension, position) => dimension.indicators.map(() => position)),
    valueAt: indicators.map((indicator) => find(indicator.metric)),
    mustHaveAt: model.mustHave.map((must) => find(must.metric)),
    spans: indicators.map((indicator) => Math.abs(indicator.target - indicator.floor)),
    masks: new Map(),
  };
}

/** The compiled form of a presence mask (bit i = indicator i has a value), made once and kept. */
export function maskOf(compiled: CompiledModel, mask: number): CompiledMask {
  const known = compiled.masks.get(mask);
  if (known) return known;
  const made = compileMask(compiled, mask);
  compiled.masks.set(mask, made);
  return made;
}

/** Whether bit `index` of a mask of up to 50 bits is set. */
export const isPresent = (mask: number, index: number): boolean => Math.floor(mask / 2 ** index) % 2 === 1;

function compileMask(compiled: CompiledModel, mask: number): CompiledMask {
  const { model, indicators, spans } = compiled;
  const presentWeight = model.dimensions.map(() => 0);
  indicators.forEach((indicator, index) => {
    const position = itemAt(compiled.dimensionOf, index);
    if (isPresent(mask, index)) presentWeight[position] = itemAt(presentWeight, position) + indicator.weight;
  });
  let weightSum = 0;
  let coverage = 0;
  model.dimensions.forEach((dimension, position) => {
    const present = itemAt(presentWeight, position);
    if (present > 0) weightSum += dimension.weight;
    coverage += dimension.weight * present;
  });
  // Hundredths of points per unit of a: FULL · W·w ÷ (ΣW · Σw · span), reduced.
  const shares = indicators.map((indicator, index) => {
    if (!isPresent(mask, index)) return { top: 0n, bottom: 1n };
    const position = itemAt(compiled.dimensionOf, index);
    const top = BigInt(FULL_SCORE * itemAt(model.dimensions, position).weight * indicator.weight);
    const bottom = BigInt(weightSum * itemAt(presentWeight, position)) * BigInt(itemAt(spans, index));
    const divisor = gcd(top, bottom);
    return { top: top / divisor, bottom: bottom / divisor };
  });
  const q = shares.reduce((multiple, share) => (multiple / gcd(multiple, share.bottom)) * share.bottom, 1n);
  const k = shares.map((share) => share.top * (q / share.bottom));
  return {
    k: k.map(Number),
    q: Number(q),
    big: { k, q },
    isExact: q <= BigInt(LARGEST_EXACT_Q),
    coverage,
    full: k.map((factor, index) => factor * BigInt(itemAt(spans, index))),
  };
}

function gcd(a: bigint, b: bigint): bigint {
  while (b > 0n) [a, b] = [b, a % b];
  return a;
}
