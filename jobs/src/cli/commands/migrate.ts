import type { Command } from 'commander';
import { buildApp, print, readConfig } from '@shigang/server';
import type { CommandOptions } from '../context.ts';
import { readEnvironment } from '../environment.ts';

export const registerMigrate = (program: Command): void => {
  program
    .command('migrate')
    .description('bring the database to this release: {applied:[…]}')
    .option('--json')
    .action(async (options: CommandOptions) => {
      const app = await buildApp(readConfig(readEnvironment(), ['database']), ['database'], {
        name: 'migrate',
        migrations: 'migrate',
      });
      try {
        const applied = app.appliedMigrations;
        print(
          options.json
            ? JSON.stringify({ applied })
            : applied.length === 0
              ? '数据库已是最新。'
              : `已执行 ${applied.length} 个迁移：${applied.join('、')}`,
        );
      } finally {
        await app.close();
      }
    });
};
