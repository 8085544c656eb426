import type { Command } from 'commander';
import { runCommand, viewerFor, type CommandOptions } from '../context.ts';
import { readJsonFile } from '../read-json-file.ts';

export const registerSettings = (program: Command): void => {
  const settings = program.command('settings').description('settings of this installation');
  settings
    .command('apply <file>')
    .option('--json')
    .option('--as <userid>')
    .action((file: string, options: CommandOptions) =>
      runCommand(
        options,
        ['database'],
        async (app) => app.modules.settings.applySettings(await viewerFor(app, options), readJsonFile(file)),
        (document) => JSON.stringify(document, null, 2),
      ),
    );
  settings
    .command('show')
    .option('--json')
    .option('--as <userid>')
    .action((options: CommandOptions) =>
      runCommand(
        options,
        ['database'],
        async (app) => app.modules.settings.showSettings(await viewerFor(app, options)),
        (document) => JSON.stringify(document, null, 2),
      ),
    );
};
