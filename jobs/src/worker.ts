import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { Worker, type Job } from 'bullmq';
import { declarations, queues as queueRules, type App, type EventStream } from '@shigang/server';
import { handlers } from './queues/registry.ts';
import { wakeJobs } from './queues/wake.ts';

/** A killed worker's jobs are taken up by another within 10 s: the lock runs out after 4 s and is looked for every 2 s. */
const LOCK_MS = 4_000;
const STALLED_CHECK_MS = 2_000;
/** A job may lose its worker this often before it is a dead letter. */
const MAX_STALLED = 30;
/** How often a worker looks into MySQL for due work; Redis only carries the wake-ups and may be emptied. */
const WAKE_MS = 2_000;

export interface RunningWorker {
  /** Finishes what runs, takes nothing new, closes. */
  close(): Promise<void>;
}

/** One worker process: any number may run side by side. */
export function startWorker(app: App): RunningWorker {
  const owner = `${hostname()}-${process.pid}-${randomUUID().slice(0, 8)}`;
  const queues = app.queues;
  const workers = [...queues.all.keys()].map(
    (name) =>
      new Worker(name, (job: Job) => run(app, owner, job), {
        connection: app.redis,
        prefix: app.config.redisPrefix,
        concurrency: queueRules[name].concurrency,
        lockDuration: LOCK_MS,
        stalledInterval: STALLED_CHECK_MS,
        maxStalledCount: MAX_STALLED,
      }),
  );
  for (const worker of workers) {
    worker.on('error', (error) => app.log.warn({ err: error }, 'worker connection'));
    worker.on('failed', (job, error) =>
      app.log.error({ err: error, job: job?.name, id: job?.id }, 'job failed'),
    );
  }
  const timer = setInterval(
    () => void wakeJobs(app).catch((error: unknown) => app.log.warn({ err: error }, 'wake')),
    WAKE_MS,
  );
  const stream = app.config.eventMode === 'stream' ? openEvents(app) : null;
  return {
    close: async () => {
      await stream?.close();
      clearInterval(timer);
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}

/** Events go into MySQL first; from there they are applied even when nobody can be woken. */
function openEvents(app: App): EventStream {
  return app.dingtalk.openStream(async (event) => {
    await app.modules.inboxReader.receive(event);
    void app.queues
      .wake(declarations.applyInbox)
      .catch((error: unknown) => app.log.warn({ err: error }, 'wake for an event'));
  });
}

async function run(app: App, owner: string, job: Job): Promise<object | null> {
  const handler = handlers.get(job.name);
  if (!handler) throw new Error(`no handler for job ${job.name}`);
  const started = app.clock.real();
  app.log.info(
    { job: job.name, id: job.id, data: job.data as unknown, attempt: job.attemptsStarted },
    'job started',
  );
  const result = await handler(job.data as object, { app, owner });
  app.log.info({ job: job.name, id: job.id, tookMs: app.clock.real() - started }, 'job done');
  return result ?? null;
}
