import { AppError } from '../errors/app-error.ts';

/** Throws unless `value` is a safe integer; the one guard before any exact arithmetic. */
export function safeInteger(value: number, what: string): number {
  if (!Number.isSafeInteger(value))
    throw new AppError('arithmetic.not_integer', { what, value: String(value) });
  return value;
}

/**
 * `numerator ÷ denominator` of integers, rounded half up; a negative quotient mirrors the positive one.
 * Source: house rule of docs/domain.md §6 (half-up of a negative amount mirrors the positive one everywhere).
 */
export function divHalfUp(numerator: number, denominator: number): number {
  safeInteger(numerator, 'numerator');
  safeInteger(denominator, 'denominator');
  if (denominator <= 0) throw new AppError('arithmetic.bad_denominator', { value: String(denominator) });
  const magnitude = Math.abs(numerator);
  const doubled = 2 * magnitude + denominator;
  const quotient =
    doubled <= Number.MAX_SAFE_INTEGER
      ? Math.floor(doubled / (2 * denominator))
      : Number(divHalfUpBig(BigInt(magnitude), BigInt(denominator)));
  return numerator < 0 && quotient !== 0 ? -quotient : quotient;
}

/** BigInt twin of {@link divHalfUp}; `denominator` must be positive. */
export function divHalfUpBig(numerator: bigint, denominator: bigint): bigint {
  const magnitude = numerator < 0n ? -numerator : numerator;
  const quotient = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -quotient : quotient;
}

/**
 * `a · b ÷ d` rounded half up once. Doubles while the product is provably exact, BigInt beyond.
 * @throws AppError arithmetic.not_integer when an argument is no safe integer or the result leaves 2⁵³
 */
export function mulDivHalfUp(a: number, b: number, d: number): number {
  const product = a * b;
  const doubled = 2 * product + d;
  // The common case first: everything provably exact, nothing negative (a statement run does it millions of times).
  if (
    product >= 0 &&
    d > 0 &&
    doubled <= Number.MAX_SAFE_INTEGER &&
    Number.isInteger(product) &&
    Number.isInteger(d)
  )
    return Math.floor(doubled / (2 * d));
  if (Number.isSafeInteger(product)) return divHalfUp(product, d);
  safeInteger(a, 'factor');
  safeInteger(b, 'factor');
  safeInteger(d, 'denominator');
  return safeInteger(Number(divHalfUpBig(BigInt(a) * BigInt(b), BigInt(d))), 'product');
}
