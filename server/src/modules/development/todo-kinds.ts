/** Outbox kinds of the to-do of a training plan: sent, ticked off, taken out of the list. One row each per decision. */
export const TODO_KIND = 'development.todo';
export const TODO_DONE_KIND = 'development.todo_done';
export const TODO_REMOVE_KIND = 'development.todo_remove';
type TodoRowKind = typeof TODO_KIND | typeof TODO_DONE_KIND | typeof TODO_REMOVE_KIND;

export const todoKey = (kind: TodoRowKind, decisionId: string): string => `${kind}/${decisionId}`;
