import { itemAt } from '../errors/item-at.ts';
import { divHalfUpBig } from '../rounding/half-up.ts';
import { maskOf, type CompiledMask, type CompiledModel } from './compile.ts';
import { suggestTier, type TierSuggestion } from './tier.ts';

/** What besides the metrics decides whether the data says enough about a person. */
export interface Standing {
  /** Days from the hire date to the period end; null: hire date unknown, long enough. */
  readonly employedDays: number | null;
  /** Scheduled and leave days of the window, in any one unit. */
  readonly scheduled: number;
  readonly leave: number;
}

/** A person's score, or null without any indicator; hundredths both. */
export interface MatchScore {
  readonly score: number | null;
  readonly coverage: number;
}

export interface MatchResult extends MatchScore, TierSuggestion {}

/** Values in the compiled model's order of metrics; null = absent. */
export type MetricRow = readonly (number | null)[];

/** Which indicators have a value, as a mask. */
export function presenceOf(compiled: CompiledModel, values: MetricRow): number {
  let mask = 0;
  let bit = 1;
  for (const at of compiled.valueAt) {
    if ((values[at] ?? null) !== null) mask += bit;
    bit *= 2;
  }
  return mask;
}

/** How far into its span an indicator is, in ten-thousandths: clamp((v − f) ÷ (t − f), 0, 1) · |t − f|. */
function reachOf(compiled: CompiledModel, index: number, value: number): number {
  const indicator = itemAt(compiled.indicators, index);
  const into = indicator.target > indicator.floor ? value - indicator.floor : indicator.floor - value;
  return Math.min(Math.max(into, 0), itemAt(compiled.spans, index));
}

/** Reach of every indicator; 0 where absent. */
export function reachesOf(compiled: CompiledModel, values: MetricRow): number[] {
  const reaches: number[] = [];
  for (let index = 0; index < compiled.valueAt.length; index += 1) {
    const value = values[itemAt(compiled.valueAt, index)] ?? null;
    reaches.push(value === null ? 0 : reachOf(compiled, index, value));
  }
  return reaches;
}

/** Weighted sum rounded half up to hundredths, once, at the end (docs/domain.md §4). */
export function roundedScore(mask: CompiledMask, reaches: readonly number[]): number {
  if (!mask.isExact) return bigScore(mask, reaches);
  let numerator = 0;
  for (let index = 0; index < reaches.length; index += 1)
    numerator += itemAt(reaches, index) * itemAt(mask.k, index);
  return Math.floor((2 * numerator + mask.q) / (2 * mask.q));
}

/** BigInt twin of {@link roundedScore}. */
export function bigScore(mask: CompiledMask, reaches: readonly number[]): number {
  const numerator = reaches.reduce(
    (sum, reach, index) => sum + BigInt(reach) * itemAt(mask.big.k, index),
    0n,
  );
  return Number(divHalfUpBig(numerator, mask.big.q));
}

/** Score and coverage of a person (docs/domain.md §4). */
export function matchScore(compiled: CompiledModel, values: MetricRow): MatchScore {
  const presence = presenceOf(compiled, values);
  if (presence === 0) return { score: null, coverage: 0 };
  const mask = maskOf(compiled, presence);
  return { score: roundedScore(mask, reachesOf(compiled, values)), coverage: mask.coverage };
}

/** Score, coverage and the tier that the system suggests. */
export function matchPerson(compiled: CompiledModel, values: MetricRow, standing: Standing): MatchResult {
  const match = matchScore(compiled, values);
  const unmet = compiled.model.mustHave.filter((must, index) => {
    const value = values[itemAt(compiled.mustHaveAt, index)] ?? null;
    return value === null || value < must.atLeast;
  });
  const { score, coverage } = match;
  const {
    tier,
    insufficient,
    unmet: missed,
    isCapped,
  } = suggestTier(compiled.model, { score, coverage, standing, unmet });
  return { score, coverage, tier, insufficient, unmet: missed, isCapped };
}

/** Position of the present indicator with most points still to be got (the first of equals); −1 when all are full. */
export function largestGap(compiled: CompiledModel, values: MetricRow): number {
  const presence = presenceOf(compiled, values);
  if (presence === 0) return -1;
  const mask = maskOf(compiled, presence);
  const reaches = reachesOf(compiled, values);
  let [found, most] = [-1, 0n];
  compiled.spans.forEach((span, index) => {
    const gap = BigInt(span - itemAt(reaches, index)) * itemAt(mask.big.k, index);
    if (gap > most) [found, most] = [index, gap];
  });
  return found;
}
