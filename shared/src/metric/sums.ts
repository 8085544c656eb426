import { itemAt } from '../errors/item-at.ts';
import { compileSums, type PlacedSum } from './compile.ts';
import { definitions, families } from './definitions/index.ts';
import type { Program } from './program.ts';
import { slotOf, type BaseSum, type SumLayout } from './layout.ts';
import { readingNames, widthOf, type ReadingName, type Sum } from './readings.ts';
import { NEVER, roleCode, type MetricRecord } from './records.ts';
import { employedShare, type EmployedStretch, type MetricWindow, type RoleSince } from './window.ts';

/** What one reading adds to: the person's base sums, and the numbers of its parameter where it has one. */
interface ReadingPrograms {
  readonly base: Program;
  readonly ofParameter: { readonly program: Program; readonly at: ReadonlyMap<string, number> } | null;
}

/** Adds a record to a person's sums; see {@link MetricSums.adder}. */
export type AddRecord = (person: number, record: MetricRecord, parameter?: string) => void;

/**
 * Sums of many people over one window, one row of safe integers per person: records are added in any order, and the
 * definitions alone say in which sums they count (docs/domain.md §3).
 */
export class MetricSums {
  readonly layout: SumLayout;
  readonly window: MetricWindow;
  readonly people: number;
  readonly data: Float64Array;
  readonly #programs: Readonly<Record<ReadingName, ReadingPrograms>>;

  constructor(layout: SumLayout, window: MetricWindow, people: number) {
    this.layout = layout;
    this.window = window;
    this.people = people;
    this.data = new Float64Array(people * layout.width);
    this.#programs = compilePrograms(layout, window);
  }

  /** A person's row as plain numbers, to be stored; {@link MetricSums.load} reads it again. */
  row(person: number): number[] {
    return [...this.data.subarray(person * this.layout.width, (person + 1) * this.layout.width)];
  }

  load(person: number, row: readonly number[]): void {
    this.data.set(row, person * this.layout.width);
  }

  /**
   * What adds the records of a reading; which sums they count in is the definitions' matter.
   *
   * - `record`: the numbers of its kind's fields, see `records.ts`.
   * - `parameter`: the course of a training, the dimension of an assessment.
   */
  adder(reading: ReadingName): AddRecord {
    const { base, ofParameter } = this.#programs[reading];
    const { data } = this;
    const { width } = this.layout;
    if (ofParameter === null) return (person, record) => base(data, person * width, record);
    return (person, record, parameter) => {
      base(data, person * width, record);
      const at = ofParameter.at.get(parameter ?? '');
      if (at !== undefined) ofParameter.program(data, person * width + at, record);
    };
  }

  add(reading: ReadingName, ...of: Parameters<AddRecord>): void {
    this.adder(reading)(...of);
  }

  /** The person's employment and role history (in order of time). */
  addHistory(person: number, employed: readonly EmployedStretch[], roles: readonly RoleSince[]): void {
    this.data[person * this.layout.width + slotOf.employedShare] = employedShare(this.window, employed);
    for (const record of roleRecords(roles)) this.add('roles', person, record);
  }

  /** One sum of a person, for tests and rules that need it (leave against scheduled days). */
  sum(person: number, name: BaseSum): number {
    return itemAt(this.data, person * this.layout.width + slotOf[name]);
  }
}

/** A role history (in order of time) as records: each role with the day on which the next one began. */
export const roleRecords = (roles: readonly RoleSince[]): MetricRecord[] =>
  // Arrays of one kind alone reach a program: the reading of a number stays one instruction.
  roles.map(({ role, validFrom }, position) =>
    Float64Array.of(roleCode(role), validFrom, roles[position + 1]?.validFrom ?? NEVER),
  );

const baseSums: readonly PlacedSum[] = definitions.flatMap(({ sums }) =>
  Object.entries(sums).map(([name, sum]) => ({ sum, slot: slotOf[name as BaseSum] })),
);

function compilePrograms(layout: SumLayout, window: MetricWindow): Record<ReadingName, ReadingPrograms> {
  const parameters = [
    { family: families.course, at: layout.courseAt },
    { family: families.assessment, at: layout.dimensionAt },
  ];
  const made = readingNames.map((name): [ReadingName, ReadingPrograms] => {
    const found = parameters.find(({ family }) => family.records.reading === name);
    const ofParameter = found && {
      at: found.at,
      program: compileSums(name, placed(found.family.sums), window),
    };
    return [name, { base: compileSums(name, baseSums, window), ofParameter: ofParameter ?? null }];
  });
  return Object.fromEntries(made) as Record<ReadingName, ReadingPrograms>;
}

/** Sums one after another, as they lie in a family's numbers. */
function placed(sums: Readonly<Record<string, Sum>>): PlacedSum[] {
  let next = 0;
  return Object.values(sums).map((sum) => {
    const slot = next;
    next += widthOf(sum);
    return { sum, slot };
  });
}
