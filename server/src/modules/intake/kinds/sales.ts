import { contradictsAmount, segmentNames, segmentOf } from '@shigang/shared';
import type { DealFact } from '../../facts/index.ts';
import { Refusal } from '../parse/refusal.ts';
import { Choice } from '../parse/texts.ts';
import type { RowReader } from '../row-reader.ts';
import type { Kind, KindContext } from './kind.ts';

const MAX_NAME = 128;
const MAX_YEARS = { places: 0, min: 1, max: 100 };
const statuses = new Choice({ open: '进行中', won: '赢单', lost: '输单' } as const);
const segmentChoice = new Choice(segmentNames);
/** What a closing day must not precede. */
const EARLIER = '开始日期';

const deals: Kind<'deals'> = {
  keyField: 'deal_id',
  keyOf: (deal) => deal.dealId,
  read: readDeal,
  accepted(deal, rowNumber, { jumps, segments }) {
    const segment = segmentOf(deal, segments);
    if (segment !== null && deal.amountFen !== null) jumps.add(segment, deal.amountFen, rowNumber);
  },
};

function readDeal(row: RowReader, context: KindContext): DealFact {
  const dealId = row.id('deal_id');
  const status = row.require('status', row.choice('status', statuses)) ?? 'open';
  const isOpen = status === 'open';
  const openedOn = row.day('opened_on');
  const statedClosedOn = isOpen
    ? row.day('closed_on', { mayBeFuture: true })
    : row.require('closed_on', row.day('closed_on'));
  row.inOrder(openedOn, 'closed_on', statedClosedOn, EARLIER);
  const closedOn = isOpen ? null : statedClosedOn;
  const on = closedOn ?? openedOn ?? row.today;
  const userId = row.employee('employee', on);
  const amountFen = isOpen ? row.amount('amount') : row.require('amount', row.amount('amount'));
  const deal: DealFact = {
    dealId,
    userId,
    customer: row.text('customer', MAX_NAME),
    amountFen,
    status,
    openedOn,
    closedOn,
    statedSegment: row.choice('segment', segmentChoice),
    contractYears: row.bounded('contract_years', MAX_YEARS),
    product: row.text('product', MAX_NAME),
    credits: row.credits('credits', on, userId),
    ...readPayments(row, amountFen),
  };
  warnOfSegment(row, deal, context);
  return deal;
}

function readPayments(
  row: RowReader,
  amountFen: number | null,
): Pick<DealFact, 'collectedFen' | 'collectedOn' | 'refundedFen' | 'refundedOn'> {
  const refundedFen = row.amount('refunded_amount');
  if (refundedFen !== null && refundedFen > (amountFen ?? 0)) {
    row.refuse('refunded_amount', new Refusal('range', '不能超过金额'));
  }
  const refundedOn = row.day('refunded_on');
  // A refund without its day could be placed in no period: it would be lost without a word.
  if (refundedFen !== null && refundedFen > 0) row.require('refunded_on', refundedOn);
  return {
    collectedFen: row.amount('collected_amount'),
    collectedOn: row.day('collected_on'),
    refundedFen,
    refundedOn,
  };
}

function warnOfSegment(row: RowReader, deal: DealFact, { segments }: KindContext): void {
  if (contradictsAmount(deal, segments)) {
    row.warn('segment_mismatch', 'segment', segmentNames[deal.statedSegment ?? 'small']);
  }
  if (deal.status === 'lost' && deal.amountFen === 0 && deal.statedSegment === null)
    row.warn('no_segment', 'amount');
}

const receipts: Kind<'receipts'> = {
  keyField: 'receipt_id',
  keyOf: (receipt) => receipt.receiptId,
  read: (row) => ({
    receiptId: row.id('receipt_id'),
    dealId: row.id('deal_id'),
    receivedOn: row.requiredDay('received_on'),
    amountFen: row.require('amount', row.amount('amount', { mayBeNegative: true })) ?? 0,
  }),
};

const renewals: Kind<'renewals'> = {
  keyField: 'renewal_id',
  keyOf: (renewal) => renewal.renewalId,
  read(row) {
    const renewalId = row.id('renewal_id');
    const dueOn = row.requiredDay('due_on', { mayBeFuture: true });
    const renewed = row.require('renewed', row.yesNo('renewed')) ?? false;
    const renewedOn = row.day('renewed_on');
    const amountFen = row.amount('amount');
    if (renewed) {
      row.require('renewed_on', renewedOn);
      row.require('amount', amountFen);
    }
    const on = renewed ? (renewedOn ?? dueOn) : dueOn;
    const userId = row.employee('employee', on);
    return {
      renewalId,
      userId,
      customer: row.text('customer', MAX_NAME),
      dueOn,
      renewed,
      // A day without a renewal would place money that nobody earned.
      renewedOn: renewed ? renewedOn : null,
      amountFen,
      years: row.bounded('years', MAX_YEARS) ?? 1,
      credits: row.credits('credits', on, userId),
    };
  },
};

export const sales = { deals, receipts, renewals };
