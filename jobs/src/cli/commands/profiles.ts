import { REVIEWED_ROLE } from '@shigang/shared';
import type { Command } from 'commander';
import type { App } from '@shigang/server';
import { followRun, needsOf } from '../by-workers.ts';
import { runCommand, viewerFor, type CommandOptions } from '../context.ts';
import { periodOption, roleOption } from '../options.ts';

interface RebuildOptions extends CommandOptions {
  readonly period: string;
  readonly role: string;
  readonly user?: string;
  readonly workers?: boolean;
}

export const registerProfiles = (program: Command): void => {
  program
    .command('profiles')
    .description('capability profiles')
    .command('rebuild')
    .description('metrics, profiles and scores of a quarter from the facts')
    .requiredOption('--period <quarter>')
    .option('--role <role>', 'sales role', REVIEWED_ROLE)
    .option('--user <userid>')
    .option('--workers', 'hand the whole quarter to the running workers and wait')
    .option('--json')
    .option('--as <userid>')
    .action((options: RebuildOptions) =>
      runCommand(
        options,
        needsOf(options),
        (app) => rebuild(app, options),
        (done) => `${done.period}：${done.employees} 人，${done.metrics} 个指标值，用时 ${done.ms} 毫秒。`,
      ),
    );
};

type RebuildResult = Awaited<ReturnType<App['modules']['match']['rebuildProfiles']>>;

async function rebuild(app: App, options: RebuildOptions): Promise<RebuildResult> {
  const request = { period: periodOption(options.period), role: roleOption(options.role) };
  const viewer = await viewerFor(app, options);
  if (options.workers)
    return followRun<RebuildResult>(app, await app.modules.match.startRebuild(viewer, request));
  return app.modules.match.rebuildProfiles(viewer, {
    ...request,
    ...(options.user === undefined ? {} : { userIds: [options.user] }),
  });
}
