import { running } from '../approvals/approval-book.ts';
import type { ApprovalInstance } from '../approvals/instance.ts';
import type { TodoEntry } from '../books/todos.ts';
import { isoOf } from '../clock/shanghai.ts';
import type { World } from '../world.ts';
import type { ChatMessage } from './chat.ts';
import { escapeHtml } from './markdown.ts';

const OUTCOMES = { agree: '已同意', refuse: '已拒绝' } as const;

/** @returns the name of somebody, leavers too */
const nameOf = (world: World, userid: string): string => world.directory.person(userid)?.name ?? userid;

/** @returns what the approval has come to, in the words of DingTalk's own list */
function stateText(world: World, instance: ApprovalInstance): string {
  if (instance.status === 'TERMINATED') return '已撤回';
  if (instance.status === 'COMPLETED') return OUTCOMES[instance.result ?? 'agree'];
  return `${running(instance)
    .map(({ userId }) => nameOf(world, userId))
    .join('、')}处理中`;
}

function valuesHtml(world: World, instance: ApprovalInstance): string {
  const rows = instance.values.map(({ name, value }) => `${escapeHtml(name)}：${escapeHtml(value)}`);
  const remarks = instance.records
    .filter(({ remark }) => remark !== undefined)
    .map(({ userId, remark = '' }) => `${escapeHtml(nameOf(world, userId))}：${escapeHtml(remark)}`);
  const quotes = remarks.length === 0 ? '' : `<blockquote>${remarks.join('<br>')}</blockquote>`;
  return `<p>${rows.join('<br>')}</p>${quotes}`;
}

function approvalMessage(world: World, instance: ApprovalInstance, userid: string): ChatMessage[] {
  const own = instance.tasks.find((task) => task.userId === userid && task.status !== 'NEW');
  const isStarter = instance.starter === userid;
  if (own === undefined && !isStarter) return [];
  const isAsked = running(instance).some((task) => task.userId === userid);
  const mayWithdraw = isStarter && instance.status === 'RUNNING';
  return [
    {
      id: instance.id,
      kind: 'approval',
      at: isoOf(own?.startedAt ?? instance.createdAt),
      type: isStarter && own === undefined ? '我发起的审批' : '审批',
      title: instance.title,
      html: valuesHtml(world, instance),
      links: [],
      isRead: !isAsked,
      isRecalled: false,
      note: isAsked ? '待处理' : stateText(world, instance),
      actions: [
        ...(isAsked ? (['refuse', 'agree'] as const) : []),
        ...(mayWithdraw ? (['terminate'] as const) : []),
      ],
    },
  ];
}

function todoMessage(todo: TodoEntry, userid: string): ChatMessage {
  const { subject, description, detailUrl } = todo.content as {
    subject: string;
    description?: string;
    detailUrl: { appUrl?: string; pcUrl?: string };
  };
  const isDone = todo.state === 'done' || todo.doneBy.includes(userid);
  const due = todo.dueAt === null ? '待完成' : `${dayText(todo.dueAt)}前`;
  return {
    id: todo.id,
    kind: 'todo',
    at: todo.at,
    type: '待办',
    title: subject,
    html: description === undefined ? '' : `<p>${escapeHtml(description)}</p>`,
    links: [{ title: '打开', link: detailUrl.appUrl ?? detailUrl.pcUrl ?? '' }],
    isRead: isDone,
    isRecalled: false,
    note: isDone ? '已完成' : due,
    actions: isDone ? [] : ['done'],
  };
}

const dayText = (at: string): string => `${Number(at.slice(5, 7))}月${Number(at.slice(8, 10))}日`;

/** @returns the person's approvals and to-dos, those that can still be seen */
export function tasksOf(world: World, userid: string): ChatMessage[] {
  const approvals = world.books.approvals.all().flatMap((one) => approvalMessage(world, one, userid));
  const todos = world.books
    .todoEntries()
    .filter(({ recipients, state, delivery }) => {
      const isThere = state !== 'deleted' && delivery === 'delivered';
      return isThere && recipients.includes(userid);
    })
    .map((todo) => todoMessage(todo, userid));
  return [...approvals, ...todos];
}

/** @returns how many approvals wait for each person */
export function waitingCounts(world: World): Map<string, number> {
  const counts = new Map<string, number>();
  for (const instance of world.books.approvals.all()) {
    for (const { userId } of running(instance)) counts.set(userId, (counts.get(userId) ?? 0) + 1);
  }
  return counts;
}

/** An approval that waits, as the pane beside the log lists it. */
export interface WaitingApproval {
  id: string;
  /** The form's first words, whom it is about: they stand in front, since the row is narrow; then who asks for what. */
  title: string;
  code: string;
  starter: string;
  /** Those who are asked now; the pane acts as the first. */
  asked: { userid: string; name: string }[];
}

const SHOWN_VALUES = 2;

export const waitingApprovals = (world: World): WaitingApproval[] =>
  world.books.approvals
    .all()
    .filter(({ status }) => status === 'RUNNING')
    .map((instance) => ({
      id: instance.id,
      title: [...instance.values.slice(0, SHOWN_VALUES).map(({ value }) => value), instance.title].join(
        ' · ',
      ),
      code: instance.form.processCode,
      starter: nameOf(world, instance.starter),
      asked: running(instance).map(({ userId }) => ({ userid: userId, name: nameOf(world, userId) })),
    }));
