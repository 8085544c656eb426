import type { DayString } from '@shigang/shared';
import { quarterOf, type Kind, type Related } from './kind.ts';
import { creditsOf } from './stated-credits.ts';

export interface ReceiptFact {
  readonly receiptId: string;
  readonly dealId: string;
  readonly receivedOn: DayString;
  /** Negative: a refund. */
  readonly amountFen: number;
}

const DEAL_ID = 1;

export const receipts: Kind<ReceiptFact> = {
  table: 'receipts',
  keyLength: 1,
  columns: ['receipt_id', 'deal_id', 'received_on', 'amount_fen'],
  constants: {},
  toRow: (fact) => [fact.receiptId, fact.dealId, fact.receivedOn, fact.amountFen],
  concern(get, { related }) {
    const deal = related.get(String(get('deal_id')));
    return {
      userIds: deal?.userIds ?? [],
      profile: [],
      statement: [get('received_on'), ...(deal?.days ?? [])].map(quarterOf),
    };
  },
  /** The deals that the receipts belong or belonged to. */
  async related(sql, rows) {
    const ids = new Set(rows.map((row) => String(row[DEAL_ID])));
    const found = new Map<string, Related>();
    await sql.stream(
      'SELECT deal_id, user_id, credits, closed_on, collected_on, refunded_on FROM deals WHERE deal_id IN (?)',
      [[...ids]],
      ([dealId, userId, credits, ...days]) => {
        found.set(String(dealId), {
          userIds: creditsOf(userId, credits).map((credit) => credit.userId),
          days: days.filter((day): day is string => typeof day === 'string'),
        });
      },
    );
    return found;
  },
};
