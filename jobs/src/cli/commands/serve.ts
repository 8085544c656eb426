import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { buildApp, readConfig, type Need } from '@shigang/server';
import { readEnvironment } from '../environment.ts';
import { untilSignal } from '../until-signal.ts';

const NEEDS: readonly Need[] = ['database', 'redis', 'queues', 'dingtalk', 'http'];
/** The built mini-app, seen from this file in `src` and in `dist` alike. */
const MINIAPP = fileURLToPath(new URL('../../../../miniapp/dist/', import.meta.url));

/** Runs one server process until it is told to stop; any number may run behind a load balancer. */
export const registerServe = (program: Command): void => {
  program
    .command('serve')
    .description('run one server process')
    .action(async () => {
      const app = await buildApp(readConfig(readEnvironment({ servers: true }), NEEDS), NEEDS, {
        name: 'server',
      });
      const { startServer } = await import('@shigang/server/http');
      const server = await startServer(app, MINIAPP).catch(async (error: unknown) => {
        await app.close();
        throw error;
      });
      await untilSignal();
      await server.close();
      await app.close();
    });
};
