import { listOf, mustText, textOf, type Fields } from './calling/answer.ts';
import type { Caller } from './calling/caller.ts';
import { CALLS } from './calling/calls.ts';
import { isRefusal } from './calling/errors.ts';
import { official, type OfficialClients } from './calling/official-client.ts';

export interface NewTodo {
  readonly creatorUnionId: string;
  readonly executorUnionId: string;
  /** At most 1,024 characters. */
  readonly subject: string;
  /** At most 4,096 characters. */
  readonly description: string;
  /** Instant, ms. */
  readonly dueAtMs: number;
  /** Ours; DingTalk keeps at most one to-do for each. */
  readonly sourceId: string;
  /** Opened by a tap, on the phone as on the desktop; at most 1,024 bytes. */
  readonly url: string;
}

/** Pages of open to-dos that are looked through for one; a creator with more of them is not to be expected. */
const MOST_PAGES = 50;

/** To-dos (待办); everybody by union id. Every call is metered. */
export class TodosApi {
  readonly #caller: Caller;
  readonly #clients: OfficialClients;

  constructor(caller: Caller, clients: OfficialClients) {
    this.#caller = caller;
    this.#clients = clients;
  }

  /**
   * Never repeated here; made again with the same `sourceId` it tells whether the first one arrived.
   * @returns DingTalk's id; null: a to-do with this `sourceId` is there already
   * @throws DingTalkError
   */
  async create(todo: NewTodo): Promise<string | null> {
    const call = CALLS.createTodo;
    const { module, client, runtime } = await this.#clients.todo();
    const request = new module.CreateTodoTaskRequest({
      operatorId: todo.creatorUnionId,
      creatorId: todo.creatorUnionId,
      executorIds: [todo.executorUnionId],
      sourceId: todo.sourceId,
      subject: todo.subject,
      description: todo.description,
      dueTime: todo.dueAtMs,
      detailUrl: new module.CreateTodoTaskRequestDetailUrl({ appUrl: todo.url, pcUrl: todo.url }),
      // Else it stands in the creator's own list as well.
      isOnlyShowExecutor: true,
      notifyConfigs: new module.CreateTodoTaskRequestNotifyConfigs({ dingNotify: '1' }),
    });
    try {
      const body = await this.#caller.run(call, (token) => {
        const headers = new module.CreateTodoTaskHeaders({ xAcsDingtalkAccessToken: token });
        const creator = encodeURIComponent(todo.creatorUnionId);
        return official(call, () => client.createTodoTaskWithOptions(creator, request, headers, runtime));
      });
      return mustText(asFields(body), 'id', call.path);
    } catch (error) {
      if (isRefusal(error, 'todo.taskCreate.paramError', 'task exist')) return null;
      throw error;
    }
  }

  /**
   * Looks for an open to-do by what we called it. Metered: one call a page.
   * @returns DingTalk's id; null: it is not among those of its creator
   * @throws DingTalkError
   */
  async idOf({
    creatorUnionId,
    sourceId,
  }: Pick<NewTodo, 'creatorUnionId' | 'sourceId'>): Promise<string | null> {
    const call = CALLS.listTodos;
    const { module, client, runtime } = await this.#clients.todo();
    const creator = encodeURIComponent(creatorUnionId);
    let nextToken: string | null = null;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const request = new module.QueryOrgTodoTasksRequest({
        isDone: false,
        roleTypes: [['creator']],
        ...(nextToken === null ? {} : { nextToken }),
      });
      const body: object = await this.#caller.run(call, (token) => {
        const headers = new module.QueryOrgTodoTasksHeaders({ xAcsDingtalkAccessToken: token });
        return official(call, () => client.queryOrgTodoTasksWithOptions(creator, request, headers, runtime));
      });
      const found = listOf(asFields(body), 'todoCards').find((card) => textOf(card, 'sourceId') === sourceId);
      if (found) return mustText(found, 'taskId', call.path);
      nextToken = textOf(asFields(body), 'nextToken');
      if (nextToken === null || nextToken === '') return null;
    }
    return null;
  }

  /** Ticks it off for everybody. @throws DingTalkError `todo.taskUpdate.paramError` for one that was deleted */
  async done({ creatorUnionId, todoId }: { creatorUnionId: string; todoId: string }): Promise<void> {
    const call = CALLS.updateTodo;
    const { module, client, runtime } = await this.#clients.todo();
    const request = new module.UpdateTodoTaskRequest({ operatorId: creatorUnionId, done: true });
    await this.#caller.run(call, (token) => {
      const headers = new module.UpdateTodoTaskHeaders({ xAcsDingtalkAccessToken: token });
      const [creator, task] = [encodeURIComponent(creatorUnionId), encodeURIComponent(todoId)];
      return official(call, () => client.updateTodoTaskWithOptions(creator, task, request, headers, runtime));
    });
  }

  /** Takes it out of the list; one that is gone already is no failure. @throws DingTalkError */
  async remove({ creatorUnionId, todoId }: { creatorUnionId: string; todoId: string }): Promise<void> {
    const call = CALLS.removeTodo;
    const { module, client, runtime } = await this.#clients.todo();
    const request = new module.DeleteTodoTaskRequest({ operatorId: creatorUnionId });
    try {
      await this.#caller.run(call, (token) => {
        const headers = new module.DeleteTodoTaskHeaders({ xAcsDingtalkAccessToken: token });
        const [creator, task] = [encodeURIComponent(creatorUnionId), encodeURIComponent(todoId)];
        return official(call, () =>
          client.deleteTodoTaskWithOptions(creator, task, request, headers, runtime),
        );
      });
    } catch (error) {
      if (!isRefusal(error, 'todo.taskDelete.paramError', 'task not exist')) throw error;
    }
  }
}

/** Models of the official client are read as plain fields: what is declared and what arrives may differ. */
const asFields = (body: object): Fields => body as Fields;
