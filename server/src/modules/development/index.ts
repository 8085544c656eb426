import type { Viewer } from '../../access/index.ts';
import type { DayString } from '@shigang/shared';
import type { Sql, Tx } from '../../platform/database.ts';
import type { OutboxSender } from '../../platform/outbox/relay.ts';
import type { DevelopmentDeps } from './deps.ts';
import { settlePassed, TodoEnder } from './end-todo.ts';
import {
  cancelTraining,
  dueDay,
  planOf,
  planTrainings,
  type TrainingPlan,
  type TrainingRequest,
} from './plan-training.ts';
import { retryTodos } from './retry-todos.ts';
import { TodoSender } from './send-todo.ts';

export type { DevelopmentDeps } from './deps.ts';
export type { TrainingPlan, TrainingRequest } from './plan-training.ts';

/** Training plans of decisions of the tier `train`, and their to-dos at DingTalk. */
export interface DevelopmentModule {
  readonly senders: readonly OutboxSender[];
  /** See {@link planTrainings}. */
  plan(tx: Tx, requests: readonly TrainingRequest[]): Promise<void>;
  /** See {@link cancelTraining}. */
  cancel(tx: Tx, decisionId: string): Promise<void>;
  /** See {@link planOf}. */
  planOf(sql: Sql, decisionId: string): Promise<TrainingPlan | null>;
  /** See {@link dueDay}. */
  dueDay(plannedOn: DayString): Promise<DayString>;
  /** See {@link settlePassed}. */
  settlePassed(viewer: Viewer): Promise<number>;
  /** See {@link retryTodos}. */
  retryTodos(viewer: Viewer): Promise<number>;
}

export const createDevelopment = (deps: DevelopmentDeps): DevelopmentModule => ({
  senders: [new TodoSender(deps), new TodoEnder(deps, 'done'), new TodoEnder(deps, 'deleted')],
  plan: (tx, requests) => planTrainings(deps, tx, requests),
  cancel: (tx, decisionId) => cancelTraining(deps, tx, decisionId),
  planOf: (sql, decisionId) => planOf(sql, decisionId),
  dueDay: (plannedOn) => dueDay(deps.settings, plannedOn),
  settlePassed: (viewer) => settlePassed(deps, viewer),
  retryTodos: (viewer) => retryTodos(deps, viewer),
});
