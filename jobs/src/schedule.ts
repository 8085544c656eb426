import { periodOfDay, previousPeriod, shanghaiDay, type Period } from '@shigang/shared';
import { assertMay, occurrences, type App, type Recurrence, type Viewer } from '@shigang/server';
import { runDay } from './schedule/day.ts';
import { runNight } from './schedule/night.ts';
import { runQuarter } from './schedule/quarter.ts';

interface ScheduleEntry {
  readonly name: string;
  readonly recurrence: Recurrence;
  /** Missed occurrences are run one by one (each quarter counts), or only the last (a night catches up by itself). */
  readonly missed: 'each' | 'last';
  readonly run: (app: App, dueMs: number) => Promise<void>;
}

/** Everything that happens by the clock, in business time (Asia/Shanghai). */
export const schedule: readonly ScheduleEntry[] = [
  {
    name: 'daily',
    recurrence: { kind: 'daily', atMinute: 0 },
    missed: 'last',
    run: (app) => runDay(app),
  },
  {
    name: 'nightly',
    recurrence: { kind: 'daily', atMinute: 2 * 60 + 30 },
    missed: 'last',
    run: (app) => runNight(app),
  },
  {
    name: 'quarterly',
    recurrence: { kind: 'quarterly', atMinute: 3 * 60 },
    missed: 'each',
    run: (app, dueMs) => runQuarter(app, quarterBefore(dueMs)),
  },
];

const quarterBefore = (dueMs: number): Period => previousPeriod(periodOfDay(shanghaiDay(dueMs)));

/** Whether anything is due; a cheap look for a worker's timer. */
export async function isScheduleDue(app: App): Promise<boolean> {
  for (const entry of schedule) {
    const last = await app.scheduleMarks.lastDue(entry.name);
    if (occurrences(entry.recurrence, last, app.clock.now()).length > 0) return true;
  }
  return false;
}

/**
 * Runs what is due up to the business clock's now; returns `name@instant` of what was run.
 * @throws AppError access.denied
 */
export async function runDue(app: App, viewer: Viewer): Promise<string[]> {
  assertMay(viewer, 'tick');
  const ran: string[] = [];
  for (const entry of schedule) {
    const due = occurrences(entry.recurrence, await app.scheduleMarks.lastDue(entry.name), app.clock.now());
    for (const dueMs of entry.missed === 'last' ? due.slice(-1) : due) {
      const isMine = await app.scheduleMarks.run(entry.name, dueMs, () => entry.run(app, dueMs));
      if (isMine) ran.push(`${entry.name}@${new Date(dueMs).toISOString()}`);
    }
  }
  return ran;
}
