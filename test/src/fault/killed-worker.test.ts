import { operatorViewer, buildApp, readConfig, type App } from '@shigang/server';
import { period as quarter } from '@shigang/shared';
import { fillBigData } from '../demo/big/big-data.ts';
import { openHouse, type TestHouse } from '../harness/processes/house.ts';
import { afterSuite } from '../harness/servers.ts';
import { until } from '../harness/until.ts';
import { HeldLocks, untilWaiting } from './held-locks.ts';
import { startWatchedWorker, type WatchedWorker } from './watched-worker.ts';

/*
 * Workers killed with SIGKILL while they compute a cycle, before and after the commit of each chunk. Nothing in the
 * product knows of it: the test holds a row that the chunk's transaction must write, or the table that the step after
 * its commit must read, and the worker waits there as it would for another writer.
 */

const PERIOD = '2026Q3';
const CYCLE = `${PERIOD}-large_account`;
const CHUNK_JOB = 'scores.compute-chunk';
/** Chunks hold 500 people: three chunks, the last one smaller. */
const SIZE = { employees: 1_200, deals: 6_000, collaborations: 4_000, feedback: 3_000, renewals: 2_000 };
const TAKEN_UP_MS = 10_000;
const SLOW = 300_000;

let house: TestHouse;
let app: App;
let locks: HeldLocks;
let scores: ReturnType<App['queues']['queue']>;
let undisturbed: object[];
let workers: WatchedWorker[] = [];

beforeAll(async () => {
  house = await openHouse();
  await fillBigData(house.db, SIZE);
  await house.run('model', 'apply', 'examples/demo/large-account-2025Q4.json');
  await house.run('cycle', 'run', '--period', PERIOD);
  undisturbed = await members();
  const needs = ['database', 'redis', 'queues'] as const;
  app = await buildApp(readConfig(house.env, needs), needs, { name: 'test' });
  afterSuite(() => app.close());
  scores = app.queues.queue('scores');
  locks = new HeldLocks(house.db);
}, SLOW);

const members = (): Promise<object[]> =>
  house.db.select('SELECT * FROM cycle_members WHERE cycle_id = ? ORDER BY user_id', [CYCLE]);

/** People of a chunk who are computed. */
async function computed(chunk: Chunk): Promise<number> {
  const [row] = await house.db.select<{ n: number }>(
    `SELECT COUNT(*) AS n FROM cycle_members
     WHERE cycle_id = ? AND user_id BETWEEN ? AND ? AND doc IS NOT NULL`,
    [CYCLE, chunk.fromUserId, chunk.toUserId],
  );
  return Number(row?.n);
}

interface Chunk {
  readonly fromUserId: string;
  readonly toUserId: string;
}

/** As before anything was computed, with two workers alive. */
async function startAgain(): Promise<void> {
  const alive = workers.length;
  for (const table of ['cycle_members', 'cycle_team_averages', 'review_cycles'])
    await house.db.execute(`DELETE FROM ${table} WHERE cycle_id = ?`, [CYCLE]);
  await house.db.execute('DELETE FROM profiles WHERE period = ?', [PERIOD]);
  for (let missing = alive; missing < 2; missing += 1) workers.push(await startWatchedWorker(house));
}

/** Opens the cycle with its snapshot; the row of the chunk's last member is held before any worker may compute it. */
async function openCycleHolding(position: number): Promise<Chunk> {
  await scores.pause();
  await app.modules.cycle.start(operatorViewer('tester'), {
    period: quarter(PERIOD),
    role: 'large_account',
  });
  const chunk = (await app.modules.cycle.chunksToDo(CYCLE))[position];
  if (!chunk) throw new Error(`no chunk ${position}`);
  await locks.holdMember(CYCLE, chunk.toUserId);
  await scores.resume();
  return chunk;
}

/** The worker that runs the chunk's job, and the other one. */
function whoRuns(chunk: Chunk): { victim: WatchedWorker; other: WatchedWorker; jobId: string } | undefined {
  for (const victim of workers) {
    const line = victim
      .linesOf(CHUNK_JOB)
      .findLast((one) => one.msg === 'job started' && one.data?.fromUserId === chunk.fromUserId);
    const other = workers.find((one) => one !== victim);
    if (line && other && !isDone(victim, line.id)) return { victim, other, jobId: line.id };
  }
  return undefined;
}

const isDone = (worker: WatchedWorker, jobId: string): boolean =>
  worker.linesOf(CHUNK_JOB).some((line) => line.msg === 'job done' && line.id === jobId);

const CASES = [0, 1, 2].flatMap((position) =>
  (['before', 'after'] as const).map((moment) => ({ position, moment })),
);

test.each(CASES)(
  'killed $moment the commit of chunk $position, another worker finishes it',
  async (kill) => {
    await startAgain();
    const chunk = await openCycleHolding(kill.position);
    const { victim, other, jobId } = await until('the chunk’s start', () => Promise.resolve(whoRuns(chunk)));
    await untilWaiting(house.db, /^INSERT INTO cycle_members/);
    expect(await computed(chunk)).toBe(0);
    if (kill.moment === 'after') {
      const granted = locks.holdCycles();
      await untilWaiting(house.db, /^LOCK TABLES review_cycles/);
      await locks.releaseMember();
      await granted;
      await untilWaiting(house.db, /^SELECT .*FROM review_cycles WHERE cycle_id/s);
    }
    const size = kill.position === 2 ? 200 : 500;
    expect(await computed(chunk)).toBe(kill.moment === 'after' ? size : 0);
    const job = await scores.getJob(jobId);
    expect([await job?.getState(), isDone(victim, jobId)]).toEqual(['active', false]);

    const killedAt = await victim.kill();
    workers = [other];
    if (kill.moment === 'after') await locks.releaseCycles();
    else await locks.releaseMember();

    const taken = await until('the other worker’s start', () =>
      Promise.resolve(
        other.linesOf(CHUNK_JOB).find((line) => line.msg === 'job started' && line.id === jobId),
      ),
    );
    expect(taken.time - killedAt).toBeLessThan(TAKEN_UP_MS);
    await until('the end of the job', () => Promise.resolve(isDone(other, jobId) ? true : undefined));
    await until('the cycle’s review', async () => {
      const [cycle] = await house.db.select<{ state: string }>(
        'SELECT state FROM review_cycles WHERE cycle_id = ?',
        [CYCLE],
      );
      return cycle?.state === 'review' ? true : undefined;
    });
    expect(await members()).toEqual(undisturbed);
    const [profiles] = await house.db.select<{ n: number }>(
      'SELECT COUNT(*) AS n FROM profiles WHERE period = ?',
      [PERIOD],
    );
    expect(Number(profiles?.n)).toBe(SIZE.employees);
  },
  SLOW,
);
