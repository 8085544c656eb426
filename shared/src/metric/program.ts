import type { MetricRecord } from './records.ts';

/** One step over a record: a test, or what is added to the numbers of a row; `slot` is a position in it. */
export type Step =
  /** Goes on while the field lies in the range, else passes over `skip` steps (1: just this one). */
  | {
      readonly do: 'test';
      readonly field: number;
      readonly from: number;
      readonly to: number;
      readonly skip: number;
    }
  | { readonly do: 'skip'; readonly skip: number }
  | { readonly do: 'count' | 'any'; readonly slot: number }
  | { readonly do: 'total' | 'earliest'; readonly slot: number; readonly field: number }
  /** Days from `field` to `until`, which counts as day `to` at most. */
  | {
      readonly do: 'days';
      readonly slot: number;
      readonly field: number;
      readonly until: number;
      readonly to: number;
    }
  /** `field` + 1 of the record that is latest by `until`, and that day behind it. */
  | { readonly do: 'latest'; readonly slot: number; readonly field: number; readonly until: number };

/** Runs steps over a record, on the numbers of `data` from `row` on. */
export type Program = (data: Float64Array, row: number, record: MetricRecord) => void;

const TEST = 0;
const SKIP = 1;
const COUNT = 2;
const ANY = 3;
const TOTAL = 4;
const DAYS = 5;
const EARLIEST = 6;
const LATEST = 7;
const codes: Readonly<Record<Step['do'], number>> = {
  test: TEST,
  skip: SKIP,
  count: COUNT,
  any: ANY,
  total: TOTAL,
  days: DAYS,
  earliest: EARLIEST,
  latest: LATEST,
};

/** Whole numbers of a step, one after another: see `wholesOf`. */
const WIDTH = 5;

const wholesOf = (step: Step): number[] => [
  codes[step.do],
  'field' in step ? step.field : 0,
  'until' in step ? step.until : 0,
  'slot' in step ? step.slot : 0,
  'skip' in step ? step.skip : 1,
];

/**
 * Steps as one function over two rows of numbers: a million records pass through it, and as many closures would take
 * four times as long. Positions are those of the arrays themselves, so that nothing is checked in this innermost loop.
 */
export function programOf(steps: readonly Step[]): Program {
  const wholes = Int32Array.from(steps.flatMap(wholesOf));
  const froms = Float64Array.from(steps, (step) => ('from' in step ? step.from : 0));
  const tos = Float64Array.from(steps, (step) => ('to' in step ? step.to : 0));
  return (data, row, record) => {
    for (let step = 0; step < froms.length;) {
      const at = step * WIDTH;
      const code = wholes[at]!;
      const value = record[wholes[at + 1]!]!;
      const slot = row + wholes[at + 3]!;
      let next = wholes[at + 4]!;
      if (code === TEST) {
        if (value >= froms[step]! && value <= tos[step]!) next = 1;
      } else if (code === COUNT) data[slot]! += 1;
      else if (code === DAYS) data[slot]! += Math.min(record[wholes[at + 2]!]!, tos[step]!) - value;
      else if (code === TOTAL) data[slot]! += value;
      else if (code === ANY) data[slot] = 1;
      else if (code === EARLIEST) keepEarliest(data, slot, value);
      else if (code === LATEST) keepLatest(data, slot, value, record[wholes[at + 2]!]!);
      step += next;
    }
  };
}

function keepEarliest(data: Float64Array, slot: number, day: number): void {
  if (data[slot] === 0 || day < data[slot]!) data[slot] = day;
}

function keepLatest(data: Float64Array, slot: number, value: number, day: number): void {
  if (data[slot] !== 0 && day < data[slot + 1]!) return;
  data[slot] = value + 1;
  data[slot + 1] = day;
}
