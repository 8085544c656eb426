import type { DayString } from '@shigang/shared';
import { deals } from './deals.ts';
import { columnReader, quarterOf, type Kind, type Related } from './kind.ts';

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
    const columns = ['deal_id', 'user_id', 'credits', 'closed_on', 'collected_on', 'refunded_on'];
    const reader = columnReader(columns);
    await sql.stream(`SELECT ${columns.join(', ')} FROM deals WHERE deal_id IN (?)`, [[...ids]], (row) => {
      const related = deals.asRelated?.(reader(row));
      if (related) found.set(String(row[0]), related);
    });
    return found;
  },
};
