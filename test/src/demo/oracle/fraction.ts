/** An exact number. The denominator is always positive. The oracle shares no arithmetic with the product. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export function fraction(n: bigint | number, d: bigint | number = 1n): Fraction {
  const top = BigInt(n);
  const bottom = BigInt(d);
  if (bottom === 0n) throw new Error('a fraction without a denominator');
  return bottom < 0n ? { n: -top, d: -bottom } : { n: top, d: bottom };
}

/** `0.4`, `9`, `-1.25` as written, never through a float. */
export function parseFraction(text: string): Fraction {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`not a decimal: ${text}`);
  const decimals = match[3] ?? '';
  const top = BigInt(`${match[2] ?? ''}${decimals}`);
  return fraction(match[1] === '-' ? -top : top, 10n ** BigInt(decimals.length));
}

export const add = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d + b.n * a.d, a.d * b.d);
export const subtract = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d - b.n * a.d, a.d * b.d);
export const multiply = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.n, a.d * b.d);
export const divide = (a: Fraction, b: Fraction): Fraction => fraction(a.n * b.d, a.d * b.n);
export const isLess = (a: Fraction, b: Fraction): boolean => a.n * b.d < b.n * a.d;
export const sumOf = (values: readonly Fraction[]): Fraction => values.reduce(add, fraction(0n));
export const ZERO = fraction(0n);
export const ONE = fraction(1n);

export const clamp = (value: Fraction): Fraction =>
  isLess(value, ZERO) ? ZERO : isLess(ONE, value) ? ONE : value;

/** Value × 10^decimals as an integer, half up; a negative one mirrors the positive. */
export function scaled(value: Fraction, decimals: number): bigint {
  const top = (value.n < 0n ? -value.n : value.n) * 10n ** BigInt(decimals);
  const rounded = (2n * top + value.d) / (2n * value.d);
  return value.n < 0n ? -rounded : rounded;
}

/** The rounded value: what is stored and counted on with. */
export const rounded = (value: Fraction, decimals: number): Fraction =>
  fraction(scaled(value, decimals), 10n ** BigInt(decimals));

/** `8.3694`: always with that many decimals. */
export function format(value: Fraction, decimals: number): string {
  const number = scaled(value, decimals);
  const digits = (number < 0n ? -number : number).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const sign = number < 0n ? '-' : '';
  return decimals === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-decimals)}`;
}
