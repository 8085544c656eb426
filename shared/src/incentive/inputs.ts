import { divHalfUp } from '../rounding/half-up.ts';
import type { IndexReading, Line, LineHead } from './line.ts';

/** Units of the numbers behind a line. */
export type InputUnit =
  'fen' | 'bp' | 'tenths' | 'hundredths' | 'ten_thousandths' | 'years' | 'count' | 'weight';

/** One number of a formula by its name; the name ends in its unit where it has one. */
export interface LineInput {
  readonly name: string;
  readonly unit: InputUnit;
  readonly value: number;
}

/**
 * The numbers of a line's formula in its order. Names per kind:
 * commission: amountFen (the whole record), shareBp, shareFen, rateBp, for a renewal also years ·
 * reward: n (1), eachFen · satisfaction: sumTenths, n, meanTenThousandths (rounded), atLeastHundredths, stepFen ·
 * index: baseFen, then per indicator `<metric>.weight`, `.floorTenThousandths`, `.targetTenThousandths`,
 * `.valueTenThousandths` (left out without records) and `.n` · clawback: paidFen, refundedFen (cumulated), baseFen,
 * clawedFen (taken back before), rateBp (of the paid line).
 */
export function inputsOf(line: Line): LineInput[] {
  switch (line.kind) {
    case 'revenue_commission':
      return commissionInputs(line.dealFen, line);
    case 'renewal_commission':
      return [...commissionInputs(line.contractFen, line), input('years', 'years', line.years)];
    case 'coordination_reward':
      return [input('n', 'count', 1), input('eachFen', 'fen', line.head.price)];
    case 'satisfaction_bonus':
      return [
        input('sumTenths', 'tenths', line.sumTenths),
        input('n', 'count', line.count),
        input('meanTenThousandths', 'ten_thousandths', divHalfUp(line.sumTenths * 1_000, line.count)),
        input('atLeastHundredths', 'hundredths', line.atLeastHundredths),
        input('stepFen', 'fen', line.amountFen),
      ];
    case 'weighted_index_bonus':
      return [input('baseFen', 'fen', line.head.price), ...line.readings.flatMap(readingInputs)];
    case 'clawback':
      return [
        input('paidFen', 'fen', line.paidFen),
        input('refundedFen', 'fen', line.refundedFen),
        input('baseFen', 'fen', line.baseFen),
        input('clawedFen', 'fen', line.clawedFen),
        input('rateBp', 'bp', line.head.price),
      ];
  }
}

function commissionInputs(
  amountFen: number,
  line: {
    readonly shareBp: number;
    readonly shareFen: number;
    readonly head: Pick<LineHead, 'price'>;
  },
): LineInput[] {
  return [
    input('amountFen', 'fen', amountFen),
    input('shareBp', 'bp', line.shareBp),
    input('shareFen', 'fen', line.shareFen),
    input('rateBp', 'bp', line.head.price),
  ];
}

function readingInputs(reading: IndexReading): LineInput[] {
  const { metric, valueTenThousandths: value } = reading;
  return [
    input(`${metric}.weight`, 'weight', reading.weight),
    input(`${metric}.floorTenThousandths`, 'ten_thousandths', reading.floorTenThousandths),
    input(`${metric}.targetTenThousandths`, 'ten_thousandths', reading.targetTenThousandths),
    ...(value === null ? [] : [input(`${metric}.valueTenThousandths`, 'ten_thousandths', value)]),
    input(`${metric}.n`, 'count', reading.n),
  ];
}

const input = (name: string, unit: InputUnit, value: number): LineInput => ({ name, unit, value });
