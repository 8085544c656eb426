import { UNKNOWN, type MetricRecord } from './records.ts';

/** What is added to the numbers of a row; `slot` is a position in it, the others are positions in the record. */
export type Step =
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

/** A field, and the numbers (in their order) from each of which on the record lies `stride` cells further. */
export interface Axis {
  readonly field: number;
  readonly ats: readonly number[];
  readonly stride: number;
}

/** Every record lies in one cell; what it adds stands there. */
export interface Table {
  readonly axes: readonly Axis[];
  readonly cells: readonly (readonly Step[])[];
}

/** Adds a record to the numbers of `data` from `row` on. */
export type Program = (data: Float64Array, row: number, record: MetricRecord) => void;

const COUNT = 0;
const DAYS = 1;
const TOTAL = 2;
const ANY = 3;
const EARLIEST = 4;
const LATEST = 5;
const codes: Readonly<Record<Step['do'], number>> = {
  count: COUNT,
  days: DAYS,
  total: TOTAL,
  any: ANY,
  earliest: EARLIEST,
  latest: LATEST,
};

/** Whole numbers of a step, one after another: see `wholesOf`. */
const WIDTH = 4;

const wholesOf = (step: Step): number[] => [
  codes[step.do],
  step.slot,
  'field' in step ? step.field : 0,
  'until' in step ? step.until : 0,
];

/** Numbers compared in one go; a field with more of them is read again. */
const AT_ONCE = 4;

/**
 * A table as one function over rows of numbers: a million records pass through it, and as many closures would take
 * four times as long. Finding the cell does not branch, so that there is nothing to guess wrong. Positions are those of
 * the arrays themselves: nothing is checked in this innermost loop.
 */
export function programOf({ axes, cells }: Table): Program {
  const cellOf = finder(axes);
  const { steps, bounds } = laidOut(cells);
  const wholes = Int32Array.from(steps.flatMap(wholesOf));
  const tos = Float64Array.from(steps, (step) => ('to' in step ? step.to : 0));
  return (data, row, record) => {
    const cell = 2 * cellOf(record);
    const end = bounds[cell + 1]!;
    for (let step = bounds[cell]!; step < end; step += 1) {
      const at = step * WIDTH;
      const code = wholes[at]!;
      const slot = row + wholes[at + 1]!;
      if (code === COUNT) {
        data[slot]! += 1;
        continue;
      }
      const value = record[wholes[at + 2]!]!;
      if (code === DAYS) data[slot]! += Math.min(record[wholes[at + 3]!]!, tos[step]!) - value;
      else if (code === TOTAL) data[slot]! += value;
      else if (code === ANY) data[slot] = 1;
      else if (code === EARLIEST) keepEarliest(data, slot, value);
      else keepLatest(data, slot, value, record[wholes[at + 3]!]!);
    }
  };
}

/** The cell of a record; an unknown number lies before all others of its axis. */
function finder(axes: readonly Axis[]): (record: MetricRecord) => number {
  const pieces = axes.flatMap(({ ats, ...axis }) =>
    Array.from({ length: Math.ceil(ats.length / AT_ONCE) }, (_, piece) => ({
      ...axis,
      ats: ats.slice(piece * AT_ONCE, (piece + 1) * AT_ONCE),
    })),
  );
  const fields = Int32Array.from(pieces, ({ field }) => field);
  const strides = Int32Array.from(pieces, ({ stride }) => stride);
  // No number reaches NaN: what fills a piece up moves nothing.
  const ats = new Float64Array(pieces.length * AT_ONCE).fill(UNKNOWN);
  pieces.forEach((piece, index) => ats.set(piece.ats, index * AT_ONCE));
  return (record) => {
    let cell = 0;
    for (let piece = 0; piece < fields.length; piece += 1) {
      const value = record[fields[piece]!]!;
      const at = piece * AT_ONCE;
      const passed =
        Number(value >= ats[at]!) +
        Number(value >= ats[at + 1]!) +
        Number(value >= ats[at + 2]!) +
        Number(value >= ats[at + 3]!);
      cell += strides[piece]! * passed;
    }
    return cell;
  };
}

interface Layout {
  readonly steps: readonly Step[];
  /** Of each cell its first step, and the one behind its last. */
  readonly bounds: Int32Array;
}

/** The steps of all cells in one row, counts before others; cells that add the same share theirs. */
function laidOut(cells: Table['cells']): Layout {
  const steps: Step[] = [];
  const known = new Map<string, number>([['', 0]]);
  const bounds = new Int32Array(2 * cells.length);
  cells.forEach((unsorted, cell) => {
    const own = [...unsorted].sort((one, other) => codes[one.do] - codes[other.do]);
    const key = own.map((step) => wholesOf(step).join()).join(';');
    const first = known.get(key) ?? steps.length;
    if (!known.has(key)) {
      known.set(key, first);
      steps.push(...own);
    }
    bounds.set([first, first + own.length], 2 * cell);
  });
  return { steps, bounds };
}

function keepEarliest(data: Float64Array, slot: number, day: number): void {
  if (data[slot] === 0 || day < data[slot]!) data[slot] = day;
}

function keepLatest(data: Float64Array, slot: number, value: number, day: number): void {
  if (data[slot] !== 0 && day < data[slot + 1]!) return;
  data[slot] = value + 1;
  data[slot + 1] = day;
}
