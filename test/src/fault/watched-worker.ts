import { once } from 'node:events';
import type { TestHouse } from '../harness/processes/house.ts';
import type { RunningShigang } from '../harness/processes/shigang-process.ts';

/** A job's line in a worker's log. */
export interface JobLine {
  readonly msg: 'job started' | 'job done';
  /** Real ms. */
  readonly time: number;
  readonly job: string;
  readonly id: string;
  readonly data?: { readonly cycleId?: string; readonly fromUserId?: string };
}

/** A worker process whose log tells what it took up and finished. */
export interface WatchedWorker {
  /** Lines of one job's name, oldest first. */
  linesOf(job: string): JobLine[];
  /** SIGKILL; resolves when the process is gone. @returns real ms of the kill */
  kill(): Promise<number>;
}

/** Starts a worker and waits until it takes jobs. */
export async function startWatchedWorker(house: TestHouse): Promise<WatchedWorker> {
  const running = house.startWorker({ LOG_LEVEL: 'info' });
  await running.printed(/"worker is up"/, 120_000);
  return watched(running);
}

const watched = (running: RunningShigang): WatchedWorker => ({
  linesOf: (job) =>
    running
      .output()
      .split('\n')
      .filter((line) => line.includes(`"job":"${job}"`) && line.endsWith('}'))
      .map((line) => JSON.parse(line) as JobLine)
      .filter((line) => line.msg === 'job started' || line.msg === 'job done'),
  kill: async () => {
    const gone = once(running.child, 'exit');
    const at = Date.now();
    running.child.kill('SIGKILL');
    await gone;
    return at;
  },
});
