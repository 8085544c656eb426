import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JobRunAnswer, JobRunsAnswer, JobRunStarted } from '@shigang/shared/answers';
import { openHouse, type TestHouse } from '../harness/processes/house.ts';
import { ROOT } from '../harness/root.ts';
import type { RunningShigang } from '../harness/processes/shigang-process.ts';
import { signIn } from '../harness/processes/simulator-control.ts';
import { until } from '../harness/until.ts';

/* Long work from an endpoint to its outcome: a real server starts it, a real worker does it, the panel follows it. */

jest.setTimeout(600_000);
const { preparation } = JSON.parse(readFileSync(join(ROOT, 'scripts/demo/steps.json'), 'utf8')) as {
  preparation: { args: string[] }[];
};
const REBUILD = { period: '2026Q3', role: 'large_account' };

let house: TestHouse;
let admin: string;
let hr: string;
let employee: string;
let worker: RunningShigang;

beforeAll(async () => {
  house = await openHouse();
  for (const { args } of preparation) await house.run(...args);
  await house.startServer();
  admin = await signIn(house, 'hr02');
  hr = await signIn(house, 'hr01');
  employee = await signIn(house, 'zhangsan');
});

async function ask<Answer>(cookie: string, method: string, path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${house.appUrl}/api/v1${path}`, {
    method,
    headers: { cookie, origin: house.appUrl, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const document = (await answer.json()) as Answer & { code?: string };
  if (!answer.ok) throw new Error(`${answer.status} ${document.code ?? ''}`);
  return document;
}
const startRebuild = (): Promise<JobRunStarted> => ask(admin, 'POST', '/profiles/rebuild', REBUILD);
const runOf = (runId: string, cookie = admin): Promise<JobRunAnswer> =>
  ask(cookie, 'GET', `/job-runs/${runId}`);
const listed = async (cookie: string): Promise<string[]> =>
  (await ask<JobRunsAnswer>(cookie, 'GET', '/job-runs')).runs.map((run) => run.runId);
const untilState = (runId: string, state: string): Promise<JobRunAnswer> =>
  until(`${runId} ${state}`, async () => {
    const run = await runOf(runId);
    return run.state === state ? run : undefined;
  });

/** Holds a row that the rebuild must write, while `work` is done. */
async function whileHeld(work: () => Promise<void>): Promise<void> {
  const runner = house.db.dataSource.createQueryRunner();
  await runner.startTransaction('READ COMMITTED');
  try {
    await runner.query(
      "SELECT user_id FROM profiles WHERE period = '2026Q3' AND user_id = 'zhangsan' FOR UPDATE",
    );
    await work();
  } finally {
    await runner.rollbackTransaction();
    await runner.release();
  }
}

test('without a worker it waits, is one and the same for whoever asks twice, and is cancelled at once', async () => {
  const started = await startRebuild();
  expect(started.status).toBe('created');
  expect(await startRebuild()).toEqual({ runId: started.runId, status: 'running' });
  expect(await runOf(started.runId)).toMatchObject({
    kind: 'profiles.rebuild',
    title: '重算2026 年第三季度大客户销售能力画像',
    ...{ state: 'queued', done: 0, total: null, finishedAt: null, mayCancel: true },
    sentence: '等待后台进程接手。',
  });
  const cancelled = await ask<JobRunAnswer>(admin, 'POST', `/job-runs/${started.runId}/cancel`);
  expect(cancelled).toMatchObject({ state: 'cancelled', mayCancel: false, sentence: '已取消，没有开始。' });
  expect((await startRebuild()).status).toBe('created');
});

test('a worker finds it in MySQL alone, does it, and its outcome can be read', async () => {
  const { runId } = await startRebuild();
  worker = house.startWorker();
  const run = await untilState(runId, 'done');
  expect(run).toMatchObject({
    done: 20,
    total: 20,
    errorCode: null,
    outcome: { period: '2026Q3', employees: 20 },
  });
  expect(run.sentence).toMatch(/^已重算 20 人，\d+ 个指标值。$/);
  expect(run.startedAt).toMatch(/^2026-10-12T\d\d:\d\d:\d\d\+08:00$/);
  expect(run.finishedAt).toMatch(/\+08:00$/);
  const [row] = await house.db.select<{ name: string }>("SELECT name FROM employees WHERE user_id = 'hr02'");
  expect(run.startedBy).toBe(row?.name);
});

test('only who started it and HR admins see it, and nobody else starts one', async () => {
  const [runId = ''] = await listed(admin);
  expect(await listed(hr)).toEqual([]);
  await expect(runOf(runId, hr)).rejects.toThrow('404 job_run.not_found');
  await expect(ask(hr, 'POST', `/job-runs/${runId}/cancel`)).rejects.toThrow('404 job_run.not_found');
  await expect(listed(employee)).rejects.toThrow('403 access.denied');
  for (const cookie of [hr, employee])
    await expect(ask(cookie, 'POST', '/profiles/rebuild', REBUILD)).rejects.toThrow('403 access.denied');
});

test('asked to stop, it ends after the piece under way', async () => {
  let runId = '';
  await whileHeld(async () => {
    ({ runId } = await startRebuild());
    await until('progress', async () => ((await runOf(runId)).total === 20 ? true : undefined));
    const asked = await ask<JobRunAnswer>(admin, 'POST', `/job-runs/${runId}/cancel`);
    expect(asked).toMatchObject({ state: 'running', mayCancel: false });
    expect(asked.sentence).toBe('正在停止，手头这一批做完就停。');
  });
  expect(await untilState(runId, 'cancelled')).toMatchObject({
    ...{ done: 20, total: 20, outcome: null, mayCancel: false },
    sentence: '已取消，做完了 20 / 20 人。',
  });
});

test('a run whose worker is killed is taken up by another', async () => {
  let runId = '';
  await whileHeld(async () => {
    ({ runId } = await startRebuild());
    await until('progress', async () => ((await runOf(runId)).total === 20 ? true : undefined));
    worker.child.kill('SIGKILL');
    worker = house.startWorker();
  });
  expect(await untilState(runId, 'done')).toMatchObject({ outcome: { employees: 20 } });
  const [row] = await house.db.select<{ attempts: number }>(
    'SELECT attempts FROM job_runs WHERE run_id = ?',
    [runId],
  );
  expect(row?.attempts).toBeGreaterThan(1);
});

test('commands with --workers are runs too, followed to their outcome', async () => {
  const rebuilt = await house.run('profiles', 'rebuild', '--period', '2026Q3', '--workers');
  expect(rebuilt).toMatchObject({ period: '2026Q3', employees: 20 });
  const cycle = await house.run('cycle', 'run', '--period', '2026Q3', '--workers');
  expect(cycle).toMatchObject({ cycleId: '2026Q3-large_account', state: 'review' });
  const { runs } = await ask<JobRunsAnswer>(admin, 'GET', '/job-runs');
  expect(runs.slice(0, 2)).toMatchObject([
    {
      kind: 'cycle.compute',
      title: '2026 年第三季度大客户销售盘点计算',
      state: 'done',
      startedBy: '命令行',
      mayCancel: false,
    },
    { kind: 'profiles.rebuild', state: 'done' },
  ]);
});
