import { assertMay, systemViewer, type Viewer } from '../../access/index.ts';
import { DingTalkError } from '../../dingtalk/index.ts';
import type { OutboxRow } from '../../platform/outbox/outbox.ts';
import type { Tx } from '../../platform/database.ts';
import type { OutboxSender, SendOutcome, Suffered } from '../../platform/outbox/relay.ts';
import { tryLater } from '../approval/index.ts';
import type { DevelopmentDeps } from './deps.ts';
import { keepSuffered, readPlan } from './plan-store.ts';
import { todoDone, todoRemoval, type TodoEnd, type TodoEndResult } from './todo-posts.ts';

const POSTS = { done: todoDone, deleted: todoRemoval } as const;
type End = keyof typeof POSTS;
type Row = OutboxRow<{ readonly decisionId: string }>;

/** Ticks a to-do off, or takes it out of the list: both may be said twice. Metered: one call. */
export class TodoEnder implements OutboxSender<{ readonly decisionId: string }, TodoEndResult> {
  readonly post: TodoEnd;
  readonly #deps: DevelopmentDeps;
  readonly #end: End;

  constructor(deps: DevelopmentDeps, end: End) {
    this.#deps = deps;
    this.#end = end;
    this.post = POSTS[end];
  }

  keep(tx: Tx, { payload: { decisionId } }: Row, suffered: Suffered): Promise<void> {
    return keepSuffered(tx, this.#deps.clock, { decisionId, step: 'todo_end' }, suffered);
  }

  async send({ payload: { decisionId } }: Row): Promise<SendOutcome<TodoEndResult>> {
    const plan = await readPlan(this.#deps.db, decisionId);
    const { todoId, todoCreator } = plan ?? { todoId: null, todoCreator: null };
    if (plan?.todoState !== 'open' || todoId === null || todoCreator === null)
      return { kind: 'sent', result: { state: plan?.todoState ?? 'gone', isKnown: todoId !== null } };
    const state = this.#end;
    const which = { creatorUnionId: todoCreator, todoId };
    const { todos } = this.#deps.dingtalk.for('todo');
    try {
      await (state === 'done' ? todos.done(which) : todos.remove(which));
    } catch (error) {
      if (!(error instanceof DingTalkError)) throw error;
      return error.kind === 'giveUp'
        ? { kind: 'dead', error: error.message }
        : tryLater(error, this.#deps.clock);
    }
    await this.#write(decisionId, state);
    return { kind: 'sent', result: { state } };
  }

  async #write(decisionId: string, state: End): Promise<void> {
    const { db, audit } = this.#deps;
    await db.transaction(async (tx) => {
      await tx.execute('UPDATE training_plans SET todo_state = ? WHERE decision_id = ?', [state, decisionId]);
      await audit.record(tx, systemViewer('development.todo'), {
        action: `training_todo.${state}`,
        subjectKind: 'decision',
        subjectId: decisionId,
      });
    });
  }
}

/**
 * Lets the to-dos of plans be ticked off whose courses are all passed. For the daily run; safe to repeat.
 * @returns how many
 */
export async function settlePassed(deps: DevelopmentDeps, viewer: Viewer): Promise<number> {
  assertMay(viewer, 'day.pass');
  const passed = await deps.db.select<{ decisionId: string; cycleId: string }>(
    `SELECT p.decision_id AS decisionId, p.cycle_id AS cycleId FROM training_plans p
     WHERE p.state = 'open' AND p.todo_state = 'open' AND p.todo_id IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM training_plan_courses c
       LEFT JOIN trainings t ON t.user_id = p.user_id AND t.course = c.course AND t.passed = 1
       WHERE c.decision_id = p.decision_id AND t.course IS NULL)
     ORDER BY p.decision_id`,
  );
  const letters = passed.map(({ decisionId, cycleId }) => ({ payload: { decisionId }, cycleId }));
  if (letters.length > 0) await deps.db.transaction((tx) => deps.outbox.addMany(tx, todoDone, letters));
  return letters.length;
}
