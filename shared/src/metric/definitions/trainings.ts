import { defineFamily, defineMetric, SCALE, type PersonContext } from '../definition.ts';
import { any, count, narrowed, recordsOf } from '../readings.ts';
import { isYes } from '../records.ts';

const finished = recordsOf('trainings');

/** Who has no training counts 0 where the company recorded any in the window. */
const isRecorded = ({ company, trainings }: PersonContext): boolean => company.trainings || trainings > 0;

/** Distinct passed courses among those that the role model lists, finished by the period end. */
export const trainingPassed = defineMetric({
  id: 'training_passed',
  unit: 'count',
  format: 'courses',
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
export const course = defineFamily({
  prefix: 'course:',
  unit: 'count',
  format: 'passed',
  direction: 'up',
  suppliedBy: 'trainings',
  hidesSample: true,
  records: finished,
  sums: { records: count(finished), passed: any(narrowed(finished, isYes('isPassed'))) },
  value: ({ records, passed }, person) => (isRecorded(person) ? { value: passed * SCALE, n: records } : null),
});
