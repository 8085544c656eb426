import { safeInteger } from '../rounding/half-up.ts';

/*
 * Every number of money, rate or score is an integer of one small unit, and the unit stands last in its name, in fields
 * and parameters alike (test/src/names keeps it so):
 *   …Fen               money in fen (1 yuan = 100 fen); negative amounts are allowed
 *   …Bp                a share or rate in basis points: 1 % = 100 bp
 *   …Hundredths        a score or percentage, 0–10,000 for 0.00–100.00
 *   …TenThousandths    a metric value with its four decimals
 *   …Tenths            satisfaction, 0–100 for 0.0–10.0
 *
 * The functions here return their number as it came, once it is known to be a safe integer, and else throw AppError
 * arithmetic.not_integer with the unit in its words.
 */

export const fen = (value: number): number => safeInteger(value, 'fen');
export const bp = (value: number): number => safeInteger(value, 'bp');
export const hundredths = (value: number): number => safeInteger(value, 'hundredths');
export const tenThousandths = (value: number): number => safeInteger(value, 'ten-thousandths');
export const tenths = (value: number): number => safeInteger(value, 'tenths');

/** Sum of amounts in fen. @throws AppError arithmetic.not_integer beyond 2⁵³ */
export const sumFen = (amountsFen: Iterable<number>): number => {
  let totalFen = 0;
  for (const amountFen of amountsFen) totalFen += amountFen;
  return fen(totalFen);
};
