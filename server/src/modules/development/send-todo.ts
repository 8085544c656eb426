import { addDays, shanghaiMidnight, todoDetails, trainingTodo } from '@shigang/shared';
import { systemViewer } from '../../access/index.ts';
import { DingTalkError } from '../../dingtalk/index.ts';
import { sqlInstant } from '../../platform/clock.ts';
import type { Sql, SqlScalar, Tx } from '../../platform/database.ts';
import { MAX_ATTEMPTS, type OutboxRow } from '../../platform/outbox/outbox.ts';
import type { OutboxSender, SendOutcome, Suffered } from '../../platform/outbox/relay.ts';
import { tryLater } from '../approval/index.ts';
import { starterOf } from '../org/index.ts';
import type { DevelopmentDeps } from './deps.ts';
import { coursesOf, keepSuffered, lockPlan, type StoredPlan } from './plan-store.ts';
import { todoRemoval, todoSend, type TodoPayload, type TodoResult } from './todo-posts.ts';

const SECOND_MS = 1_000;

type Row = OutboxRow<TodoPayload>;
type Outcome = SendOutcome<TodoResult>;

interface TodoPeople {
  readonly creatorUnionId: string;
  readonly executorUnionId: string;
}

/**
 * Sends the to-do of a training plan, from the deciding HR person to the employee. The decision's id is its source id:
 * DingTalk refuses a second one, so that a try after a lost answer finds out, and looks for its id. Metered: one call;
 * after a lost answer two more.
 */
export class TodoSender implements OutboxSender<TodoPayload, TodoResult> {
  readonly post = todoSend;
  readonly #deps: DevelopmentDeps;

  constructor(deps: DevelopmentDeps) {
    this.#deps = deps;
  }

  keep(tx: Tx, { payload: { decisionId } }: Row, suffered: Suffered): Promise<void> {
    return keepSuffered(tx, this.#deps.clock, { decisionId, step: 'todo' }, suffered);
  }

  async send(row: Row): Promise<Outcome> {
    const { decisionId, decidedBy } = row.payload;
    const ready = await this.#deps.db.transaction((tx) => this.#prepare(tx, decisionId, decidedBy));
    if ('kind' in ready) return ready;
    const { plan, people } = ready;
    try {
      const todoId = (await this.#create(plan, people)) ?? (await this.#find(row, plan, people));
      await this.#deps.db.transaction((tx) =>
        this.#settle(tx, plan, {
          todo_state: 'open',
          todo_id: todoId,
          todo_detail: todoId === null ? todoDetails.unknownId : null,
        }),
      );
      return { kind: 'sent', result: { todoId } };
    } catch (error) {
      if (!(error instanceof DingTalkError)) throw error;
      return this.#refused(row, plan, error);
    }
  }

  /** Marks the attempt, committed before the call; or what the row came to without one. */
  async #prepare(
    tx: Tx,
    decisionId: string,
    decidedBy: string,
  ): Promise<{ plan: StoredPlan; people: TodoPeople } | Outcome> {
    const plan = await lockPlan(tx, decisionId);
    if (plan?.todoState !== 'waiting') return { kind: 'sent', result: { state: plan?.todoState ?? 'gone' } };
    if (plan.state === 'cancelled' && plan.todoFirstTriedAt === null)
      return this.#without(tx, plan, { state: 'deleted', detail: null });
    const { creatorUnionId, executorUnionId } = await this.#people(tx, plan, decidedBy);
    if (executorUnionId === null)
      return this.#without(tx, plan, { state: 'failed', detail: todoDetails.noUnionId });
    if (creatorUnionId === null)
      return this.#without(tx, plan, { state: 'failed', detail: todoDetails.noCreator });
    await tx.execute(
      `UPDATE training_plans SET todo_creator = ?, todo_first_tried_at = COALESCE(todo_first_tried_at, ?)
       WHERE decision_id = ?`,
      [creatorUnionId, sqlInstant(this.#deps.clock.now()), decisionId],
    );
    return { plan, people: { creatorUnionId, executorUnionId } };
  }

  async #without(
    tx: Tx,
    plan: StoredPlan,
    { state, detail }: { readonly state: 'deleted' | 'failed'; readonly detail: string | null },
  ): Promise<Outcome> {
    await this.#settle(tx, plan, { todo_state: state, todo_detail: detail });
    return { kind: 'sent', result: { state, detail } };
  }

  async #people(
    tx: Tx,
    plan: StoredPlan,
    decidedBy: string,
  ): Promise<{ creatorUnionId: string | null; executorUnionId: string | null }> {
    const creator = await starterOf(tx, this.#deps.settings, decidedBy);
    return {
      // The same one for every try: the first may have gone out under this name.
      creatorUnionId: plan.todoCreator ?? (creator === null ? null : await unionIdOf(tx, creator)),
      executorUnionId: await unionIdOf(tx, plan.userId),
    };
  }

  async #create(plan: StoredPlan, people: TodoPeople): Promise<string | null> {
    const { dingtalk, config, db } = this.#deps;
    const { decisionId, plannedOn, dueOn } = plan;
    const courses = await coursesOf(db, decisionId);
    return dingtalk.for('todo').todos.create({
      ...people,
      ...trainingTodo({ courses, plannedOn, dueOn }),
      dueAtMs: shanghaiMidnight(addDays(dueOn, 1)) - SECOND_MS,
      sourceId: decisionId,
      url: `${config.publicUrl}/development`,
    });
  }

  /** The id of one whose answer was lost; null: DingTalk does not tell, and nobody can tick it off or take it away. */
  async #find(row: Row, plan: StoredPlan, people: TodoPeople): Promise<string | null> {
    try {
      const which = { creatorUnionId: people.creatorUnionId, sourceId: plan.decisionId };
      return await this.#deps.dingtalk.for('todo').todos.idOf(which);
    } catch (error) {
      const isForGood =
        error instanceof DingTalkError && (error.kind === 'giveUp' || error.permission !== null);
      if (isForGood || row.attempts >= MAX_ATTEMPTS) return null;
      throw error;
    }
  }

  async #refused(row: Row, plan: StoredPlan, error: DingTalkError): Promise<Outcome> {
    const { db, clock } = this.#deps;
    const mayBeOut = error.isOutcomeUnknown || plan.todoFirstTriedAt !== null;
    if (!mayBeOut)
      await db.execute('UPDATE training_plans SET todo_first_tried_at = NULL WHERE decision_id = ?', [
        plan.decisionId,
      ]);
    if (error.kind !== 'giveUp' && row.attempts < MAX_ATTEMPTS) return tryLater(error, clock);
    await db.transaction((tx) =>
      this.#settle(tx, plan, { todo_state: 'failed', todo_detail: error.message }),
    );
    return { kind: 'dead', error: error.message };
  }

  /** What became of it, and a removal that waited for this is let go. */
  async #settle(
    tx: Tx,
    { decisionId }: StoredPlan,
    change: Readonly<Record<string, SqlScalar>>,
  ): Promise<void> {
    const columns = Object.keys(change);
    await tx.execute(
      `UPDATE training_plans SET ${columns.map((column) => `${column} = ?`).join(', ')} WHERE decision_id = ?`,
      [...Object.values(change), decisionId],
    );
    await this.#deps.outbox.release(tx, todoRemoval, decisionId);
    await this.#deps.audit.record(tx, systemViewer('development.todo'), {
      action: `training_todo.${String(change['todo_state'])}`,
      subjectKind: 'decision',
      subjectId: decisionId,
      after: change,
    });
  }
}

async function unionIdOf(sql: Sql, userId: string): Promise<string | null> {
  const [row] = await sql.select<{ unionId: string | null }>(
    'SELECT union_id AS unionId FROM employees WHERE user_id = ?',
    [userId],
  );
  return row?.unionId ?? null;
}
