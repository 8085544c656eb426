import type { DayString } from '@shigang/shared';
import { onOneDay, type Kind } from './kind.ts';

export interface TrainingFact {
  readonly userId: string;
  readonly course: string;
  readonly finishedOn: DayString;
  readonly passed: boolean;
}

export const trainings: Kind<TrainingFact> = {
  table: 'trainings',
  keyLength: 3,
  columns: ['user_id', 'course', 'finished_on', 'passed'],
  constants: {},
  toRow: (fact) => [fact.userId, fact.course, fact.finishedOn, fact.passed ? 1 : 0],
  concern: (get) => onOneDay(get, 'finished_on', false),
  records: {
    name: 'training',
    id: "CONCAT(user_id, '|', course, '|', finished_on)",
    idParts: ['user_id', 'course', 'finished_on'],
    person: 'user_id',
    on: 'finished_on',
    title: 'course',
    outcome: "IF(passed = 1, 'passed', 'not_passed')",
  },
};
