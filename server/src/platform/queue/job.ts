/** The queues of the house; the order is that of the flow of one employee's data. */
export const queueNames = [
  'schedule',
  'profiles',
  'scores',
  'incentives',
  'outbox',
  'news',
  'inbox',
] as const;
export type QueueName = (typeof queueNames)[number];

/** A job's declaration, apart from its handler. Payloads carry ids, never data. */
export interface JobDeclaration<Payload extends object> {
  readonly name: string;
  readonly queue: QueueName;
  readonly attempts: number;
  readonly backoffMs: number;
  /** Only there to carry the payload's type. */
  readonly payload?: Payload;
}

export const declareJob =
  <Payload extends object>() =>
  (declaration: Omit<JobDeclaration<Payload>, 'payload'>): JobDeclaration<Payload> =>
    declaration;
