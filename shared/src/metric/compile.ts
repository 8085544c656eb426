import { itemAt } from '../errors/item-at.ts';
import { readings, type ReadingName, type RecordSet, type Sum } from './readings.ts';
import {
  fieldsOf,
  NEVER,
  UNKNOWN,
  unitOfField,
  type Condition,
  type EvidenceKind,
  type MetricRecord,
} from './records.ts';
import { programOf, type Axis, type Program, type Step } from './program.ts';
import type { MetricWindow } from './window.ts';

/*
 * Definitions are data; here they become programs of a window, once for all records. Every condition is a range of one
 * whole number, so that the numbers at which any of a reading's ranges begins or ends part the records into cells: a
 * record's numbers say its cell, and what is added there was decided when the program was made.
 */

/** A sum with its position, from the beginning of the row or of the parameter's numbers. */
export interface PlacedSum {
  readonly sum: Sum;
  readonly slot: number;
}

/** All sums of one reading as one program. */
export function compileSums(name: ReadingName, sums: readonly PlacedSum[], window: MetricWindow): Program {
  const { kind, where } = readings[name];
  const context: Context = { kind, window };
  const reading = where.map((condition) => rangeIn(condition, context));
  const own = sums
    .filter(({ sum }) => sum.of.reading === name)
    .map((placed) => ({
      step: stepOf(placed, context),
      of: { anyOf: [reading], within: rangesOf(placed.sum.of, context) },
    }));
  const axes = axesOf(own.flatMap(({ of }) => allRanges(of)));
  const cells = cellsOf(axes, fieldsOf(kind).length).map((record) =>
    own.filter(({ of }) => isIn(of, record)).map(({ step }) => step),
  );
  return programOf({ axes, cells });
}

/** Whether a record is one of a set, its reading's conditions included. */
export function compileTest(set: RecordSet, window: MetricWindow): (record: MetricRecord) => boolean {
  const program = compileSums(set.reading, [{ sum: { of: set, add: 'any' }, slot: 0 }], window);
  const found = new Float64Array(1);
  return (record) => {
    found[0] = 0;
    program(found, 0, record);
    return found[0] === 1;
  };
}

interface Context {
  readonly kind: EvidenceKind;
  readonly window: MetricWindow;
}

/** Holds of a record whose field is from `from` to `to`; an unknown number lies in no range. */
interface Range {
  readonly field: number;
  readonly from: number;
  readonly to: number;
}

/** A set of records by ranges, as {@link RecordSet} is by conditions. */
interface RangeSet {
  readonly within: RangeSet | null;
  readonly anyOf: readonly (readonly Range[])[];
}

const rangesOf = ({ within, anyOf }: RecordSet, context: Context): RangeSet => ({
  within: within && rangesOf(within, context),
  anyOf: anyOf.map((conditions) => conditions.map((condition) => rangeIn(condition, context))),
});

const allRanges = ({ within, anyOf }: RangeSet): Range[] => [
  ...anyOf.flat(),
  ...(within === null ? [] : allRanges(within)),
];

function isIn({ within, anyOf }: RangeSet, record: MetricRecord): boolean {
  const holds = ({ field, from, to }: Range): boolean => {
    const value = record[field] ?? UNKNOWN;
    return value >= from && value <= to;
  };
  return anyOf.some((ranges) => ranges.every(holds)) && (within === null || isIn(within, record));
}

/** The fields that are asked, with the numbers from each of which on another range holds; the last moves by one cell. */
function axesOf(ranges: readonly Range[]): Axis[] {
  const fields = [...new Set(ranges.map(({ field }) => field))];
  const ats = fields.map((field) => {
    const own = ranges.filter((range) => range.field === field);
    const ends = own.flatMap(({ from, to }) => (to === NEVER ? [from] : [from, to + 1]));
    return [...new Set(ends)].sort((a, b) => a - b);
  });
  const strideOf = (position: number): number =>
    ats.slice(position + 1).reduce((cells, { length }) => cells * (length + 1), 1);
  return fields.map((field, position) => ({ field, ats: itemAt(ats, position), stride: strideOf(position) }));
}

/** One record of each cell: of the numbers between two of an axis the least; of those before the first, unknown. */
function cellsOf(axes: readonly Axis[], width: number): MetricRecord[] {
  let cells: (readonly number[])[] = [Array.from({ length: width }, () => UNKNOWN)];
  for (const { field, ats } of axes)
    cells = cells.flatMap((cell) =>
      [UNKNOWN, ...ats].map((value) => cell.map((known, at) => (at === field ? value : known))),
    );
  return cells;
}

function rangeIn(condition: Condition, { kind, window }: Context): Range {
  const isQuarter = unitOfField(kind, condition.field) === 'quarter';
  const first = isQuarter ? window.firstQuarter : window.firstDay;
  const last = isQuarter ? window.lastQuarter : window.lastDay;
  const [from, to] = rangeOf(condition, first, last);
  return { field: positionOf(kind, condition.field), from, to };
}

function rangeOf(condition: Condition, first: number, last: number): readonly [number, number] {
  switch (condition.test) {
    case 'is':
      return [condition.value, condition.value];
    case 'in_window':
      return [first, last];
    case 'by_end':
      return [-NEVER, last];
    case 'after_end':
      return [last + 1, NEVER];
    case 'from_start':
      return [first, NEVER];
    case 'known':
      return [-NEVER, NEVER];
  }
}

const positionOf = (kind: EvidenceKind, field: string): number => fieldsOf(kind).indexOf(field);

function stepOf({ sum, slot }: PlacedSum, { kind, window }: Context): Step {
  const at = (field: string): number => positionOf(kind, field);
  switch (sum.add) {
    case 'count':
    case 'any':
      return { do: sum.add, slot };
    case 'total':
    case 'earliest':
      return { do: sum.add, slot, field: at(sum.field) };
    case 'days':
      return { do: 'days', slot, field: at(sum.from), until: at(sum.to), to: window.lastDay };
    case 'latest':
      return { do: 'latest', slot, field: at(sum.field), until: at(sum.by) };
  }
}
