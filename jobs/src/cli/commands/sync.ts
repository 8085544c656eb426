import type { Command } from 'commander';
import { AppError } from '@shigang/shared';
import { FailedWithDocument, runCommand, viewerFor, type CommandOptions } from '../context.ts';
import { table } from '../table.ts';

interface SyncCommandOptions extends CommandOptions {
  readonly full?: boolean;
  readonly only?: string;
}

/** DingTalk → database. A partial run exits 0: what could be read was taken over, nobody was deactivated on it. */
export const registerSync = (program: Command): void => {
  program
    .command('sync')
    .description('read the organisation from DingTalk')
    .option('--full', 'read everybody’s details again')
    .option('--only <scopes>', 'comma-separated: org,roster,approvals')
    .option('--json')
    .option('--as <userid>')
    .action((options: SyncCommandOptions) =>
      runCommand(
        options,
        ['database', 'redis', 'dingtalk'],
        async (app) => {
          const report = await app.modules.sync.run(await viewerFor(app, options), {
            full: options.full ?? false,
            ...(options.only === undefined
              ? {}
              : { only: options.only.split(',').map((scope) => scope.trim()) }),
          });
          if (report.status === 'failed') throw new FailedWithDocument(report, new AppError('sync.failed'));
          return report;
        },
        (report) =>
          table(
            ['范围', '结果', '调用', '计费', '读到', '新增', '更新', '停用', '说明'],
            report.scopes.map((scope) => [
              scope.name,
              scope.status,
              scope.calls,
              scope.meteredCalls,
              scope.read,
              scope.inserted,
              scope.updated,
              scope.deactivated,
              scope.error ?? null,
            ]),
          ),
      ),
    );
};
