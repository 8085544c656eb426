import { itemAt } from '../errors/item-at.ts';
import type { CompanyRecords, MetricValue, PersonContext } from './definition.ts';
import { definitions, families } from './definitions/index.ts';
import { slotOf, type BaseSum } from './layout.ts';
import { widthOf, type Sum } from './readings.ts';
import type { MetricSums } from './sums.ts';

/** Numbers of sums by name, filled anew for each person: twelve metrics of 20,000 people make no objects of their own. */
interface View {
  readonly numbers: Record<string, number>;
  readonly slots: readonly (readonly [name: string, slot: number])[];
}

const baseViews: readonly View[] = definitions.map(({ sums }) => ({
  numbers: {},
  slots: Object.keys(sums).map((name) => [name, slotOf[name as BaseSum]]),
}));
const courseView = familyView(families.course.sums);
const dimensionView = familyView(families.assessment.sums);

function familyView(sums: Readonly<Record<string, Sum>>): View {
  let next = 0;
  const slots = Object.entries(sums).map(([name, sum]): [string, number] => {
    const slot = next;
    next += widthOf(sum);
    return [name, slot];
  });
  return { numbers: {}, slots };
}

/** The view's numbers of the row, or of the parameter's numbers, that begins at `at`. */
function fill<Numbers>({ numbers, slots }: View, data: Float64Array, at: number): Numbers {
  for (const [name, slot] of slots) numbers[name] = data[at + slot] as number;
  return numbers as Numbers;
}

/**
 * Every metric of a person in the order of `sums.layout.metrics`; null = absent (no records, no value).
 */
export function metricValues(
  sums: MetricSums,
  person: number,
  company: CompanyRecords,
): (MetricValue | null)[] {
  const { data, layout } = sums;
  const at = person * layout.width;
  const context = contextOf(sums, person, company);
  const values: (MetricValue | null)[] = definitions.map((definition, index) =>
    definition.value(fill(itemAt(baseViews, index), data, at), context),
  );
  for (const slot of layout.courseSlots)
    values.push(families.course.value(fill(courseView, data, at + slot), context));
  for (const slot of layout.dimensionSlots)
    values.push(families.assessment.value(fill(dimensionView, data, at + slot), context));
  return values;
}

function contextOf(sums: MetricSums, person: number, company: CompanyRecords): PersonContext {
  const { data, layout, window } = sums;
  const at = person * layout.width;
  let [records, passed] = [0, 0];
  for (let index = 0; index < layout.listedCount; index += 1) {
    const slot = itemAt(layout.courseSlots, index);
    const course = fill<{ records: number; passed: number }>(courseView, data, at + slot);
    records += course.records;
    passed += course.passed;
  }
  return {
    window,
    company,
    employedShare: sums.sum(person, 'employedShare'),
    trainings: sums.sum(person, 'trainings'),
    listedCourses: { records, passed },
  };
}

/** Which of a metric's sets of records its value rests on: a position in `definition.records`. */
export function setBehind(sums: MetricSums, person: number, metric: number): number {
  const definition = itemAt(definitions, metric);
  if (definition.behind === undefined) return 0;
  const nobody: CompanyRecords = { collaborations: false, trainings: false };
  const numbers = fill<Record<string, number>>(
    itemAt(baseViews, metric),
    sums.data,
    person * sums.layout.width,
  );
  return definition.behind(numbers, contextOf(sums, person, nobody));
}
