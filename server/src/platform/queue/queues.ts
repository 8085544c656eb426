import { Queue, type Job } from 'bullmq';
import type { Redis } from 'ioredis';
import { queueNames, type JobDeclaration, type QueueName } from './job.ts';

/** Finished jobs are kept a while for the console; without these limits Redis grows without end. */
const KEEP_COMPLETE = { age: 3_600, count: 1_000 };
/** Failed for good = dead letters: kept long enough for somebody to look. */
const KEEP_FAILED = { age: 14 * 86_400, count: 5_000 };

/** The producers' side of BullMQ. Exactly-once lives in SQL: a job may run twice, its effect must not. */
export class Queues {
  readonly all: ReadonlyMap<QueueName, Queue>;

  constructor(redis: Redis, prefix: string) {
    this.all = new Map(queueNames.map((name) => [name, new Queue(name, { connection: redis, prefix })]));
  }

  queue(name: QueueName): Queue {
    const queue = this.all.get(name);
    if (!queue) throw new Error(`no queue ${name}`);
    return queue;
  }

  add<Payload extends object>(job: JobDeclaration<Payload>, payload: Payload): Promise<Job> {
    return this.queue(job.queue).add(job.name, payload, optionsOf(job));
  }

  async addMany<Payload extends object>(
    job: JobDeclaration<Payload>,
    payloads: readonly Payload[],
  ): Promise<void> {
    await this.queue(job.queue).addBulk(
      payloads.map((data) => ({ name: job.name, data, opts: optionsOf(job) })),
    );
  }

  /** One job per key until it has ended: a second is dropped, so the key must name work that reads its own state. */
  async addOnce<Payload extends object>(
    job: JobDeclaration<Payload>,
    key: string,
    payload: Payload,
  ): Promise<void> {
    await this.queue(job.queue).add(job.name, payload, {
      ...optionsOf(job),
      deduplication: { id: `${job.name}-${key}` },
    });
  }

  /** At most one such job waits at a time; used by wake-ups that may come in swarms. */
  async wake(job: JobDeclaration<object>): Promise<void> {
    await this.queue(job.queue).add(
      job.name,
      {},
      { ...optionsOf(job), deduplication: { id: job.name, ttl: 1_000 } },
    );
  }

  async close(): Promise<void> {
    await Promise.all([...this.all.values()].map((queue) => queue.close()));
  }
}

const optionsOf = (job: JobDeclaration<object>) => ({
  attempts: job.attempts,
  backoff: { type: 'exponential' as const, delay: job.backoffMs, jitter: 0.5 },
  removeOnComplete: KEEP_COMPLETE,
  removeOnFail: KEEP_FAILED,
});
