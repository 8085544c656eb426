import type { Command } from 'commander';
import { runCommand, type CommandOptions } from '../context.ts';

export const registerTemplate = (program: Command): void => {
  program
    .command('template <file>')
    .description('write the import template with its field dictionary')
    .option('--json')
    .action((file: string, options: CommandOptions) =>
      runCommand(
        options,
        ['database'],
        (app) => app.modules.intake.writeTemplate(file),
        () => `模板已写到 ${file}。`,
      ),
    );
};
