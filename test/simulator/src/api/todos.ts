import type { Todo, TodoContent } from '../books/todos.ts';
import { BIZ_TAG, isDone } from '../books/todos.ts';
import type { World } from '../world.ts';
import { NewApiError } from './gateway/answer-errors.ts';
import type { Json } from './gateway/parameters.ts';
import { integer, isObject, isTextList } from './gateway/parameters.ts';
import type { ApiCall, ApiRoute } from './gateway/route.ts';

const TASKS = '/v1.0/todo/users/{unionId}/tasks';
const LONGEST_SUBJECT = 1_024;
const LONGEST_DESCRIPTION = 4_096;
const LONGEST_URL_BYTES = 1_024;
const MOST_PEOPLE = 1_000;
const PRIORITIES = [10, 20, 30, 40];
/** Fields that come back as they were sent. */
const KEPT_FIELDS = ['contentFieldList', 'isOnlyShowExecutor', 'priority', 'notifyConfigs'];

type Operation = 'taskCreate' | 'taskUpdate' | 'taskExecutorStatusUpdate' | 'taskDelete';

/** One code for many causes: the message tells. */
const wrong = (operation: Operation, message: string): NewApiError =>
  new NewApiError(400, `todo.${operation}.paramError`, message);

const todo = (method: ApiRoute['method'], path: string, answer: ApiRoute['answer']): ApiRoute => ({
  host: 'api',
  method,
  path,
  needsToken: true,
  permission: 'Todo.Todo.Write',
  metered: true,
  purpose: '待办',
  answer,
});

function textIn(body: Json, name: string, { operation, longest }: { operation: Operation; longest: number }) {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' || value.length > longest) throw wrong(operation, `${name} is oversize`);
  return value;
}

function peopleIn(world: World, body: Json, { name, operation }: { name: string; operation: Operation }) {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  const plural = name === 'executorIds' ? 'executors' : 'participants';
  if (!Array.isArray(value) || value.length > MOST_PEOPLE) throw wrong(operation, `${plural} is oversize`);
  if (!isTextList(value) || value.some((unionId) => world.directory.byUnionId(unionId) === undefined)) {
    throw wrong(operation, `${name} is invalid`);
  }
  return [...new Set(value)];
}

function dueIn(body: Json, operation: Operation): number | undefined {
  const due = integer(body, 'dueTime');
  if (due !== undefined && !(due > 0)) throw wrong(operation, 'dueTime is invalid');
  return due;
}

/** @returns only those fields that the body holds */
function contentOf(world: World, body: Json, operation: Operation): Partial<TodoContent> {
  const subject = textIn(body, 'subject', { operation, longest: LONGEST_SUBJECT });
  const description = textIn(body, 'description', { operation, longest: LONGEST_DESCRIPTION });
  const dueTime = dueIn(body, operation);
  const executorIds = peopleIn(world, body, { name: 'executorIds', operation });
  const participantIds = peopleIn(world, body, { name: 'participantIds', operation });
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(description === undefined ? {} : { description }),
    ...(dueTime === undefined ? {} : { dueTime }),
    ...(executorIds === undefined ? {} : { executorIds }),
    ...(participantIds === undefined ? {} : { participantIds }),
  };
}

/** Marked optional in the page's table, but refused when it is missing since 2024-02-01. */
function detailUrlOf({ detailUrl }: Json): TodoContent['detailUrl'] {
  if (!isObject(detailUrl)) throw wrong('taskCreate', 'detailUrl is invalid');
  const urls = [detailUrl.appUrl, detailUrl.pcUrl].filter((url) => url !== undefined);
  const isGood = (url: unknown): boolean =>
    typeof url === 'string' && url !== '' && Buffer.byteLength(url) <= LONGEST_URL_BYTES;
  if (urls.length === 0 || !urls.every(isGood)) throw wrong('taskCreate', 'detailUrl is invalid');
  return detailUrl;
}

function create(world: World, { params, query, body, isUndelivered }: ApiCall) {
  const operation = 'taskCreate';
  const owner = params.unionId ?? '';
  for (const unionId of [owner, query.operatorId ?? owner, body.creatorId ?? owner]) {
    if (typeof unionId !== 'string' || world.directory.byUnionId(unionId) === undefined)
      throw wrong(operation, 'user not exist');
  }
  const content = contentOf(world, body, operation);
  if (!content.subject) throw wrong(operation, 'subject is empty');
  const sourceId = textIn(body, 'sourceId', { operation, longest: LONGEST_SUBJECT });
  if (body.priority !== undefined && !PRIORITIES.includes(Number(body.priority))) {
    throw wrong(operation, 'priority is invalid');
  }
  const detailUrl = detailUrlOf(body);
  if (sourceId !== undefined && world.books.todos.bySource(sourceId) !== undefined) {
    throw wrong(operation, 'task exist');
  }
  const others = Object.fromEntries(
    KEPT_FIELDS.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]),
  );
  const added = world.books.todos.add({
    ownerUnionId: owner,
    operatorUnionId: query.operatorId ?? owner,
    isUndelivered,
    content: {
      executorIds: [],
      participantIds: [],
      ...content,
      subject: content.subject,
      ...(sourceId === undefined ? {} : { sourceId }),
      detailUrl,
      others,
    },
  });
  return viewOf(added);
}

/** Nothing is around this answer. */
function viewOf({ content, ...kept }: Todo): Json {
  const { others, ...fields } = content;
  return {
    id: kept.id,
    ...fields,
    finishTime: kept.finishedAt,
    done: isDone({ content, ...kept }),
    source: BIZ_TAG,
    createdTime: kept.createdAt,
    modifiedTime: kept.modifiedAt,
    creatorId: kept.ownerUnionId,
    modifierId: kept.operatorUnionId,
    bizTag: BIZ_TAG,
    requestId: `simreq${kept.id}`,
    ...others,
  };
}

function existing(world: World, { params }: ApiCall, operation: Operation): Todo {
  const found = world.books.todos.find(params.taskId ?? '');
  if (found === undefined || found.ownerUnionId !== params.unionId) throw wrong(operation, 'task not exist');
  return found;
}

function update(world: World, call: ApiCall) {
  const operation = 'taskUpdate';
  const found = existing(world, call, operation);
  const { done } = call.body;
  const isChange = typeof done === 'boolean' ? done : undefined;
  world.books.todos.change(found, { content: contentOf(world, call.body, operation), done: isChange });
  return { result: true };
}

function setExecutors(world: World, call: ApiCall) {
  const operation = 'taskExecutorStatusUpdate';
  const found = existing(world, call, operation);
  const { executorStatusList = [] } = call.body;
  if (!Array.isArray(executorStatusList) || executorStatusList.length > MOST_PEOPLE) {
    throw wrong(operation, 'executorStatusList is oversize');
  }
  const states = executorStatusList.map((state: unknown) => {
    const { id, isDone: isFinished } = isObject(state) ? state : {};
    if (typeof id !== 'string' || !found.content.executorIds.includes(id)) {
      throw wrong(operation, 'executor is invalid');
    }
    return { unionId: id, isDone: isFinished === true };
  });
  world.books.todos.setDone(found, states);
  return { result: true };
}

const PAGE = 20;

/** Open or finished ones in which the person has one of the roles, oldest first. */
function list(world: World, { params, body }: ApiCall) {
  const unionId = params.unionId ?? '';
  const asked = Array.isArray(body.roleTypes) ? body.roleTypes.flat() : [];
  const has = ({ ownerUnionId, content }: Todo): boolean =>
    asked.length === 0 ||
    (asked.includes('creator') && ownerUnionId === unionId) ||
    (asked.includes('executor') && content.executorIds.includes(unionId)) ||
    (asked.includes('participant') && content.participantIds.includes(unionId));
  const wanted = world.books.todos
    .present()
    .filter((one) => has(one) && (body.isDone === undefined || isDone(one) === body.isDone));
  const from = Number(body.nextToken ?? 0);
  const isMore = wanted.length > from + PAGE;
  return {
    ...(isMore ? { nextToken: String(from + PAGE) } : {}),
    todoCards: wanted.slice(from, from + PAGE).map(cardOf),
  };
}

const cardOf = (one: Todo): Json => ({
  taskId: one.id,
  subject: one.content.subject,
  dueTime: one.content.dueTime,
  detailUrl: one.content.detailUrl,
  priority: one.content.others['priority'],
  createdTime: one.createdAt,
  modifiedTime: one.modifiedAt,
  creatorId: one.ownerUnionId,
  sourceId: one.content.sourceId,
  bizTag: BIZ_TAG,
  isDone: isDone(one),
});

/** To-dos: the caller names everybody by union id. */
export const todoRoutes: ApiRoute[] = [
  todo('POST', TASKS, create),
  {
    ...todo('POST', '/v1.0/todo/users/{unionId}/org/tasks/query', list),
    permission: 'Todo.Todo.Read',
  },
  todo('PUT', `${TASKS}/{taskId}`, update),
  todo('PUT', `${TASKS}/{taskId}/executorStatus`, setExecutors),
  todo('DELETE', `${TASKS}/{taskId}`, (world, call) => {
    const found = existing(world, call, 'taskDelete');
    world.books.todos.remove(found);
    return { result: true, requestId: `simreq${found.id}` };
  }),
];
