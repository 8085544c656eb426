import { systemViewer } from '@shigang/server';
import { runDue } from '../../schedule.ts';
import type { runSchedule } from '../../schedule/jobs.ts';
import type { JobHandler } from '../handler.ts';

export const handleRunSchedule: JobHandler<typeof runSchedule> = async (_, { app }) => {
  await runDue(app, systemViewer('schedule.run'));
};
