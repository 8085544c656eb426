import type { Command } from 'commander';
import { AppError } from '@shigang/shared';
import { print } from '@shigang/server';
import { FailedWithDocument, type CommandOptions } from '../context.ts';
import { checkAll } from '../doctor-checks.ts';
import { readEnvironment } from '../environment.ts';

export const registerDoctor = (program: Command): void => {
  program
    .command('doctor')
    .description('look at everything this installation needs, each with its fix')
    .option('--json')
    .action(async (options: CommandOptions) => {
      const checks = await checkAll(readEnvironment());
      const document = { ok: checks.every((check) => check.ok), checks };
      if (!options.json) {
        const line = (check: (typeof checks)[number]): string =>
          check.ok
            ? `✓ ${check.id}：${check.detail}`
            : `✗ ${check.id}：${check.detail}\n  → ${check.fix ?? ''}`;
        print(checks.map(line).join('\n'));
      }
      if (!document.ok)
        throw new FailedWithDocument(
          document,
          new AppError('doctor.unwell', { count: checks.filter((c) => !c.ok).length }),
        );
      if (options.json) print(JSON.stringify(document));
    });
};
