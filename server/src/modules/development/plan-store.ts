import type { DayString } from '@shigang/shared';
import { sqlInstant, type Clock } from '../../platform/clock.ts';
import type { Sql, Tx } from '../../platform/database.ts';
import type { Suffered } from '../../platform/outbox/relay.ts';

/** A training plan as it is stored, with its to-do at DingTalk. */
export interface StoredPlan {
  readonly decisionId: string;
  readonly cycleId: string;
  readonly userId: string;
  readonly plannedOn: DayString;
  readonly dueOn: DayString;
  readonly state: 'open' | 'cancelled';
  readonly todoState: 'waiting' | 'open' | 'done' | 'deleted' | 'failed';
  readonly todoId: string | null;
  /** Union id under which the to-do was made; every later call about it names the same. */
  readonly todoCreator: string | null;
  /** First attempt that may have gone out; business time. */
  readonly todoFirstTriedAt: Date | null;
}

const SELECT = `SELECT decision_id AS decisionId, cycle_id AS cycleId, user_id AS userId, planned_on AS plannedOn,
  due_on AS dueOn, state, todo_state AS todoState, todo_id AS todoId, todo_creator AS todoCreator,
  todo_first_tried_at AS todoFirstTriedAt FROM training_plans WHERE decision_id = ?`;

export const readPlan = async (sql: Sql, decisionId: string): Promise<StoredPlan | null> =>
  (await sql.select<StoredPlan>(SELECT, [decisionId]))[0] ?? null;

/** Held until the end of the transaction. */
export const lockPlan = async (tx: Tx, decisionId: string): Promise<StoredPlan | null> =>
  (await tx.select<StoredPlan>(`${SELECT} FOR UPDATE`, [decisionId]))[0] ?? null;

export interface PlannedCourseRow {
  readonly course: string;
  readonly dimensionName: string;
  readonly dueOn: DayString;
  /** Day of the first pass, whenever it was; null: not passed. */
  readonly passedOn: DayString | null;
}

/** Courses of a plan in their order, each with the day on which the person passed it. */
export const coursesOf = (sql: Sql, decisionId: string): Promise<PlannedCourseRow[]> =>
  sql.select<PlannedCourseRow>(
    `SELECT c.course, c.dimension_name AS dimensionName, c.due_on AS dueOn, MIN(t.finished_on) AS passedOn
     FROM training_plan_courses c JOIN training_plans p ON p.decision_id = c.decision_id
     LEFT JOIN trainings t ON t.user_id = p.user_id AND t.course = c.course AND t.passed = 1
     WHERE c.decision_id = ? GROUP BY c.seq, c.course, c.dimension_name, c.due_on ORDER BY c.seq`,
    [decisionId],
  );

/** Keeps with a plan what sending its to-do, or ending it, suffered. */
export async function keepSuffered(
  tx: Tx,
  clock: Clock,
  of: { readonly decisionId: string; readonly step: 'todo' | 'todo_end' },
  { tries, error, isGivenUp }: Suffered,
): Promise<void> {
  await tx.execute(
    `UPDATE training_plans SET ${of.step}_tries = ?, ${of.step}_error = ?, ${of.step}_given_up_at = ?
     WHERE decision_id = ?`,
    [tries, error, isGivenUp ? sqlInstant(clock.real()) : null, of.decisionId],
  );
}
