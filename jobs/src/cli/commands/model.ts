import { REVIEWED_ROLE } from '@shigang/shared';
import type { Command } from 'commander';
import { runCommand, viewerFor, type CommandOptions } from '../context.ts';
import { periodOption, roleOption } from '../options.ts';
import { readJsonFile } from '../read-json-file.ts';

export const registerModel = (program: Command): void => {
  const model = program.command('model').description('role models');
  model
    .command('apply <file>')
    .description('store a role-model file as the next version')
    .option('--json')
    .option('--as <userid>')
    .action((file: string, options: CommandOptions) =>
      runCommand(
        options,
        ['database'],
        async (app) => app.modules.match.applyRoleModel(await viewerFor(app, options), readJsonFile(file)),
        (applied) =>
          applied.status === 'unchanged'
            ? `岗位能力模型第 ${applied.version} 版没有变化。`
            : `岗位能力模型第 ${applied.version} 版已保存，自 ${applied.validFrom} 起。`,
      ),
    );
  model
    .command('show')
    .option('--role <role>', 'sales role', REVIEWED_ROLE)
    .option('--period <quarter>')
    .option('--json')
    .option('--as <userid>')
    .action((options: CommandOptions & { role: string; period?: string }) =>
      runCommand(
        options,
        ['database'],
        async (app) =>
          app.modules.match.showRoleModel(
            await viewerFor(app, options),
            roleOption(options.role),
            options.period === undefined ? undefined : periodOption(options.period),
          ),
        (document) => JSON.stringify(document, null, 2),
      ),
    );
};
