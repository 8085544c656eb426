import type { Command } from 'commander';
import { money } from '@shigang/shared';
import { runCommand, viewerFor, type CommandOptions } from '../context.ts';
import { periodOption } from '../options.ts';

interface ComputeOptions extends CommandOptions {
  readonly period: string;
  readonly user?: string;
  readonly workers?: boolean;
}

export const registerIncentives = (program: Command): void => {
  program
    .command('incentives')
    .description('incentive statements')
    .command('compute')
    .description('price the facts of a quarter; the same facts and plans give the same bytes')
    .requiredOption('--period <quarter>')
    .option('--user <userid>')
    .option('--json')
    .option('--as <userid>')
    .action((options: ComputeOptions) =>
      runCommand(
        options,
        ['database'],
        async (app) => {
          const started = app.clock.real();
          const quarter = periodOption(options.period);
          const { statements, lines, totalFen } = await app.modules.incentive.computeStatements(
            await viewerFor(app, options),
            quarter,
            options.user,
          );
          return { period: quarter, statements, lines, totalFen, ms: app.clock.real() - started };
        },
        (done) =>
          `${done.period}：${done.statements} 份明细，${done.lines} 行，合计 ${money(done.totalFen)}，用时 ${done.ms} 毫秒。`,
      ),
    );
};
