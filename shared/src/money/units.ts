import { AppError } from '../errors/app-error.ts';

declare const unit: unique symbol;
type Branded<T, Name extends string> = T & { readonly [unit]: Name };

/** Money in integer fen (1 yuan = 100 fen); negative amounts are allowed. */
export type Fen = Branded<number, 'Fen'>;
/** A share or rate in basis points: 1 % = 100 bp. */
export type Bp = Branded<number, 'Bp'>;
/** A score or percentage in integer hundredths, 0–10,000 for 0.00–100.00. */
export type Hundredths = Branded<number, 'Hundredths'>;
/** A metric value in integer ten-thousandths (four decimals). */
export type TenThousandths = Branded<number, 'TenThousandths'>;
/** Satisfaction in integer tenths, 0–100 for 0.0–10.0. */
export type Tenths = Branded<number, 'Tenths'>;

const integer = (value: number, what: string): number => {
  if (!Number.isSafeInteger(value))
    throw new AppError('arithmetic.not_integer', { what, value: String(value) });
  return value;
};

export const fen = (value: number): Fen => integer(value, 'fen') as Fen;
export const bp = (value: number): Bp => integer(value, 'bp') as Bp;
export const hundredths = (value: number): Hundredths => integer(value, 'hundredths') as Hundredths;
export const tenThousandths = (value: number): TenThousandths =>
  integer(value, 'ten-thousandths') as TenThousandths;
export const tenths = (value: number): Tenths => integer(value, 'tenths') as Tenths;

/** Sum of amounts in fen. @throws AppError arithmetic.not_integer beyond 2⁵³ */
export const sumFen = (amounts: Iterable<Fen>): Fen => {
  let total = 0;
  for (const amount of amounts) total += amount;
  return fen(total);
};
