import type { SqlScalar } from '../../platform/database.ts';
import type { FactKind, FactTypes, StatedCredit } from './fact-types.ts';

/** A stored row as scalars, in the order of its table's `columns`. */
export type FactRow = readonly SqlScalar[];

/** How facts of one kind lie in their table. */
export interface FactTable<Kind extends FactKind> extends TableShape {
  /** The row to store; columns derived from others (quarters, seconds) included. */
  readonly toRow: (fact: FactTypes[Kind]) => SqlScalar[];
}

export interface TableShape {
  readonly table: string;
  /** The first `keyLength` columns are the natural key. */
  readonly keyLength: number;
  readonly columns: readonly string[];
  /** Columns that the file does not state but an import sets. */
  readonly constants: Readonly<Record<string, SqlScalar>>;
}

/** `*_q` of a missing day. */
export const NO_QUARTER = 9999;

export const factTables: { readonly [Kind in FactKind]: FactTable<Kind> } = {
  roles: {
    table: 'role_assignments',
    keyLength: 2,
    columns: ['user_id', 'valid_from', 'role'],
    constants: { source: 'import', decision_id: null },
    toRow: (fact) => [fact.userId, fact.validFrom, fact.role],
  },
  deals: {
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
  },
  receipts: {
    table: 'receipts',
    keyLength: 1,
    columns: ['receipt_id', 'deal_id', 'received_on', 'amount_fen'],
    constants: {},
    toRow: (fact) => [fact.receiptId, fact.dealId, fact.receivedOn, fact.amountFen],
  },
  renewals: {
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
  },
  feedback: {
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
  },
  collaborations: {
    table: 'collaborations',
    keyLength: 1,
    columns: [
      'collaboration_id',
      'user_id',
      'to_department',
      'subject',
      'requested_at',
      'responded_at',
      'resolved_at',
      'solved',
      'requested_q',
      'resolved_q',
      'response_sec',
    ],
    constants: {},
    toRow: (fact) => [
      fact.collaborationId,
      fact.userId,
      fact.toDepartment,
      fact.subject,
      fact.requestedAt,
      fact.respondedAt,
      fact.resolvedAt,
      fact.solved === null ? null : fact.solved ? 1 : 0,
      quarterOf(fact.requestedAt),
      quarterOf(fact.resolvedAt),
      fact.respondedAt === null ? null : secondsBetween(fact.requestedAt, fact.respondedAt),
    ],
  },
  trainings: {
    table: 'trainings',
    keyLength: 3,
    columns: ['user_id', 'course', 'finished_on', 'passed'],
    constants: {},
    toRow: (fact) => [fact.userId, fact.course, fact.finishedOn, fact.passed ? 1 : 0],
  },
  assessments: {
    table: 'assessments',
    keyLength: 3,
    columns: ['user_id', 'dimension', 'taken_on', 'score_ten_thousandths'],
    constants: {},
    toRow: (fact) => [fact.userId, fact.dimension, fact.takenOn, fact.scoreTenThousandths],
  },
  attendance: {
    table: 'attendance_days',
    keyLength: 2,
    columns: [
      'user_id',
      'day',
      'scheduled_ten_thousandths',
      'worked_ten_thousandths',
      'leave_ten_thousandths',
    ],
    constants: {},
    toRow: (fact) => [
      fact.userId,
      fact.day,
      fact.scheduledTenThousandths,
      fact.workedTenThousandths,
      fact.leaveTenThousandths,
    ],
  },
};

/** DATETIME columns: they hold Shanghai wall time as text, which a driver would turn into an instant. */
const WALL_TIMES = new Set(['requested_at', 'responded_at', 'resolved_at']);
/** The column as it is selected for comparison with a row to store. */
export const selectExpression = (column: string): string =>
  WALL_TIMES.has(column) ? `CAST(${column} AS CHAR(19)) AS ${column}` : column;

/**
 * Shares as stored: JSON `[[userid, bp] …]` by userid, so that another order of entry is no change; null where the
 * record's own employee has all of it.
 */
function creditsText(fact: { userId: string; credits: readonly StatedCredit[] | null }): string | null {
  const { credits } = fact;
  if (credits === null || (credits.length === 1 && credits[0]?.userId === fact.userId)) return null;
  const ordered = [...credits].sort((a, b) => (a.userId < b.userId ? -1 : 1));
  return JSON.stringify(ordered.map((credit) => [credit.userId, credit.bp]));
}

/** Quarter index of a day or of a wall time that begins with one, without making texts of periods. */
function quarterOf(dayText: string | null): number {
  if (dayText === null) return NO_QUARTER;
  return Number(dayText.slice(0, 4)) * 4 + Math.floor((Number(dayText.slice(5, 7)) - 1) / 3);
}

const SECOND_MS = 1_000;
const secondsBetween = (from: string, to: string): number =>
  (Date.parse(`${to.replace(' ', 'T')}Z`) - Date.parse(`${from.replace(' ', 'T')}Z`)) / SECOND_MS;
