import type { DayString, Segment } from '@shigang/shared';
import { quarterOf, type Kind, type StatedCredit } from './kind.ts';
import { creditsOf, creditsText, statedIds } from './stated-credits.ts';

export interface DealFact {
  readonly dealId: string;
  readonly userId: string;
  readonly customer: string | null;
  /** Null only while open. */
  readonly amountFen: number | null;
  readonly status: 'open' | 'won' | 'lost';
  readonly openedOn: DayString | null;
  /** Null while open: a forecast is no closing day. */
  readonly closedOn: DayString | null;
  readonly statedSegment: Segment | null;
  readonly contractYears: number | null;
  readonly product: string | null;
  /** Null: the employee alone. */
  readonly credits: readonly StatedCredit[] | null;
  readonly collectedFen: number | null;
  readonly collectedOn: DayString | null;
  readonly refundedFen: number | null;
  readonly refundedOn: DayString | null;
}

export const deals: Kind<DealFact> = {
  table: 'deals',
  keyLength: 1,
  columns: [
    'deal_id',
    'user_id',
    'customer',
    'amount_fen',
    'status',
    'opened_on',
    'closed_on',
    'stated_segment',
    'contract_years',
    'product',
    'credits',
    'collected_fen',
    'collected_on',
    'refunded_fen',
    'refunded_on',
    'opened_q',
    'closed_q',
  ],
  constants: {},
  toRow: (fact) => [
    fact.dealId,
    fact.userId,
    fact.customer,
    fact.amountFen,
    fact.status,
    fact.openedOn,
    fact.closedOn,
    fact.statedSegment,
    fact.contractYears,
    fact.product,
    creditsText(fact),
    fact.collectedFen,
    fact.collectedOn,
    fact.refundedFen,
    fact.refundedOn,
    quarterOf(fact.openedOn),
    quarterOf(fact.closedOn),
  ],
  concern: (get) => ({
    userIds: [String(get('user_id'))],
    creditIds: statedIds(get),
    profile: [Number(get('opened_q')), Number(get('closed_q'))],
    statement:
      get('status') === 'won'
        ? [Number(get('closed_q')), quarterOf(get('collected_on')), quarterOf(get('refunded_on'))]
        : [],
  }),
  asRelated: (get) => ({
    userIds: creditsOf(get('user_id'), get('credits')).map((credit) => credit.userId),
    days: ['closed_on', 'collected_on', 'refunded_on']
      .map(get)
      .filter((day): day is string => typeof day === 'string'),
  }),
  credits: {
    table: 'deal_credits',
    id: 'deal_id',
    extra: 'stated_segment',
    earned: (get) =>
      get('status') === 'won'
        ? {
            amountFen: Number(get('amount_fen')),
            anchorOn: get('closed_on'),
            extra: get('stated_segment'),
          }
        : null,
  },
  records: {
    name: 'deal',
    id: 'deal_id',
    person: 'user_id',
    on: 'COALESCE(closed_on, opened_on)',
    title: 'customer',
    outcome: 'status',
    amountFen: 'amount_fen',
    openedOn: 'opened_on',
    text: 'product',
  },
};
