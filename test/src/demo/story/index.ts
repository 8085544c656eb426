import { collaborationRows } from './collaborations.ts';
import { dealRows } from './deals.ts';
import { feedbackRows } from './feedback.ts';
import { assessmentRows, roleRows, trainingRows } from './learning.ts';
import { salesPeople } from './people.ts';
import { renewalRows } from './renewals.ts';
import type { Rows } from './rows.ts';

/** Twelve quarters of the demo company, row by row: the same on every machine. */
export function demoRows(): Rows {
  const people = salesPeople();
  return {
    roles: roleRows(people),
    deals: dealRows(people),
    renewals: renewalRows(people),
    feedback: feedbackRows(people),
    collaborations: collaborationRows(people),
    trainings: trainingRows(people),
    assessments: assessmentRows(people),
  };
}
