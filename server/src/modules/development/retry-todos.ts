import { assertMay, type Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import type { DevelopmentDeps } from './deps.ts';
import { todoDone, todoRemoval, todoSend } from './todo-posts.ts';

/**
 * One more try for what was given up while DingTalk was in trouble: a to-do that was never made as long as its courses
 * are not due, one that was to be ticked off or taken out of the list. For the daily run.
 * @returns how many
 */
export async function retryTodos(deps: DevelopmentDeps, viewer: Viewer): Promise<number> {
  assertMay(viewer, 'day.pass');
  const { db, outbox } = deps;
  const plans = await db.select<{ decisionId: string; todoState: 'failed' | 'open'; state: string }>(
    `SELECT decision_id AS decisionId, todo_state AS todoState, state FROM training_plans
     WHERE todo_state = 'open' OR (todo_state = 'failed' AND state = 'open' AND due_on >= ?)
     ORDER BY decision_id`,
    [today(deps.clock)],
  );
  let tried = 0;
  for (const { decisionId, todoState, state } of plans) {
    const isTried = await db.transaction(async (tx) => {
      if (todoState === 'open')
        return outbox.tryAgain(tx, state === 'open' ? todoDone : todoRemoval, decisionId);
      if (!(await outbox.tryAgain(tx, todoSend, decisionId))) return false;
      await tx.execute("UPDATE training_plans SET todo_state = 'waiting' WHERE decision_id = ?", [
        decisionId,
      ]);
      return true;
    });
    if (isTried) tried += 1;
  }
  return tried;
}
