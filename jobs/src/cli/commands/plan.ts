import type { Command } from 'commander';
import { runCommand, viewerFor, type CommandOptions } from '../context.ts';
import { dayOption } from '../options.ts';
import { readJsonFile } from '../read-json-file.ts';

export const registerPlan = (program: Command): void => {
  const plan = program.command('plan').description('incentive plans');
  plan
    .command('apply <file>')
    .description('store a plan file as the next version of its id')
    .option('--publish', 'record consultation and publication as done outside')
    .option('--json')
    .option('--as <userid>')
    .action((file: string, options: CommandOptions & { publish?: boolean }) =>
      runCommand(
        options,
        ['database'],
        async (app) =>
          app.modules.incentive.applyPlan(await viewerFor(app, options), readJsonFile(file), {
            publish: options.publish ?? false,
          }),
        (applied) =>
          applied.status === 'unchanged'
            ? `方案 ${applied.id} 第 ${applied.version} 版没有变化。`
            : `方案 ${applied.id} 第 ${applied.version} 版已保存（${applied.state}），自 ${applied.validFrom} 起。`,
      ),
    );
  plan
    .command('show')
    .requiredOption('--id <id>')
    .option('--on <date>')
    .option('--json')
    .option('--as <userid>')
    .action((options: CommandOptions & { id: string; on?: string }) =>
      runCommand(
        options,
        ['database'],
        async (app) =>
          (await app.modules.incentive.showPlan(
            await viewerFor(app, options),
            options.id,
            options.on === undefined ? undefined : dayOption(options.on),
          )) as object,
        (document) => JSON.stringify(document, null, 2),
      ),
    );
};
