import { itemAt } from '../errors/item-at.ts';
import { assessmentMetric, baseMetrics, courseMetric, type MetricId } from './catalogue.ts';
import { definitions, families, type RecordSum } from './definitions/index.ts';
import { widthOf, type Sum } from './readings.ts';

/** A number of a person's row that every role model needs; `employedShare` comes from the employment, not from records. */
export type BaseSum = RecordSum | 'employedShare';

const named: readonly (readonly [string, Sum])[] = definitions.flatMap(({ sums }) => Object.entries(sums));

/** Position of each base sum in a person's row: in the order of the definitions. */
export const slotOf: Readonly<Record<BaseSum, number>> = baseSlots();
const BASE_WIDTH = slotOf.employedShare + 1;

function baseSlots(): Record<BaseSum, number> {
  const slots: Partial<Record<string, number>> = {};
  let at = 0;
  for (const [name, sum] of named) {
    slots[name] = at;
    at += widthOf(sum);
  }
  return { ...slots, employedShare: at } as Record<BaseSum, number>;
}

/** Names of the base sums in the order of the row. */
export const baseSumNames: readonly BaseSum[] = Object.keys(slotOf) as BaseSum[];

/** What a role model wants summed beside the base sums. */
export interface ModelFacts {
  /** Courses that the role model lists: `training_passed` counts these. */
  readonly listedCourses: readonly string[];
  /** Courses that an indicator or must-have names by `course:<name>`. */
  readonly namedCourses: readonly string[];
  /** Dimensions of assessments. */
  readonly dimensions: readonly string[];
}

/** Which courses and assessment dimensions are summed beside the base sums, and where. */
export interface SumLayout {
  /** Listed courses first, then those only named. */
  readonly courses: readonly string[];
  readonly listedCount: number;
  readonly dimensions: readonly string[];
  /** Numbers per person. */
  readonly width: number;
  /** First number of each course and of each dimension. */
  readonly courseAt: ReadonlyMap<string, number>;
  readonly dimensionAt: ReadonlyMap<string, number>;
  /** The same positions as lists, in the order of `courses` and `dimensions`. */
  readonly courseSlots: readonly number[];
  readonly dimensionSlots: readonly number[];
  /** The metrics that come out, in the order of `metricValues`. */
  readonly metrics: readonly MetricId[];
}

const familyWidth = (sums: Readonly<Record<string, Sum>>): number =>
  Object.values(sums).reduce((width, sum) => width + widthOf(sum), 0);
const COURSE_WIDTH = familyWidth(families.course.sums);
const DIMENSION_WIDTH = familyWidth(families.assessment.sums);

/** Row layout for a role model. */
export function sumLayout(facts: ModelFacts): SumLayout {
  const listed = [...new Set(facts.listedCourses)];
  const courses = [...new Set([...listed, ...facts.namedCourses])];
  const dimensions = [...new Set(facts.dimensions)];
  const firstDimension = BASE_WIDTH + COURSE_WIDTH * courses.length;
  const courseSlots = courses.map((_, index) => BASE_WIDTH + COURSE_WIDTH * index);
  const dimensionSlots = dimensions.map((_, index) => firstDimension + DIMENSION_WIDTH * index);
  return {
    courses,
    listedCount: listed.length,
    dimensions,
    width: firstDimension + DIMENSION_WIDTH * dimensions.length,
    courseAt: new Map(courses.map((course, index) => [course, itemAt(courseSlots, index)])),
    dimensionAt: new Map(dimensions.map((dimension, index) => [dimension, itemAt(dimensionSlots, index)])),
    courseSlots,
    dimensionSlots,
    metrics: [...baseMetrics, ...courses.map(courseMetric), ...dimensions.map(assessmentMetric)],
  };
}
