import {
  MetricSums,
  metricWindow,
  segmentOf,
  sumLayout,
  type CompanyRecords,
  type DealStatus,
  type Fen,
  type MetricWindow,
  type ModelFacts,
  type Period,
  type Segment,
  type SegmentBounds,
} from '@shigang/shared';
import type { Predicate } from '../../access/index.ts';
import type { Sql, SqlScalar } from '../../platform/database.ts';
import type { ScopePerson } from './scope.queries.ts';

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

/**
 * Streams the window's rows of `people` (one stretch of userids in their order) into sums, nothing held but the sums.
 * Every query is led by quarters and narrowed by the userids, so that n chunks do not read the window n times.
 */
export async function gatherSums(
  sql: Sql,
  plan: GatherPlan,
  people: readonly ScopePerson[],
): Promise<MetricSums> {
  const sums = new MetricSums(sumLayout(plan.facts), plan.window, people.length);
  people.forEach((person, index) => sums.addHistory(index, person.employed, person.roles));
  if (people.length === 0) return sums;
  const index = new Map(people.map((person, position) => [person.userId, position]));
  const reader = new ChunkReader(sql, { plan, sums, index, of: peopleRange([...index.keys()]) });
  // On a pool these run side by side; inside a transaction they queue on its one connection.
  await Promise.all([
    reader.readDeals(),
    reader.readFirstWins(),
    reader.readCollaborations(),
    reader.readCustomers(),
    reader.readLearning(),
    reader.readAttendance(),
  ]);
  return sums;
}

/** Up to so many userids are named one by one; more are a stretch from the first to the last. */
const NAMED_PEOPLE = 200;

/** WHERE for the column `user_id` of people in their order. */
export function peopleRange(userIds: readonly string[]): Predicate {
  if (userIds.length <= NAMED_PEOPLE) return { sql: 'user_id IN (?)', params: [userIds] };
  return { sql: 'user_id BETWEEN ? AND ?', params: [userIds[0] ?? '', userIds.at(-1) ?? ''] };
}

interface Chunk {
  readonly plan: GatherPlan;
  readonly sums: MetricSums;
  readonly index: ReadonlyMap<string, number>;
  readonly of: Predicate;
}

/** The queries over one chunk; a row of somebody outside the scope is passed over. */
class ChunkReader {
  readonly #sql: Sql;
  readonly #chunk: Chunk;

  constructor(sql: Sql, chunk: Chunk) {
    this.#sql = sql;
    this.#chunk = chunk;
  }

  /** Segments and days come as numbers: a string less per cell is what a million rows feel. */
  async readDeals(): Promise<void> {
    const { plan, sums, of } = this.#chunk;
    await this.#each(
      `SELECT user_id, stated_segment, amount_fen, status, TO_DAYS(opened_on), TO_DAYS(closed_on) FROM deals
       WHERE closed_q IN (?) AND ${of.sql}`,
      [plan.closedQuarters, ...of.params],
      (person, row) => {
        const status = row[3] as DealStatus;
        const segment = segmentOf(
          { status, statedSegment: row[1] as Segment | null, amountFen: row[2] as Fen | null },
          plan.bounds,
        );
        sums.addDeal(person, segment, status, { openedDay: dayOfSql(row[4]), closedDay: dayOfSql(row[5]) });
      },
    );
  }

  async readFirstWins(): Promise<void> {
    const { plan, sums, of } = this.#chunk;
    await this.#each(
      `SELECT user_id, TO_DAYS(MIN(closed_on)) FROM deals
       WHERE status = 'won' AND ${of.sql}
         AND (stated_segment = 'large' OR (stated_segment IS NULL AND amount_fen >= ?)) AND closed_on <= ?
       GROUP BY user_id`,
      [...of.params, plan.bounds.largeFromFen, plan.window.lastOn],
      (person, row) => {
        const day = dayOfSql(row[1]);
        if (day !== null) sums.addLargeWon(person, day);
      },
    );
  }

  async readCollaborations(): Promise<void> {
    const { plan, sums, of } = this.#chunk;
    await this.#each(
      `SELECT user_id, requested_q, response_sec FROM collaborations WHERE requested_q IN (?) AND ${of.sql}`,
      [plan.quarters, ...of.params],
      (person, row) => sums.addRequest(person, row[1] as number, row[2] as number | null),
    );
    await this.#each(
      `SELECT user_id, resolved_q, solved FROM collaborations WHERE resolved_q IN (?) AND ${of.sql}`,
      [plan.quarters, ...of.params],
      (person, row) => sums.addResolution(person, row[1] as number, row[2] === 1),
    );
  }

  async readCustomers(): Promise<void> {
    const { plan, sums, of } = this.#chunk;
    await this.#each(
      `SELECT user_id, given_q, score_tenths FROM feedback
       WHERE given_q IN (?) AND ${of.sql} AND score_tenths IS NOT NULL`,
      [plan.quarters, ...of.params],
      (person, row) => sums.addFeedback(person, row[1] as number, row[2] as number),
    );
    await this.#each(
      `SELECT user_id, due_q, renewed FROM renewals WHERE due_q IN (?) AND ${of.sql}`,
      [plan.quarters, ...of.params],
      (person, row) => sums.addRenewal(person, row[1] as number, row[2] === 1),
    );
  }

  async readLearning(): Promise<void> {
    const { plan, sums, of } = this.#chunk;
    await this.#each(
      `SELECT user_id, course, TO_DAYS(finished_on), passed FROM trainings WHERE ${of.sql} AND finished_on <= ?`,
      [...of.params, plan.window.lastOn],
      (person, row) => sums.addTraining(person, String(row[1]), dayOf(row[2]), row[3] === 1),
    );
    await this.#each(
      `SELECT user_id, dimension, TO_DAYS(taken_on), score_ten_thousandths FROM assessments
       WHERE ${of.sql} AND taken_on BETWEEN ? AND ?`,
      [...of.params, plan.window.firstOn, plan.window.lastOn],
      (person, row) => sums.addAssessment(person, String(row[1]), dayOf(row[2]), row[3] as number),
    );
  }

  async readAttendance(): Promise<void> {
    const { plan, sums, of } = this.#chunk;
    await this.#each(
      `SELECT user_id, TO_DAYS(day), scheduled_ten_thousandths, worked_ten_thousandths, leave_ten_thousandths
       FROM attendance_days WHERE ${of.sql} AND day BETWEEN ? AND ?`,
      [...of.params, plan.window.firstOn, plan.window.lastOn],
      (person, row) =>
        sums.addAttendance(person, dayOf(row[1]), {
          scheduled: row[2] as number,
          worked: row[3] as number,
          leave: row[4] as number,
        }),
    );
  }

  #each(
    query: string,
    params: Parameters<Sql['stream']>[1],
    use: (person: number, row: SqlScalar[]) => void,
  ): Promise<void> {
    const { index } = this.#chunk;
    return this.#sql.stream(query, params, (row) => {
      const person = index.get(row[0] as string);
      if (person !== undefined) use(person, row);
    });
  }
}

/** TO_DAYS of 1970-01-01. */
const SQL_EPOCH_DAY = 719_528;

/** TO_DAYS of a DATE that is never null → day number. */
const dayOf = (value: SqlScalar | undefined): number => Number(value) - SQL_EPOCH_DAY;

/** TO_DAYS of a DATE → day number; null stays null. */
const dayOfSql = (value: SqlScalar | undefined): number | null =>
  typeof value === 'number' ? value - SQL_EPOCH_DAY : null;
