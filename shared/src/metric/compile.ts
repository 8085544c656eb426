import { readings, type ReadingName, type RecordSet, type Sum } from './readings.ts';
import {
  fieldsOf,
  NEVER,
  unitOfField,
  type Condition,
  type EvidenceKind,
  type MetricRecord,
} from './records.ts';
import { programOf, type Program, type Step } from './program.ts';
import type { MetricWindow } from './window.ts';

/*
 * Definitions are data; here they become programs of a window, once for all records. Sets that lie within one another
 * are tested as a tree: what is no small deal is not asked whether it was won.
 */

/** A sum with its position, from the beginning of the row or of the parameter's numbers. */
export interface PlacedSum {
  readonly sum: Sum;
  readonly slot: number;
}

/** All sums of one reading as one program. */
export function compileSums(name: ReadingName, sums: readonly PlacedSum[], window: MetricWindow): Program {
  const { kind, where } = readings[name];
  const own = sums.filter(({ sum }) => sum.of.reading === name);
  const context: Context = { kind, window };
  return programOf(own.length === 0 ? [] : guarded([where], stepsWithin(null, own, context), context));
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

/** The set on the way from `parent` (null: the reading) to `set` that lies just below `parent`. */
const childOf = (parent: RecordSet | null, set: RecordSet): RecordSet =>
  set.within === parent || set.within === null ? set : childOf(parent, set.within);

function stepsWithin(parent: RecordSet | null, sums: readonly PlacedSum[], context: Context): Step[] {
  const here = sums.filter(({ sum }) => sum.of === parent).map((placed) => stepOf(placed, context));
  const deeper = sums.filter(({ sum }) => sum.of !== parent);
  const children = new Set(deeper.map(({ sum }) => childOf(parent, sum.of)));
  const below = [...children].flatMap((child) => {
    const own = deeper.filter(({ sum }) => childOf(parent, sum.of) === child);
    return guarded(child.anyOf, stepsWithin(child, own, context), context);
  });
  return [...here, ...below];
}

/** `body`, passed over unless all conditions of one of the lists hold. */
function guarded(anyOf: RecordSet['anyOf'], body: readonly Step[], context: Context): Step[] {
  const lists = anyOf.map((conditions) => conditions.map((condition) => testOf(condition, context)));
  const lengths = lists.map((list, position) => list.length + (position < lists.length - 1 ? 1 : 0));
  const before = (position: number): number => lengths.slice(0, position).reduce((sum, one) => sum + one, 0);
  const bodyAt = before(lists.length);
  const steps = lists.flatMap((list, position) => {
    const isLast = position === lists.length - 1;
    const start = before(position);
    const next = isLast ? bodyAt + body.length : before(position + 1);
    const tests = list.map((test, at): Step => ({ ...test, skip: next - (start + at) }));
    const toBody: Step = { do: 'skip', skip: bodyAt - (start + list.length) };
    return isLast ? tests : [...tests, toBody];
  });
  return [...steps, ...body];
}

/** Every condition is a range of one number; an unknown number lies in none. */
function testOf(condition: Condition, { kind, window }: Context): Omit<Step & { do: 'test' }, 'skip'> {
  const isQuarter = unitOfField(kind, condition.field) === 'quarter';
  const first = isQuarter ? window.firstQuarter : window.firstDay;
  const last = isQuarter ? window.lastQuarter : window.lastDay;
  const [from, to] = rangeOf(condition, first, last);
  return { do: 'test', field: positionOf(kind, condition.field), from, to };
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
