import type { SimulatorClock } from '../clock/clock.ts';
import { isoOf } from '../clock/shanghai.ts';
import type { EventSink } from '../events/event.ts';

/** Under which to-dos of this app go. */
export const BIZ_TAG = 'simapp';

/** A to-do. Everybody is named by union id here. */
export interface Todo {
  id: string;
  /** The creator, as the path of the call named him. */
  ownerUnionId: string;
  operatorUnionId: string;
  content: TodoContent;
  createdAt: number;
  modifiedAt: number;
  finishedAt?: number;
  doneBy: Set<string>;
  isDeleted: boolean;
  isUndelivered: boolean;
}

export interface TodoContent {
  subject: string;
  sourceId?: string;
  description?: string;
  dueTime?: number;
  executorIds: string[];
  participantIds: string[];
  detailUrl: { appUrl?: string; pcUrl?: string };
  /** Fields that the simulator keeps and gives back without a meaning of its own. */
  others: Record<string, unknown>;
}

export type NewTodo = Pick<Todo, 'ownerUnionId' | 'operatorUnionId' | 'content' | 'isUndelivered'>;

/** A to-do as the books show it; people by userid. */
export interface TodoEntry {
  id: string;
  at: string;
  recipients: string[];
  content: Record<string, unknown>;
  state: 'open' | 'done' | 'deleted';
  delivery: 'delivered' | 'failed';
  creator: string;
  doneBy: string[];
  /** Business time, Shanghai; null without a due time. */
  dueAt: string | null;
}

export class TodoBook {
  readonly #clock: SimulatorClock;
  readonly #events: EventSink;
  readonly #todos = new Map<string, Todo>();

  constructor(clock: SimulatorClock, events: EventSink) {
    this.#clock = clock;
    this.#events = events;
  }

  /** @returns the to-do unless it was deleted */
  find(id: string): Todo | undefined {
    const todo = this.#todos.get(id);
    return todo?.isDeleted === true ? undefined : todo;
  }

  bySource(sourceId: string): Todo | undefined {
    return [...this.#todos.values()].find((todo) => !todo.isDeleted && todo.content.sourceId === sourceId);
  }

  /** Those that were not deleted, oldest first. */
  present(): Todo[] {
    return [...this.#todos.values()].filter((todo) => !todo.isDeleted);
  }

  add(todo: NewTodo): Todo {
    const now = this.#clock.now();
    const id = `simtask${String(this.#todos.size + 1).padStart(4, '0')}`;
    const added = {
      ...todo,
      id,
      createdAt: now,
      modifiedAt: now,
      doneBy: new Set<string>(),
      isDeleted: false,
    };
    this.#todos.set(id, added);
    this.#emit('create', added);
    return added;
  }

  /** @param done for everybody */
  change(todo: Todo, { content, done }: { content: Partial<TodoContent>; done: boolean | undefined }): void {
    todo.content = { ...todo.content, ...content };
    if (done !== undefined) todo.doneBy = new Set(done ? todo.content.executorIds : []);
    this.#modified(todo);
  }

  setDone(todo: Todo, states: { unionId: string; isDone: boolean }[]): void {
    for (const { unionId, isDone } of states) {
      if (isDone) todo.doneBy.add(unionId);
      else todo.doneBy.delete(unionId);
    }
    this.#modified(todo);
  }

  #modified(todo: Todo): void {
    todo.modifiedAt = this.#clock.now();
    if (isDone(todo)) todo.finishedAt ??= todo.modifiedAt;
    else delete todo.finishedAt;
    this.#emit('update', todo);
  }

  remove(todo: Todo): void {
    todo.isDeleted = true;
    this.#emit('delete', todo);
  }

  #emit(what: 'create' | 'update' | 'delete', { id, content }: Todo): void {
    this.#events.emit(`todo_task_${what}`, {
      unionIdList: content.executorIds,
      taskId: id,
      bizTag: what === 'delete' ? undefined : BIZ_TAG,
    });
  }

  /** In the order in which they were made, deleted ones too. */
  all(): Todo[] {
    return [...this.#todos.values()];
  }

  entries(userIdOf: (unionId: string) => string): TodoEntry[] {
    return this.all().map((todo) => {
      const { others, dueTime, ...content } = todo.content;
      return {
        id: todo.id,
        at: isoOf(todo.createdAt),
        recipients: content.executorIds.map(userIdOf),
        content: { ...content, ...(dueTime === undefined ? {} : { dueTime }), ...others },
        state: todo.isDeleted ? 'deleted' : isDone(todo) ? 'done' : 'open',
        delivery: todo.isUndelivered ? 'failed' : 'delivered',
        creator: userIdOf(todo.ownerUnionId),
        doneBy: [...todo.doneBy].map(userIdOf),
        dueAt: dueTime === undefined ? null : isoOf(dueTime),
      };
    });
  }
}

/** Everybody who has to has done it. */
export const isDone = ({ content, doneBy }: Todo): boolean =>
  doneBy.size > 0 && content.executorIds.every((unionId) => doneBy.has(unionId));
