import { declareJob, systemViewer } from '@shigang/server';
import { runDue } from '../../schedule.ts';
import { register } from '../handler.ts';

/** Runs what the schedule says is due by the business clock. */
export const runSchedule = declareJob<object>()({
  name: 'schedule.run',
  queue: 'schedule',
  attempts: 1,
  backoffMs: 1_000,
});

export const scheduleJobs = [
  register(runSchedule, async (_, { app }) => {
    await runDue(app, systemViewer('schedule.run'));
  }),
];
