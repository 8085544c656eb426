import type { Command } from 'commander';
import { complain, type ImportReport, type Need } from '@shigang/server';
import { FailedWithDocument, runCommand, viewerFor, type CommandOptions } from '../context.ts';
import { readJsonFile } from '../read-json-file.ts';

interface ImportOptions extends CommandOptions {
  readonly mapping?: string;
  readonly dryRun?: boolean;
  readonly partial?: boolean;
  readonly encoding?: string;
}

/** Rows listed one by one for a person; the rest is counted. */
const SHOWN = 20;

export const registerImport = (program: Command): void => {
  program
    .command('import <kind> <file>')
    .description('import a file; the same file again changes nothing')
    .option('--mapping <file>', 'mapping of columns and values (JSON)')
    .option('--dry-run', 'check everything, keep nothing')
    .option('--partial', 'keep the good rows of a file that has refused ones')
    .option('--encoding <name>', 'utf-8, gb18030 …; recognised when absent')
    .option('--json')
    .option('--as <userid>')
    .action(run);
};

async function run(kind: string, file: string, options: ImportOptions): Promise<void> {
  const mapping = options.mapping === undefined ? undefined : readJsonFile(options.mapping);
  await runCommand(
    options,
    needsOf(mapping),
    async (app) => {
      const report = await app.modules.intake.importFile(await viewerFor(app, options), {
        kind,
        path: file,
        ...(mapping === undefined ? {} : { mapping }),
        dryRun: options.dryRun ?? false,
        partial: options.partial ?? false,
        ...(options.encoding === undefined ? {} : { encoding: options.encoding }),
      });
      if (report.error) {
        if (!options.json) complain(describe(report));
        throw new FailedWithDocument(report, report.error);
      }
      return report;
    },
    describe,
  );
}

/** Only a mapping that identifies people by mobile number asks DingTalk. */
const needsOf = (mapping: unknown): Need[] =>
  JSON.stringify(mapping ?? null).includes('"mobile"') ? ['database', 'redis', 'dingtalk'] : ['database'];

function describe(report: ImportReport): string {
  const head = `读到 ${report.rows} 行：新增 ${report.inserted}，更新 ${report.updated}，未变 ${report.unchanged}，退回 ${report.rejected.length}，提醒 ${report.warnings.length}。`;
  const lines = [...report.rejected, ...report.warnings]
    .slice(0, SHOWN)
    .map(
      (issue) =>
        `  ${issue.sheet ? `${issue.sheet} ` : ''}第 ${issue.row} 行 ${issue.field ?? ''} “${issue.value ?? ''}” ${issue.code}：${issue.message}`,
    );
  return [head, ...lines].join('\n');
}
