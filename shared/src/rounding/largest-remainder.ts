import { AppError } from '../errors/app-error.ts';

/**
 * Splits the integer `total` (≥ 0) in proportion to `weights` so that the parts sum to it exactly: every part is
 * floored, then the missing units go one by one to the largest fractions; ties go to the earlier position.
 * Source: docs/domain.md §4 (contributions) and docs/domain.md §6 (credit split; callers order by userid).
 * @throws AppError arithmetic.bad_denominator when the weights sum to 0 while the total does not
 */
export function largestRemainder(total: number, weights: readonly number[]): number[] {
  const totalBig = BigInt(total);
  const weightSum = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (weightSum === 0n) {
    if (total === 0) return weights.map(() => 0);
    throw new AppError('arithmetic.bad_denominator', { value: '0' });
  }
  const parts = weights.map((weight, position) => {
    const scaled = totalBig * BigInt(weight);
    return { position, floor: scaled / weightSum, rest: scaled % weightSum };
  });
  let missing = Number(totalBig - parts.reduce((sum, part) => sum + part.floor, 0n));
  const byFraction = [...parts].sort((a, b) =>
    a.rest === b.rest ? a.position - b.position : a.rest > b.rest ? -1 : 1,
  );
  for (const part of byFraction) {
    if (missing <= 0) break;
    part.floor += 1n;
    missing -= 1;
  }
  return parts.map((part) => Number(part.floor));
}
