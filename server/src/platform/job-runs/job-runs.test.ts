import { AppError } from '@shigang/shared';
import { createTestDatabase, VirtualClock } from '@shigang/test';
import type { Database } from '../database.ts';
import { createLog } from '../log.ts';
import { declareRun } from './declaration.ts';
import { JobRuns } from './job-runs.ts';
import { workOn, type RunProgress } from './run-work.ts';

const count = declareRun<{ upTo: number }, { counted: number }>()({
  name: 'test.count',
  attempts: 2,
  isCancellable: true,
  title: ({ upTo }) => `数到 ${upTo}`,
  told: ({ counted }) => `数到了 ${counted}。`,
});
const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const log = createLog('silent', 'test');
const by = { actor: 'hr02' };

let db: Database;
let runs: JobRuns;
beforeAll(async () => {
  db = await createTestDatabase();
  runs = new JobRuns(db, clock);
});

type Handle = (payload: { upTo: number }, progress: RunProgress) => Promise<{ counted: number }>;
const counting: Handle = async ({ upTo }, progress) => {
  for (let done = 0; done < upTo; done += 1) await progress(done, upTo);
  return { counted: upTo };
};
const work = (runId: string, handle: Handle, owner = 'w1'): Promise<void> =>
  workOn({ db, clock, log }, { runId, owner, work: () => ({ declaration: count, handle }) as never });
const start = async (): Promise<string> =>
  (await runs.start(db, count, { payload: { upTo: 3 }, startedBy: by })).runId;

test('what came of it stands with the run, and it is due no more', async () => {
  const runId = await start();
  expect(await runs.due()).toContain(runId);
  await work(runId, counting);
  expect(await runs.find(runId)).toMatchObject({
    ...{ title: '数到 3', state: 'done', done: 2, total: 3, outcome: { counted: 3 }, sentence: '数到了 3。' },
    ...{ startedBy: 'hr02', attempts: 1 },
  });
  expect(await runs.due()).not.toContain(runId);
});

test('an error with a code of ours ends it at once with its sentence', async () => {
  const runId = await start();
  await work(runId, () => Promise.reject(new AppError('file.unreadable', { path: 'x.csv' })));
  expect(await runs.find(runId)).toMatchObject({
    ...{ state: 'failed', errorCode: 'file.unreadable', outcome: null },
    sentence: '找不到或读不了文件“x.csv”。',
  });
});

test('any other error is tried again, then told without its cause', async () => {
  const runId = await start();
  const broken: Handle = () => Promise.reject(new Error('secret detail'));
  await work(runId, broken);
  expect(await runs.find(runId)).toMatchObject({ state: 'queued', attempts: 1 });
  await work(runId, broken);
  const run = await runs.find(runId);
  expect(run).toMatchObject({ state: 'failed', errorCode: 'internal' });
  expect(run?.sentence).not.toContain('secret');
});

test('a run whose worker dies again and again is shown as given up', async () => {
  const runId = await start();
  for (const owner of ['w1', 'w2']) {
    await db.execute(
      "UPDATE job_runs SET state = 'running', attempts = attempts + 1, lease_owner = ?, lease_until = ? WHERE run_id = ?",
      [owner, '2026-01-01 00:00:00', runId],
    );
    expect(await runs.due()).toContain(runId);
  }
  await work(runId, counting, 'w3');
  expect(await runs.find(runId)).toMatchObject({ state: 'failed', errorCode: 'job_run.given_up' });
});

test('only one worker has it; one that lost it writes nothing more', async () => {
  const runId = await start();
  await work(runId, async (payload, progress) => {
    await progress(1, 3);
    await work(runId, () => Promise.reject(new Error('never asked')), 'w2');
    // Its lease ran out, and another took it up.
    await db.execute("UPDATE job_runs SET lease_owner = 'w3' WHERE run_id = ?", [runId]);
    await expect(progress(2, 3)).rejects.toThrow('taken by another worker');
    return { counted: payload.upTo };
  });
  expect(await runs.find(runId)).toMatchObject({ state: 'running', done: 1, outcome: null });
});

test('the same key is the same run until it is over', async () => {
  const request = { payload: { upTo: 3 }, startedBy: by, key: 'one' };
  const [a, b] = await Promise.all([runs.start(db, count, request), runs.start(db, count, request)]);
  expect(a.runId).toBe(b.runId);
  expect([a.status, b.status].sort()).toEqual(['created', 'running']);
  await work(a.runId, counting);
  expect((await runs.start(db, count, request)).status).toBe('created');
});

test('asked to stop it ends between two pieces; what cannot be stopped goes on', async () => {
  const runId = await start();
  await work(runId, async (payload, progress) => {
    await progress(1, 3);
    await runs.cancel(db, runId, by);
    return counting(payload, progress);
  });
  expect(await runs.find(runId)).toMatchObject({ state: 'cancelled', sentence: '已取消，没有开始。' });
  const fixed = { ...count, isCancellable: false };
  const { runId: other } = await runs.start(db, fixed, { payload: { upTo: 1 }, startedBy: by });
  await runs.cancel(db, other, by);
  await work(other, counting);
  expect(await runs.find(other)).toMatchObject({ state: 'done', cancelAskedBy: null });
});

test('shown are own ones or all: what is not over, and what was asked for today', async () => {
  await db.execute('DELETE FROM job_runs');
  const old = await start();
  await work(old, counting);
  await db.execute("UPDATE job_runs SET started_at = '2026-10-11 15:59:59' WHERE run_id = ?", [old]);
  const open = await start();
  const { runId: others } = await runs.start(db, count, {
    payload: { upTo: 1 },
    startedBy: { actor: 'hr01' },
  });
  expect((await runs.shown('hr02')).map((run) => run.runId)).toEqual([open]);
  expect((await runs.shown(null)).map((run) => run.runId).sort()).toEqual([open, others].sort());
});
