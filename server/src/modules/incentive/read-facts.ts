import {
  addMonths,
  quarterIndex,
  rangeOfPeriod,
  segmentByAmount,
  type CreditedDeal,
  type CreditedRenewal,
  type DayString,
  type DueRenewal,
  type EmployeeFacts,
  type FeedbackScore,
  type Period,
  type Refund,
  type ResolvedCollaboration,
  type Segment,
  type SegmentBounds,
} from '@shigang/shared';
import type { Sql, SqlParam, SqlScalar } from '../../platform/database.ts';

interface MutableFacts extends EmployeeFacts {
  readonly deals: CreditedDeal[];
  readonly renewals: CreditedRenewal[];
  readonly scores: FeedbackScore[];
  readonly collaborations: ResolvedCollaboration[];
  readonly dueRenewals: DueRenewal[];
}

export interface FactsWanted {
  readonly period: Period;
  readonly userIds: readonly string[];
  readonly segments: SegmentBounds;
  /** Contracts due are only read where an index bonus measures them. */
  readonly withDueRenewals: boolean;
}

/** Refunds that came before their deal was closed are looked for this far back. */
const EARLY_REFUND_MONTHS = 12;
/** `deal_credits` columns in the order of {@link dealOf}. */
const CREDIT = 'c.user_id, c.anchor_on, c.deal_id, c.amount_fen, c.bp, c.share_fen, c.stated_segment';

/**
 * Everything that the statements of these people in this quarter are priced from, one streamed query per kind of fact
 * whatever the number of people. Deals, by far the most, come last and ordered by person: `onPerson` is called once for
 * everybody, as soon as the last of a person's deals has arrived, and what was read is let go again.
 */
export async function readFacts(
  sql: Sql,
  wanted: FactsWanted,
  onPerson: (userId: string, facts: EmployeeFacts) => void,
): Promise<void> {
  const people = new Map<string, MutableFacts>();
  for (const userId of wanted.userIds) people.set(userId, emptyFacts());
  if (people.size === 0) return;
  await readSmallKinds(sql, wanted, people);
  const refunds = new RefundedDeals(wanted.segments);
  await refunds.read(sql, wanted);
  for (const [userId, deal] of refunds.outside) people.get(userId)?.deals.push(deal);
  const { firstDay, lastDay } = rangeOfPeriod(wanted.period);
  let current = '';
  // An error thrown into the driver's row event would end the process: it is kept until the rows are through.
  let failure: { readonly error: unknown } | null = null;
  const finish = (userId: string): void => {
    const facts = people.get(userId);
    if (!facts || failure) return;
    people.delete(userId);
    try {
      onPerson(userId, facts);
    } catch (error) {
      failure = { error };
    }
  };
  // Clustered by person and date: each person's quarter is one run of the primary key.
  await sql.stream(
    `SELECT ${CREDIT} FROM deal_credits c WHERE c.user_id IN (?) AND c.anchor_on BETWEEN ? AND ?
     ORDER BY c.user_id, c.anchor_on, c.deal_id`,
    [wanted.userIds, firstDay, lastDay],
    (row) => {
      const userId = row[0] as string;
      if (userId !== current) {
        finish(current);
        current = userId;
      }
      const found = refunds.of(userId, row[2] as string);
      people.get(userId)?.deals.push(dealOf(row, wanted.segments, found));
    },
  );
  for (const userId of people.keys()) finish(userId);
  rethrow(failure);
}

function rethrow(failure: { readonly error: unknown } | null): void {
  if (failure) throw failure.error;
}

async function readSmallKinds(
  sql: Sql,
  wanted: FactsWanted,
  people: ReadonlyMap<string, MutableFacts>,
): Promise<void> {
  const { firstDay, lastDay } = rangeOfPeriod(wanted.period);
  const quarter = quarterIndex(wanted.period);
  const stream = (query: string, params: SqlParam[], add: (facts: MutableFacts, row: SqlScalar[]) => void) =>
    sql.stream(query, [...params, wanted.userIds], (row) => {
      const facts = people.get(row[0] as string);
      if (facts) add(facts, row);
    });
  await stream(
    `SELECT user_id, anchor_on, renewal_id, amount_fen, bp, share_fen, years FROM renewal_credits
     WHERE anchor_on BETWEEN ? AND ? AND user_id IN (?) ORDER BY user_id, anchor_on, renewal_id`,
    [firstDay, lastDay],
    addRenewal,
  );
  await stream(
    'SELECT user_id, given_on, score_tenths FROM feedback WHERE given_q = ? AND score_tenths IS NOT NULL AND user_id IN (?)',
    [quarter],
    (facts, [, givenOn, tenths]) =>
      facts.scores.push({ givenOn: givenOn as DayString, scoreTenths: Number(tenths) }),
  );
  await stream(
    `SELECT user_id, CAST(resolved_at AS CHAR(10)), collaboration_id, solved FROM collaborations
     WHERE resolved_q = ? AND user_id IN (?) ORDER BY user_id, 2, collaboration_id`,
    [quarter],
    (facts, [, anchorOn, collaborationId, solved]) =>
      facts.collaborations.push({
        anchorOn: anchorOn as DayString,
        collaborationId: collaborationId as string,
        isSolved: Number(solved) === 1,
      }),
  );
  if (!wanted.withDueRenewals) return;
  await stream(
    'SELECT user_id, due_on, renewed FROM renewals WHERE due_q = ? AND user_id IN (?)',
    [quarter],
    (facts, [, dueOn, renewed]) =>
      facts.dueRenewals.push({ dueOn: dueOn as DayString, isRenewed: Number(renewed) === 1 }),
  );
}

/** Shares of refunded deals that may take something back in the quarter, whenever they were closed. */
class RefundedDeals {
  readonly #refunds = new Map<string, Refund[]>();
  /** Shares anchored before the quarter, by person; those in it are read with all others. */
  readonly outside: [string, CreditedDeal][] = [];

  constructor(private readonly segments: SegmentBounds) {}

  /**
   * The deal's own refund columns, which count unless it has receipts, and its negative receipts, all of them so that
   * they cumulate. What matters is a refund in the quarter, or an earlier one of a deal closed in the quarter.
   */
  async read(sql: Sql, { period, userIds }: FactsWanted): Promise<void> {
    const { firstDay, lastDay } = rangeOfPeriod(period);
    const since = addMonths(firstDay, -EARLY_REFUND_MONTHS);
    const days = [since, lastDay, firstDay, firstDay];
    const add = (row: SqlScalar[]): void => this.#add(row, firstDay, lastDay);
    await sql.stream(
      `SELECT ${CREDIT}, d.refunded_on, d.refunded_fen, 'refund' FROM deals d JOIN deal_credits c ON c.deal_id = d.deal_id
       WHERE d.refunded_on BETWEEN ? AND ? AND (d.refunded_on >= ? OR d.closed_on >= ?) AND d.refunded_fen > 0
         AND c.user_id IN (?) AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.deal_id = d.deal_id)`,
      [...days, userIds],
      add,
    );
    await sql.stream(
      `SELECT ${CREDIT}, n.received_on, -n.amount_fen, n.receipt_id
       FROM (SELECT DISTINCT r.deal_id FROM receipts r JOIN deals d ON d.deal_id = r.deal_id
             WHERE r.received_on BETWEEN ? AND ? AND r.amount_fen < 0 AND (r.received_on >= ? OR d.closed_on >= ?)) hit
       JOIN deal_credits c ON c.deal_id = hit.deal_id
       JOIN receipts n ON n.deal_id = hit.deal_id AND n.amount_fen < 0 AND n.received_on <= ?
       WHERE c.user_id IN (?)`,
      [...days, lastDay, userIds],
      add,
    );
  }

  /** The refunds of one person's share. */
  of(userId: string, dealId: string): readonly Refund[] {
    return this.#refunds.size === 0 ? NO_REFUNDS : (this.#refunds.get(keyOf(userId, dealId)) ?? NO_REFUNDS);
  }

  #add(row: SqlScalar[], firstDay: DayString, lastDay: DayString): void {
    const [userId, anchorOn, dealId] = row as [string, DayString, string];
    const [on, refundedFen, ref] = row.slice(7) as [DayString, number, string];
    const key = keyOf(userId, dealId);
    let refunds = this.#refunds.get(key);
    if (!refunds) {
      refunds = [];
      this.#refunds.set(key, refunds);
      if (anchorOn < firstDay || anchorOn > lastDay)
        this.outside.push([userId, dealOf(row, this.segments, refunds)]);
    }
    refunds.push({ on, fen: Number(refundedFen), ref });
  }
}

const NO_REFUNDS: readonly Refund[] = [];
const keyOf = (userId: string, dealId: string): string => `${userId}\n${dealId}`;

function dealOf(row: SqlScalar[], bounds: SegmentBounds, refunds: readonly Refund[]): CreditedDeal {
  const amountFen = Number(row[3]);
  return {
    anchorOn: row[1] as DayString,
    dealId: row[2] as string,
    dealFen: amountFen,
    shareBp: Number(row[4]),
    shareFen: Number(row[5]),
    segment: (row[6] as Segment | null) ?? segmentByAmount(amountFen, bounds),
    refunds,
  };
}

function addRenewal(facts: MutableFacts, row: SqlScalar[]): void {
  facts.renewals.push({
    anchorOn: row[1] as DayString,
    renewalId: row[2] as string,
    contractFen: Number(row[3]),
    shareBp: Number(row[4]),
    shareFen: Number(row[5]),
    years: Number(row[6]),
  });
}

const emptyFacts = (): MutableFacts => ({
  deals: [],
  renewals: [],
  scores: [],
  collaborations: [],
  dueRenewals: [],
});
