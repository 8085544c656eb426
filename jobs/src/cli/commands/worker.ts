import type { Command } from 'commander';
import { buildApp, readConfig, type Need } from '@shigang/server';
import { readEnvironment } from '../environment.ts';
import { untilSignal } from '../until-signal.ts';

const NEEDS: readonly Need[] = ['database', 'redis', 'queues', 'dingtalk'];

/** Runs one worker process until it is told to stop; any number may run. */
export const registerWorker = (program: Command): void => {
  program
    .command('worker')
    .description('run one worker process')
    .action(async () => {
      const app = await buildApp(readConfig(readEnvironment({ servers: true }), NEEDS), NEEDS, {
        name: 'worker',
      });
      const { startWorker } = await import('../../worker.ts');
      const worker = startWorker(app);
      app.log.info('worker is up');
      await untilSignal();
      await worker.close();
      await app.close();
    });
};
