import type { DayString } from '@shigang/shared';
import { quarterOf, type Kind, type StatedCredit } from './kind.ts';
import { creditsText, statedIds } from './stated-credits.ts';

export interface RenewalFact {
  readonly renewalId: string;
  readonly userId: string;
  readonly customer: string | null;
  readonly dueOn: DayString;
  readonly renewed: boolean;
  /** Set exactly when renewed. */
  readonly renewedOn: DayString | null;
  readonly amountFen: number | null;
  readonly years: number;
  readonly credits: readonly StatedCredit[] | null;
}

export const renewals: Kind<RenewalFact> = {
  table: 'renewals',
  keyLength: 1,
  columns: [
    'renewal_id',
    'user_id',
    'customer',
    'due_on',
    'renewed',
    'renewed_on',
    'amount_fen',
    'years',
    'credits',
    'due_q',
  ],
  constants: {},
  toRow: (fact) => [
    fact.renewalId,
    fact.userId,
    fact.customer,
    fact.dueOn,
    fact.renewed ? 1 : 0,
    fact.renewedOn,
    fact.amountFen,
    fact.years,
    creditsText(fact),
    quarterOf(fact.dueOn),
  ],
  concern: (get) => ({
    userIds: [String(get('user_id'))],
    creditIds: statedIds(get),
    profile: [Number(get('due_q'))],
    // The rate counts by the day due, the commission by the day renewed.
    statement: [Number(get('due_q')), quarterOf(get('renewed_on'))],
  }),
  credits: {
    table: 'renewal_credits',
    id: 'renewal_id',
    extra: 'years',
    earned: (get) =>
      get('renewed') === 1
        ? { amountFen: Number(get('amount_fen')), anchorOn: get('renewed_on'), extra: get('years') }
        : null,
  },
  records: {
    name: 'renewal',
    id: 'renewal_id',
    person: 'user_id',
    on: 'due_on',
    title: 'customer',
    outcome: "IF(renewed = 1, 'renewed', 'not_renewed')",
    amountFen: 'amount_fen',
  },
};
