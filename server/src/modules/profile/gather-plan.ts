import {
  metricWindow,
  type CompanyRecords,
  type MetricWindow,
  type ModelFacts,
  type Period,
  type SegmentBounds,
} from '@shigang/shared';
import type { Predicate } from '../../access/index.ts';
import type { Sql } from '../../platform/database.ts';

/** `*_q` of a fact whose day is missing: a deal that is still open. */
const NO_QUARTER = 9_999;

/** What a period's sums depend on besides the people. */
export interface GatherPlan {
  readonly window: MetricWindow;
  readonly facts: ModelFacts;
  readonly bounds: SegmentBounds;
  readonly company: CompanyRecords;
  /** Window quarters, later ones that occur, and the mark of open deals. */
  readonly closedQuarters: readonly number[];
  readonly quarters: readonly number[];
}

export interface GatherRequest {
  readonly period: Period;
  readonly lookbackQuarters: number;
  readonly facts: ModelFacts;
  readonly bounds: SegmentBounds;
  /** The only people that will be gathered; absent: everybody. */
  readonly userIds?: readonly string[];
}

/** Reads what is the same for everybody: what the company recorded, which later quarters occur, which dimensions. */
export async function planGather(sql: Sql, request: GatherRequest): Promise<GatherPlan> {
  const window = metricWindow(request.period, request.lookbackQuarters);
  const quarters = Array.from(
    { length: request.lookbackQuarters },
    (_, index) => window.firstQuarter + index,
  );
  const later = await sql.select<{ closed_q: number }>(
    'SELECT DISTINCT closed_q FROM deals WHERE closed_q > ? AND closed_q < ?',
    [window.lastQuarter, NO_QUARTER],
  );
  const recorded = await sql.select<{ asked: number; trained: number }>(
    `SELECT EXISTS (SELECT 1 FROM collaborations WHERE requested_q IN (?)) AS asked,
       EXISTS (SELECT 1 FROM trainings WHERE finished_on BETWEEN ? AND ?) AS trained`,
    [quarters, window.firstOn, window.lastOn],
  );
  const of = request.userIds?.length ? peopleRange(request.userIds) : { sql: '1 = 1', params: [] };
  const assessed = await sql.select<{ dimension: string }>(
    `SELECT DISTINCT dimension FROM assessments WHERE ${of.sql} AND taken_on BETWEEN ? AND ? ORDER BY dimension`,
    [...of.params, window.firstOn, window.lastOn],
  );
  return {
    window,
    facts: {
      ...request.facts,
      dimensions: [...request.facts.dimensions, ...assessed.map((row) => row.dimension)],
    },
    bounds: request.bounds,
    company: {
      collaborations: Number(recorded[0]?.asked) === 1,
      trainings: Number(recorded[0]?.trained) === 1,
    },
    quarters,
    closedQuarters: [...quarters, ...later.map((row) => Number(row.closed_q)), NO_QUARTER],
  };
}

/** Up to so many userids are named one by one; more are a stretch from the first to the last. */
const NAMED_PEOPLE = 200;

/** WHERE for the column `user_id` of people in their order. */
export function peopleRange(userIds: readonly string[]): Predicate {
  if (userIds.length <= NAMED_PEOPLE) return { sql: 'user_id IN (?)', params: [userIds] };
  return { sql: 'user_id BETWEEN ? AND ?', params: [userIds[0] ?? '', userIds.at(-1) ?? ''] };
}
