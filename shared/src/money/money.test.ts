import fc from 'fast-check';
import { decimalOfNumber, formatDecimal, parseDecimal } from './decimal.ts';
import { bp, fen, hundredths, sumFen, tenThousandths, tenths } from './units.ts';

describe('decimals as written', () => {
  test.each([
    ['0.8', 4, 8_000],
    ['9', 2, 900],
    [' 9.0 ', 2, 900],
    ['-3.25', 2, -325],
    ['+3.25', 2, 325],
    ['0.10000', 4, 1_000],
    ['-0', 2, 0],
    ['-0.00', 2, 0],
    ['150000', 2, 15_000_000],
    ['90071992547409.91', 2, 9_007_199_254_740_991],
    ['007', 0, 7],
  ])('%s at %i places is %i', (text, places, scaled) => expect(parseDecimal(text, places)).toBe(scaled));

  test.each([
    ['0.12345', 4],
    ['1.', 2],
    ['.5', 2],
    ['1,000', 2],
    ['1e3', 2],
    ['', 2],
    ['--1', 2],
    ['NaN', 2],
    ['90071992547409.92', 2],
  ])('%s at %i places is none', (text, places) => expect(parseDecimal(text, places)).toBeNull());

  test.each([
    [0.1, 4, 1_000],
    [0.7, 2, 70],
    [1e2, 2, 10_000],
    [1e21, 2, null],
    [1e-7, 4, null],
    [Number.NaN, 2, null],
    [Number.POSITIVE_INFINITY, 2, null],
  ])('JSON number %p at %i places', (value, places, scaled) =>
    expect(decimalOfNumber(value, places)).toBe(scaled),
  );

  test.each([
    [8_520, 2, '85.20'],
    [5, 2, '0.05'],
    [-5, 2, '-0.05'],
    [0, 2, '0.00'],
    [7, 0, '7'],
    [240_164, 4, '24.0164'],
  ])('%i at %i places is written %s', (scaled, places, text) =>
    expect(formatDecimal(scaled, places)).toBe(text),
  );

  test('written and read again, and by way of a JSON number', () => {
    const places = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), places, (scaled, at) => {
        const text = formatDecimal(scaled, at);
        expect(parseDecimal(text, at)).toBe(scaled);
        expect(decimalOfNumber(Number(text), at)).toBe(scaled);
      }),
    );
  });
});

describe('units', () => {
  test.each([fen, bp, hundredths, tenThousandths, tenths])('take safe integers only', (unit) => {
    expect(unit(7)).toBe(7);
    for (const value of [0.5, Number.NaN, 2 ** 53]) {
      expect(() => unit(value)).toThrow(expect.objectContaining({ code: 'arithmetic.not_integer' }));
    }
  });

  test('sums of fen stay exact or fail', () => {
    expect(sumFen([])).toBe(0);
    expect(sumFen([fen(120_000), fen(-50), fen(500_000)])).toBe(619_950);
    expect(() => sumFen([fen(Number.MAX_SAFE_INTEGER), fen(Number.MAX_SAFE_INTEGER)])).toThrow(
      expect.objectContaining({ code: 'arithmetic.not_integer' }),
    );
  });
});
