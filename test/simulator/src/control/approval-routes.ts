import type Router from '@koa/router';
import { running } from '../approvals/approval-book.ts';
import type { ApprovalInstance, ApprovalTask } from '../approvals/instance.ts';
import { approvalEntry } from '../books/approval-entries.ts';
import type { World } from '../world.ts';
import { ControlError, controlBody, presentUserId } from './control-body.ts';

const RESULTS = ['agree', 'refuse', 'terminate'];
const REMARK_MAX = 1_024;

/** What people do inside DingTalk: they answer an approval or take their own back, and tick off a to-do. */
export function addApprovalRoutes(router: Router, world: World): void {
  router.post('/approvals/:id', (ctx) => {
    const instance = world.books.approvals.find(ctx.params.id ?? '');
    if (instance === undefined) throw new ControlError('没有这个审批', 404);
    act(world, instance, controlBody(ctx));
    ctx.body = approvalEntry(instance);
  });
  router.post('/todos/:id/done', (ctx) => {
    const userId = presentUserId(world, controlBody(ctx).userId);
    const unionId = world.directory.person(userId)?.unionid ?? '';
    const todo = world.books.todos.find(ctx.params.id ?? '');
    if (todo === undefined) throw new ControlError('没有这个待办', 404);
    if (!todo.content.executorIds.includes(unionId)) throw new ControlError('这个待办不是给这个人的', 409);
    world.books.todos.setDone(todo, [{ unionId, isDone: true }]);
    ctx.body = { done: true };
  });
}

function act(world: World, instance: ApprovalInstance, body: Record<string, unknown>): void {
  const { result, userId } = body;
  if (!RESULTS.includes(String(result))) throw new ControlError(`result 只能是 ${RESULTS.join('、')}`);
  const remark = remarkOf(body);
  if (instance.status !== 'RUNNING') throw new ControlError('这个审批已经结束', 409);
  if (result === 'terminate') {
    if (userId !== undefined && userId !== instance.starter) throw new ControlError('只有发起人能撤回', 409);
    world.books.approvals.terminate(instance, { userId: instance.starter, ...remark });
    return;
  }
  const task = taskOf(instance, userId);
  const decision = result === 'agree' ? 'agree' : 'refuse';
  world.books.approvals.decide(instance, task, { decision, ...remark });
}

function remarkOf({ remark }: Record<string, unknown>): { remark?: string } {
  if (remark === undefined || remark === null || remark === '') return {};
  if (typeof remark !== 'string' || remark.length > REMARK_MAX) {
    throw new ControlError(`remark 应为文字，最多 ${REMARK_MAX} 个字`);
  }
  return { remark };
}

/** The task of that person, or of the first who is asked now. */
function taskOf(instance: ApprovalInstance, userId: unknown): ApprovalTask {
  const task = running(instance).find((other) => userId === undefined || other.userId === userId);
  if (task === undefined) throw new ControlError('这个审批现在不由这个人处理', 409);
  return task;
}
