import type { Command } from 'commander';
import { runCommand, viewerFor, type CommandOptions } from '../context.ts';

export const registerTemplate = (program: Command): void => {
  program
    .command('template <file>')
    .description('write the import template with its field dictionary')
    .option('--json')
    .option('--as <userid>')
    .action((file: string, options: CommandOptions) =>
      runCommand(
        options,
        ['database'],
        async (app) => app.modules.intake.writeTemplate(await viewerFor(app, options), file),
        () => `模板已写到 ${file}。`,
      ),
    );
};
