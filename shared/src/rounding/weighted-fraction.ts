import { divHalfUpBig, safeInteger } from './half-up.ts';

export interface WeightedFraction {
  readonly weight: number;
  readonly numerator: number;
  /** Positive. */
  readonly denominator: number;
}

/**
 * `base × Σ weight · numerator ÷ denominator ÷ divisor` of integers, exact and rounded half up once at the end.
 * @throws AppError arithmetic.not_integer when the result leaves 2⁵³
 */
export function weightedFractionHalfUp(
  base: number,
  terms: readonly WeightedFraction[],
  divisor: number,
): number {
  const common = terms.reduce((product, term) => product * BigInt(term.denominator), 1n);
  const sum = terms.reduce(
    (total, { weight, numerator, denominator }) =>
      total + (BigInt(weight) * BigInt(numerator) * common) / BigInt(denominator),
    0n,
  );
  return safeInteger(Number(divHalfUpBig(BigInt(base) * sum, common * BigInt(divisor))), 'weighted fraction');
}
