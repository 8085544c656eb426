import {
  defineFamily,
  defineMetric,
  SCALE,
  type PersonContext,
  type NamedTraits,
  type FamilyTraits,
} from '../definition.ts';
import { any, count, narrowed, recordsOf } from '../readings.ts';
import { isYes } from '../records.ts';

const finished = recordsOf('trainings');

/** Who has no training counts 0 where the company recorded any in the window. */
const isRecorded = ({ company, trainings }: PersonContext): boolean => company.trainings || trainings > 0;

/** Distinct passed courses among those that the role model lists, finished by the period end. */
export const trainingPassedTraits = {
  id: 'training_passed',
  format: 'courses',
} as const satisfies NamedTraits;
export const trainingPassed = defineMetric(trainingPassedTraits, {
  unit: 'count',
  direction: 'up',
  suppliedBy: 'trainings',
  records: [finished],
  among: 'listed',
  sums: { trainings: count(finished) },
  value: (_, person) =>
    isRecorded(person)
      ? { value: person.listedCourses.passed * SCALE, n: person.listedCourses.records }
      : null,
});

/** 1 for a course passed by the period end, else 0. */
export const courseTraits = {
  id: 'course:',
  format: 'passed',
  hidesSample: true,
} as const satisfies FamilyTraits;
export const course = defineFamily(courseTraits, {
  unit: 'count',
  direction: 'up',
  suppliedBy: 'trainings',
  records: finished,
  sums: { records: count(finished), passed: any(narrowed(finished, isYes('isPassed'))) },
  value: ({ records, passed }, person) => (isRecorded(person) ? { value: passed * SCALE, n: records } : null),
});
