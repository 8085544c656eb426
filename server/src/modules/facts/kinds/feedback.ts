import type { DayString } from '@shigang/shared';
import { onOneDay, quarterOf, type Kind } from './kind.ts';

export interface FeedbackFact {
  readonly feedbackId: string;
  readonly userId: string;
  readonly customer: string | null;
  readonly givenOn: DayString;
  /** 0–100 for 0.0–10.0. */
  readonly scoreTenths: number | null;
  readonly text: string | null;
}

export const feedback: Kind<FeedbackFact> = {
  table: 'feedback',
  keyLength: 1,
  columns: ['feedback_id', 'user_id', 'customer', 'given_on', 'score_tenths', 'text', 'given_q'],
  constants: {},
  toRow: (fact) => [
    fact.feedbackId,
    fact.userId,
    fact.customer,
    fact.givenOn,
    fact.scoreTenths,
    fact.text,
    quarterOf(fact.givenOn),
  ],
  concern: (get) => onOneDay(get, 'given_on', true),
  records: {
    name: 'feedback',
    id: 'feedback_id',
    person: 'user_id',
    on: 'given_on',
    title: 'customer',
    scoreTenths: 'score_tenths',
    text: 'text',
  },
};
