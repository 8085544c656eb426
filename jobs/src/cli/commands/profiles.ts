import type { Command } from 'commander';
import { period } from '@shigang/shared';
import { runCommand, type CommandOptions } from '../context.ts';
import { roleOption } from '../options.ts';

interface RebuildOptions extends CommandOptions {
  readonly period: string;
  readonly role: string;
  readonly user?: string;
}

export const registerProfiles = (program: Command): void => {
  program
    .command('profiles')
    .description('capability profiles')
    .command('rebuild')
    .description('metrics, profiles and scores of a quarter from the facts')
    .requiredOption('--period <quarter>')
    .option('--role <role>', 'sales role', 'large_account')
    .option('--user <userid>')
    .option('--json')
    .action((options: RebuildOptions) =>
      runCommand(
        options,
        ['database'],
        (app) =>
          app.modules.match.rebuildProfiles({
            period: period(options.period),
            role: roleOption(options.role),
            ...(options.user === undefined ? {} : { userIds: [options.user] }),
          }),
        (done) => `${done.period}：${done.employees} 人，${done.metrics} 个指标值，用时 ${done.ms} 毫秒。`,
      ),
    );
};
