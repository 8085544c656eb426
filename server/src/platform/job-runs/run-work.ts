import { AppError, jobRunText, sentenceOf } from '@shigang/shared';
import type { JobRunState } from '@shigang/shared/answers';
import { sqlInstant, type Clock } from '../clock.ts';
import type { Database, SqlParam } from '../database.ts';
import type { Log } from '../log.ts';
import { whileRenewing } from '../while-renewing.ts';
import type { RunDeclaration } from './declaration.ts';
import { LEASE_MS } from './job-runs.ts';
import { selectRuns, type JobRun } from './run-row.ts';

/** How a handler tells how far it is; between two pieces it hears here that it should stop. */
export interface RunProgress {
  /**
   * @param done pieces done of `total`
   * @throws RunStopped when somebody asked for it, or another worker has taken the run: just let it pass
   */
  (done: number, total: number): Promise<void>;
}

/** Ends a handler between two pieces; nothing to catch. */
export class RunStopped extends Error {}

/** A run with what does it. */
export interface RunWork<Payload extends object, Outcome extends object> {
  readonly declaration: RunDeclaration<string, Payload, Outcome>;
  readonly handle: (payload: Payload, progress: RunProgress) => Promise<Outcome>;
}

interface WorkDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
}

const KEEP_ALIVE_MS = 2_000;
const SENTENCE_CHARS = 500;

/**
 * Takes one run up, does it and writes down what came of it. Any number of workers may try: the lease decides. An error
 * with a code of our own (below 500) ends the run at once; any other is tried again, as is a run whose worker died.
 */
export async function workOn(
  deps: WorkDeps,
  of: {
    readonly runId: string;
    readonly owner: string;
    readonly work: (kind: string) => RunWork<never, never>;
  },
): Promise<void> {
  const run = await claim(deps, of.runId, of.owner);
  if (run === null) return;
  const work = of.work(run.kind) as unknown as RunWork<object, object>;
  const held = new HeldRun(deps, run, of.owner);
  if (run.attempts > work.declaration.attempts) {
    await held.fail(new AppError('job_run.given_up', { title: run.title }));
    return;
  }
  await whileRenewing(
    KEEP_ALIVE_MS,
    () => held.renew(),
    async () => {
      try {
        await held.finish(work.declaration, await work.handle(run.payload, held.progress));
      } catch (error) {
        await held.settle(error, run.attempts >= work.declaration.attempts);
      }
    },
  );
}

/** Leases a run that is due; null: somebody else has it, or it is over. */
async function claim({ db, clock }: WorkDeps, runId: string, owner: string): Promise<JobRun | null> {
  const now = clock.real();
  const won = await db.execute(
    `UPDATE job_runs SET state = 'running', attempts = attempts + 1, lease_owner = ?, lease_until = ?
     WHERE run_id = ? AND (state = 'queued' OR (state = 'running' AND lease_until <= ?))`,
    [owner, sqlInstant(now + LEASE_MS), runId, sqlInstant(now)],
  );
  if (won.affectedRows === 0) return null;
  const [run] = await selectRuns(db, 'run_id = ?', [runId]);
  return run ?? null;
}

/** One run in this worker's hands; every write asks whether it still is. */
class HeldRun {
  readonly #deps: WorkDeps;
  readonly #run: JobRun;
  readonly #owner: string;
  #done = 0;
  #total: number | null = null;

  constructor(deps: WorkDeps, run: JobRun, owner: string) {
    this.#deps = deps;
    this.#run = run;
    this.#owner = owner;
  }

  readonly progress: RunProgress = async (done, total) => {
    this.#done = done;
    this.#total = total;
    if (!(await this.#set('done = ?, total = ?', [done, total])))
      throw new RunStopped('taken by another worker');
    const [now] = await selectRuns(this.#deps.db, 'run_id = ?', [this.#run.runId]);
    if (now && now.cancelAskedBy !== null) throw new RunStopped('asked to stop');
  };

  renew(): Promise<boolean> {
    return this.#set('lease_until = ?', [sqlInstant(this.#deps.clock.real() + LEASE_MS)]);
  }

  async finish(declaration: RunDeclaration<string, object, object>, outcome: object): Promise<void> {
    const sentence = declaration.told(outcome);
    await this.#end('done', { sentence, outcome: JSON.stringify(outcome), errorCode: null });
  }

  async fail(error: AppError): Promise<void> {
    const sentence = sentenceOf(error.code, error.params);
    await this.#end('failed', { sentence, outcome: null, errorCode: error.code });
  }

  async settle(error: unknown, isLast: boolean): Promise<void> {
    const { log } = this.#deps;
    if (error instanceof RunStopped) {
      // Where another worker has it, nothing of this is written.
      await this.#end('cancelled', {
        sentence: jobRunText.cancelled(this.#done, this.#total),
        outcome: null,
        errorCode: null,
      });
      return;
    }
    log.error({ err: error, runId: this.#run.runId, kind: this.#run.kind }, 'job run failed');
    if (error instanceof AppError && (error.status < 500 || isLast)) return this.fail(error);
    if (isLast) return this.fail(new AppError('internal'));
    await this.#set("state = 'queued', lease_owner = NULL, lease_until = NULL", []);
  }

  async #end(
    state: JobRunState,
    of: { readonly sentence: string; readonly outcome: string | null; readonly errorCode: string | null },
  ): Promise<void> {
    await this.#set(
      `state = ?, active_key = NULL, sentence = ?, outcome = ?, error_code = ?, finished_at = ?,
       lease_owner = NULL, lease_until = NULL`,
      [
        state,
        of.sentence.slice(0, SENTENCE_CHARS),
        of.outcome,
        of.errorCode,
        sqlInstant(this.#deps.clock.now()),
      ],
    );
  }

  async #set(assignments: string, params: readonly SqlParam[]): Promise<boolean> {
    const { db } = this.#deps;
    const where = 'run_id = ? AND lease_owner = ?';
    await db.execute(`UPDATE job_runs SET ${assignments} WHERE ${where} AND state = 'running'`, [
      ...params,
      this.#run.runId,
      this.#owner,
    ]);
    const [row] = await db.select<{ owner: string | null; state: JobRunState }>(
      'SELECT lease_owner AS owner, state FROM job_runs WHERE run_id = ?',
      [this.#run.runId],
    );
    return row?.owner === this.#owner && row.state === 'running';
  }
}
