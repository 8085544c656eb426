import { declarePost, type Post } from '../../platform/outbox/post.ts';
import type { StoredPlan } from './plan-store.ts';

/* The to-do of a training plan: sent, ticked off, taken out of the list. One row each per decision. */

interface OfDecision {
  readonly decisionId: string;
}
const key = ({ decisionId }: OfDecision): string => decisionId;

export interface TodoPayload extends OfDecision {
  /** Userid of the deciding HR person, or the name of whatever decided. */
  readonly decidedBy: string;
}
/** Sent, or what had become of the plan's to-do by then. */
export type TodoResult =
  | { readonly todoId: string | null }
  | { readonly state: StoredPlan['todoState'] | 'gone'; readonly detail?: string | null };

export const todoSend = declarePost<TodoPayload, TodoResult>()({ kind: 'development.todo', key });

export interface TodoEndResult {
  readonly state: StoredPlan['todoState'] | 'gone';
  /** Whether DingTalk's id of the to-do was known; absent: it was. */
  readonly isKnown?: boolean;
}
export type TodoEnd = Post<OfDecision, TodoEndResult>;

export const todoDone: TodoEnd = declarePost<OfDecision, TodoEndResult>()({
  kind: 'development.todo_done',
  key,
});
export const todoRemoval: TodoEnd = declarePost<OfDecision, TodoEndResult>()({
  kind: 'development.todo_remove',
  key,
});
