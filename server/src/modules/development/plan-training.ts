import { addDays, type DayString } from '@shigang/shared';
import type { Sql, Tx } from '../../platform/database.ts';
import type { SettingsModule } from '../settings/index.ts';
import type { DevelopmentDeps } from './deps.ts';
import { coursesOf, lockPlan, readPlan } from './plan-store.ts';
import { todoRemoval, todoSend } from './todo-posts.ts';

/** Plans written in one statement. */
const CHUNK = 1_000;

/** Courses that a decision of the tier `train` asks somebody to take; those passed already are left out by the caller. */
export interface TrainingRequest {
  readonly decisionId: string;
  readonly cycleId: string;
  readonly userId: string;
  /** Userid of the deciding HR person, or the name of whatever decided: the to-do comes from them. */
  readonly decidedBy: string;
  readonly courses: readonly {
    readonly course: string;
    readonly dimensionId: string;
    readonly dimensionName: string;
  }[];
  readonly plannedOn: DayString;
}

/** Last day of the courses of a plan, in Shanghai. */
export async function dueDay(settings: SettingsModule, plannedOn: DayString): Promise<DayString> {
  return addDays(plannedOn, (await settings.current()).trainingDueDays);
}

/**
 * Writes the plans of decisions down, each with its to-do on the way; nothing without courses. A fixed number of
 * statements per {@link CHUNK}. Safe to repeat.
 */
export async function planTrainings(
  deps: DevelopmentDeps,
  tx: Tx,
  requests: readonly TrainingRequest[],
): Promise<void> {
  const wanted = requests.filter((request) => request.courses.length > 0);
  for (let from = 0; from < wanted.length; from += CHUNK)
    await planChunk(deps, tx, wanted.slice(from, from + CHUNK));
}

async function planChunk(deps: DevelopmentDeps, tx: Tx, requests: readonly TrainingRequest[]): Promise<void> {
  const { trainingDueDays } = await deps.settings.current();
  const dueOn = (request: TrainingRequest): DayString => addDays(request.plannedOn, trainingDueDays);
  // Planned before: its post may be long gone.
  const known = await tx.select<{ id: string }>(
    'SELECT decision_id AS id FROM training_plans WHERE decision_id IN (?) FOR UPDATE',
    [requests.map((request) => request.decisionId)],
  );
  const isKnown = new Set(known.map((row) => row.id));
  const fresh = requests.filter((request) => !isKnown.has(request.decisionId));
  await tx.insertMany(
    'training_plans',
    ['decision_id', 'cycle_id', 'user_id', 'planned_on', 'due_on'],
    fresh.map((request) => [
      ...[request.decisionId, request.cycleId, request.userId, request.plannedOn, dueOn(request)],
    ]),
    { update: [] },
  );
  await tx.insertMany(
    'training_plan_courses',
    ['decision_id', 'seq', 'course', 'dimension_id', 'dimension_name', 'due_on'],
    fresh.flatMap((request) =>
      request.courses.map(({ course, dimensionId, dimensionName }, index) => [
        ...[request.decisionId, index + 1, course, dimensionId, dimensionName, dueOn(request)],
      ]),
    ),
    { update: [] },
  );
  await deps.outbox.addMany(
    tx,
    todoSend,
    fresh.map(({ decisionId, decidedBy, cycleId }) => ({ payload: { decisionId, decidedBy }, cycleId })),
  );
}

/** A newer decision or the person's leaving ends the plan; its to-do is taken out of the list. Safe to repeat. */
export async function cancelTraining(deps: DevelopmentDeps, tx: Tx, decisionId: string): Promise<void> {
  const plan = await lockPlan(tx, decisionId);
  if (plan?.state !== 'open') return;
  await tx.execute("UPDATE training_plans SET state = 'cancelled' WHERE decision_id = ?", [decisionId]);
  if (plan.todoState === 'waiting' && plan.todoFirstTriedAt === null) {
    await deps.outbox.cancel(tx, todoSend, decisionId);
    await tx.execute("UPDATE training_plans SET todo_state = 'deleted' WHERE decision_id = ?", [decisionId]);
    return;
  }
  if (plan.todoState !== 'waiting' && plan.todoState !== 'open') return;
  await deps.outbox.add(tx, todoRemoval, {
    payload: { decisionId },
    cycleId: plan.cycleId,
    // An attempt that is under way is let end first.
    ...(plan.todoState === 'waiting' ? { dueAt: 'waits' as const } : {}),
  });
}

/** A plan in force as the person and HR see it. */
export interface TrainingPlan {
  readonly dueOn: DayString;
  readonly courses: {
    readonly name: string;
    readonly dimensionName: string;
    readonly dueOn: DayString;
    readonly passedOn: DayString | null;
  }[];
}

/** The plan of a decision; null where there is none in force. Whether its reader may see the person is the caller's matter. */
export async function planOf(sql: Sql, decisionId: string): Promise<TrainingPlan | null> {
  const plan = await readPlan(sql, decisionId);
  if (plan?.state !== 'open') return null;
  const courses = await coursesOf(sql, decisionId);
  return { dueOn: plan.dueOn, courses: courses.map(({ course, ...rest }) => ({ name: course, ...rest })) };
}
