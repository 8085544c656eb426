import { FULL_SHARE_BP, splitCredits, type Credit } from '@shigang/shared';
import type { SqlScalar, Tx } from '../../platform/database.ts';
import { factTables, type FactRow } from './fact-tables.ts';
import type { DealOfReceipt, RowChange } from './mark-changes.ts';

const at = (kind: 'deals' | 'renewals' | 'receipts', column: string): number => {
  const index = factTables[kind].columns.indexOf(column);
  if (index < 0) throw new TypeError(`no column ${column} in ${kind}`);
  return index;
};
const DEAL = {
  status: at('deals', 'status'),
  user: at('deals', 'user_id'),
  amount: at('deals', 'amount_fen'),
  closedOn: at('deals', 'closed_on'),
  segment: at('deals', 'stated_segment'),
  credits: at('deals', 'credits'),
};
const RENEWAL = {
  renewed: at('renewals', 'renewed'),
  user: at('renewals', 'user_id'),
  amount: at('renewals', 'amount_fen'),
  renewedOn: at('renewals', 'renewed_on'),
  years: at('renewals', 'years'),
  credits: at('renewals', 'credits'),
};
const RECEIPT_DEAL = at('receipts', 'deal_id');

/** Whose money a stored row is: its stated shares, else the employee alone. */
export function creditsOf(userId: SqlScalar | undefined, creditsText: SqlScalar | undefined): Credit[] {
  if (typeof creditsText !== 'string') return [{ userId: String(userId), bp: FULL_SHARE_BP }];
  return (JSON.parse(creditsText) as [string, number][]).map(([person, bp]) => ({ userId: person, bp }));
}

/**
 * `deal_credits` and `renewal_credits`: one row per employee and earning record, the share in fen by largest remainder.
 * They follow every change of their record; one that earns nothing any more (won turned into lost) loses them.
 */
export class CreditTables {
  readonly #tx: Tx;

  constructor(tx: Tx) {
    this.#tx = tx;
  }

  async ofDeals(changes: readonly RowChange[]): Promise<void> {
    await this.#remove('deal_credits', 'deal_id', changes);
    const rows = changes.flatMap(({ row }) => (row[DEAL.status] === 'won' ? dealCreditRows(row) : []));
    const columns = ['user_id', 'anchor_on', 'deal_id', 'bp', 'share_fen', 'amount_fen', 'stated_segment'];
    await this.#tx.insertMany('deal_credits', columns, rows);
  }

  async ofRenewals(changes: readonly RowChange[]): Promise<void> {
    await this.#remove('renewal_credits', 'renewal_id', changes);
    const rows = changes.flatMap(({ row }) => (row[RENEWAL.renewed] === 1 ? renewalCreditRows(row) : []));
    const columns = ['user_id', 'anchor_on', 'renewal_id', 'bp', 'share_fen', 'amount_fen', 'years'];
    await this.#tx.insertMany('renewal_credits', columns, rows);
  }

  /** The deals that changed receipts belong or belonged to, by id. */
  async dealsOfReceipts(changes: readonly RowChange[]): Promise<Map<string, DealOfReceipt>> {
    const ids = new Set<string>();
    for (const { row, previous } of changes) {
      ids.add(String(row[RECEIPT_DEAL]));
      if (previous) ids.add(String(previous[RECEIPT_DEAL]));
    }
    const found = new Map<string, DealOfReceipt>();
    await this.#tx.stream(
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
  }

  /** New records have none to remove. */
  async #remove(table: string, column: string, changes: readonly RowChange[]): Promise<void> {
    const ids = changes.filter((change) => change.previous !== null).map((change) => String(change.row[0]));
    if (ids.length > 0) await this.#tx.execute(`DELETE FROM ${table} WHERE ${column} IN (?)`, [ids]);
  }
}

function dealCreditRows(row: FactRow): SqlScalar[][] {
  const amountFen = Number(row[DEAL.amount]);
  return splitCredits(amountFen, creditsOf(row[DEAL.user], row[DEAL.credits])).map((share) => [
    share.userId,
    row[DEAL.closedOn] ?? null,
    row[0] ?? null,
    share.bp,
    share.shareFen,
    amountFen,
    row[DEAL.segment] ?? null,
  ]);
}

function renewalCreditRows(row: FactRow): SqlScalar[][] {
  const amountFen = Number(row[RENEWAL.amount]);
  return splitCredits(amountFen, creditsOf(row[RENEWAL.user], row[RENEWAL.credits])).map((share) => [
    share.userId,
    row[RENEWAL.renewedOn] ?? null,
    row[0] ?? null,
    share.bp,
    share.shareFen,
    amountFen,
    row[RENEWAL.years] ?? null,
  ]);
}
