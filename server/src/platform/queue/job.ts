/**
 * The queues of the house, in the order of the flow of one employee's data, and how many jobs of each one worker does at
 * a time.
 */
export const queues = {
  schedule: { concurrency: 1 },
  profiles: { concurrency: 2 },
  scores: { concurrency: 2 },
  incentives: { concurrency: 2 },
  /** Long work that people follow; much of it only waits for the chunks of other queues. */
  runs: { concurrency: 4 },
  outbox: { concurrency: 1 },
  news: { concurrency: 1 },
  inbox: { concurrency: 1 },
} as const;

export type QueueName = keyof typeof queues;
export const queueNames = Object.keys(queues) as QueueName[];

/** A job's declaration, apart from its handler. Payloads carry ids, never data. */
export interface JobDeclaration<Payload extends object, Name extends string = string> {
  readonly name: Name;
  readonly queue: QueueName;
  readonly attempts: number;
  readonly backoffMs: number;
  /** Only there to carry the payload's type. */
  readonly payload?: Payload;
}

export const declareJob =
  <Payload extends object>() =>
  <const Name extends string>(
    declaration: Omit<JobDeclaration<Payload, Name>, 'payload'>,
  ): JobDeclaration<Payload, Name> =>
    declaration;
