import type { DayString } from '@shigang/shared';
import { onOneDay, type Kind } from './kind.ts';

export interface AssessmentFact {
  readonly userId: string;
  readonly dimension: string;
  readonly takenOn: DayString;
  /** 0–1,000,000 for 0–100. */
  readonly scoreTenThousandths: number;
}

export const assessments: Kind<AssessmentFact> = {
  table: 'assessments',
  keyLength: 3,
  columns: ['user_id', 'dimension', 'taken_on', 'score_ten_thousandths'],
  constants: {},
  toRow: (fact) => [fact.userId, fact.dimension, fact.takenOn, fact.scoreTenThousandths],
  concern: (get) => onOneDay(get, 'taken_on', false),
  records: {
    name: 'assessment',
    id: "CONCAT(user_id, '|', dimension, '|', taken_on)",
    idParts: ['user_id', 'dimension', 'taken_on'],
    person: 'user_id',
    on: 'taken_on',
    title: 'dimension',
    scoreTenThousandths: 'score_ten_thousandths',
  },
};
