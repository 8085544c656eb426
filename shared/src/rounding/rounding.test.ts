import fc from 'fast-check';
import { divHalfUp, divHalfUpBig, mulDivHalfUp, safeInteger } from './half-up.ts';
import { largestRemainder } from './largest-remainder.ts';

describe('half up', () => {
  test.each([
    [5, 10, 1],
    [4, 10, 0],
    [15, 10, 2],
    [-5, 10, -1],
    [-4, 10, 0],
    [0, 7, 0],
    [59_995, 10, 6_000],
    [59_994, 10, 5_999],
    [9_007_199_254_740_991, 2, 4_503_599_627_370_496],
    [-9_007_199_254_740_991, 2, -4_503_599_627_370_496],
    [3, 9_007_199_254_740_991, 0],
  ])('%i ÷ %i = %i', (numerator, denominator, quotient) => {
    expect(divHalfUp(numerator, denominator)).toBe(quotient);
    expect(Number(divHalfUpBig(BigInt(numerator), BigInt(denominator)))).toBe(quotient);
  });

  test('−0 never comes out', () => expect(Object.is(divHalfUp(-1, 10), -0)).toBe(false));

  test.each([
    [15_000_000, 80 * 10_000, 100_000_000, 120_000],
    [125, 40, 10_000, 1],
    [124, 40, 10_000, 0],
    [-125, 40, 10_000, -1],
    [9_007_199_254_740_991, 3, 3, 9_007_199_254_740_991],
    [1, 1, 9_007_199_254_740_991, 0],
  ])('%i × %i ÷ %i = %i', (a, b, d, result) => expect(mulDivHalfUp(a, b, d)).toBe(result));

  test.each([
    [() => divHalfUp(0.5, 2), 'arithmetic.not_integer'],
    [() => divHalfUp(1, 0.5), 'arithmetic.not_integer'],
    [() => divHalfUp(1, 0), 'arithmetic.bad_denominator'],
    [() => divHalfUp(1, -2), 'arithmetic.bad_denominator'],
    [() => mulDivHalfUp(2 ** 53, 2 ** 53, 3), 'arithmetic.not_integer'],
    [() => mulDivHalfUp(Number.MAX_SAFE_INTEGER, 4, 2), 'arithmetic.not_integer'],
    [() => safeInteger(Number.NaN, 'x'), 'arithmetic.not_integer'],
  ] as const)('refusal %#', (work, code) => expect(work).toThrow(expect.objectContaining({ code })));

  test('doubles and BigInt agree; the result lies within half of the fraction', () => {
    const safe = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
    fc.assert(
      fc.property(
        safe,
        fc.integer({ min: 0, max: 8_000 }),
        fc.integer({ min: 1, max: 100_000_000 }),
        (a, b, d) => {
          const result = BigInt(mulDivHalfUp(a, b, d));
          const product = BigInt(a) * BigInt(b);
          expect(result).toBe(divHalfUpBig(product, BigInt(d)));
          const off = 2n * (product - result * BigInt(d));
          expect(off <= BigInt(d) && off >= -BigInt(d)).toBe(true);
        },
      ),
    );
  });
});

describe('largest remainder', () => {
  test.each([
    [100, [1, 1, 1], [34, 33, 33]],
    [10_000, [3_333, 3_333, 3_334], [3_333, 3_333, 3_334]],
    [1, [5_000, 5_000], [1, 0]],
    [5, [0, 1], [0, 5]],
    [0, [0, 0], [0, 0]],
    [0, [], []],
    [7, [2, 3, 4], [2, 2, 3]],
  ])('%i by %j', (total, weights, parts) => expect(largestRemainder(total, weights)).toEqual(parts));

  test('nothing to share by is refused', () => {
    expect(() => largestRemainder(1, [0, 0])).toThrow(
      expect.objectContaining({ code: 'arithmetic.bad_denominator' }),
    );
  });

  test('parts sum to the total, each within one of its share, and more weight never gets less', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), weights, (total, given) => {
        const sum = given.reduce((all, weight) => all + weight, 0);
        fc.pre(sum > 0);
        const parts = largestRemainder(total, given);
        expect(parts.reduce((all, part) => all + part, 0)).toBe(total);
        parts.forEach((part, index) => {
          const exact = BigInt(total) * BigInt(given[index] ?? 0);
          const off = exact - BigInt(part) * BigInt(sum);
          expect(off < BigInt(sum) && off > -BigInt(sum)).toBe(true);
          given.forEach((other, position) => {
            if ((given[index] ?? 0) > other) expect(part).toBeGreaterThanOrEqual(parts[position] ?? 0);
          });
        });
      }),
    );
  });
});
