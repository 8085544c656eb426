import {
  NEVER,
  segmentCode,
  segmentOf,
  statusCode,
  UNKNOWN,
  type DealStatus,
  type ReadingName,
  type Segment,
  type SegmentBounds,
} from '@shigang/shared';
import type { SqlScalar } from '../../platform/database.ts';

/** A column that a reading is narrowed by; `quarter` where an index is led by one instead of the day itself. */
export type FilterColumn =
  | { readonly day: string }
  | { readonly quarter: string }
  | { readonly value: string }
  | { readonly status: string }
  /** The rule over the stated segment and the amount. */
  | { readonly segment: true };

/** Readings that are queries; the roles come with the people. */
export type QueriedReading = Exclude<ReadingName, 'roles'>;

/** How rows of a reading's kind of fact become the numbers that metrics read; table and ids are the kind's own. */
export interface MetricSource {
  /**
   * Selected after the userid. Days and quarters come as numbers: a string less per cell is what a million rows feel.
   */
  readonly columns: readonly string[];
  /** Fills `record` in the order of its kind's fields; `row[0]` is the userid. */
  readonly fill: (row: readonly SqlScalar[], record: Float64Array, bounds: SegmentBounds) => void;
  /** Position in the row of the course or dimension that the record is of. */
  readonly parameter?: number;
  /** Column of each field that a condition of the reading is on. */
  readonly where: Readonly<Record<string, FilterColumn>>;
  /** What sorts a list of the records, where it is not the day that places one of the kind. */
  readonly on?: string;
  /** Selected for sums instead of `columns`, one row per person: the reading keeps the first record alone. */
  readonly grouped?: readonly string[];
}

/** TO_DAYS of 1970-01-01. */
const SQL_EPOCH_DAY = 719_528;

/** TO_DAYS of a DATE → day number; null is a day that nobody knows, or that has not come. */
const dayOr = (missing: number, value: SqlScalar | undefined): number =>
  typeof value === 'number' ? value - SQL_EPOCH_DAY : missing;

const large = segmentCode('large');
const won = statusCode('won');

/** All readings but the roles, which come with the people themselves. */
export const metricSources: Readonly<Record<QueriedReading, MetricSource>> = {
  deals: {
    columns: ['stated_segment', 'amount_fen', 'status', 'TO_DAYS(opened_on)', 'TO_DAYS(closed_on)'],
    fill(row, record, bounds) {
      const status = row[3] as DealStatus;
      const statedSegment = row[1] as Segment | null;
      record[0] = segmentCode(
        segmentOf({ status, statedSegment, amountFen: row[2] as number | null }, bounds),
      );
      record[1] = statusCode(status);
      record[2] = dayOr(UNKNOWN, row[4]);
      record[3] = status === 'open' ? NEVER : dayOr(NEVER, row[5]);
    },
    where: { closedDay: { quarter: 'closed_q' } },
  },
  firstLargeWin: {
    columns: ['TO_DAYS(closed_on)'],
    fill(row, record) {
      record[0] = large;
      record[1] = won;
      record[2] = UNKNOWN;
      record[3] = dayOr(UNKNOWN, row[1]);
    },
    where: { segment: { segment: true }, status: { status: 'status' }, closedDay: { day: 'closed_on' } },
    grouped: ['TO_DAYS(MIN(closed_on))'],
  },
  requests: {
    columns: ['requested_q', 'response_sec'],
    fill(row, record) {
      record[0] = row[1] as number;
      record[1] = (row[2] as number | null) ?? UNKNOWN;
      record[2] = UNKNOWN;
      record[3] = UNKNOWN;
    },
    where: { requestedQuarter: { quarter: 'requested_q' } },
    on: 'CAST(requested_at AS CHAR(19))',
  },
  resolutions: {
    columns: ['resolved_q', 'solved'],
    fill(row, record) {
      record[0] = UNKNOWN;
      record[1] = UNKNOWN;
      record[2] = row[1] as number;
      record[3] = row[2] as number;
    },
    where: { resolvedQuarter: { quarter: 'resolved_q' } },
    on: 'CAST(resolved_at AS CHAR(19))',
  },
  renewals: {
    columns: ['due_q', 'renewed'],
    fill(row, record) {
      record[0] = row[1] as number;
      record[1] = row[2] as number;
    },
    where: { dueQuarter: { quarter: 'due_q' } },
  },
  feedback: {
    columns: ['given_q', 'score_tenths'],
    fill(row, record) {
      record[0] = row[1] as number;
      record[1] = (row[2] as number | null) ?? UNKNOWN;
    },
    where: { givenQuarter: { quarter: 'given_q' }, scoreTenths: { value: 'score_tenths' } },
  },
  trainings: {
    columns: ['course', 'TO_DAYS(finished_on)', 'passed'],
    fill(row, record) {
      record[0] = dayOr(UNKNOWN, row[2]);
      record[1] = row[3] as number;
    },
    parameter: 1,
    where: { finishedDay: { day: 'finished_on' } },
  },
  assessments: {
    columns: ['dimension', 'TO_DAYS(taken_on)', 'score_ten_thousandths'],
    fill(row, record) {
      record[0] = dayOr(UNKNOWN, row[2]);
      record[1] = row[3] as number;
    },
    parameter: 1,
    where: { takenDay: { day: 'taken_on' } },
  },
  attendance: {
    columns: ['TO_DAYS(day)', 'scheduled_ten_thousandths', 'worked_ten_thousandths', 'leave_ten_thousandths'],
    fill(row, record) {
      record[0] = dayOr(UNKNOWN, row[1]);
      record[1] = row[2] as number;
      record[2] = row[3] as number;
      record[3] = row[4] as number;
    },
    where: { day: { day: 'day' } },
  },
};

export const queriedReadings = Object.keys(metricSources) as QueriedReading[];
