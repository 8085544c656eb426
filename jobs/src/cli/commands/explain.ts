import type { Command } from 'commander';
import type { App } from '@shigang/server';
import { money, tierNames, REVIEWED_ROLE } from '@shigang/shared';
import { periodOption, roleOption } from '../options.ts';
import { runCommand, viewerFor, type CommandOptions } from '../context.ts';
import { table } from '../table.ts';

interface ExplainOptions extends CommandOptions {
  readonly user: string;
  readonly period: string;
}

export const registerExplain = (program: Command): void => {
  const explain = program.command('explain').description('a figure down to its source records');
  explain
    .command('match')
    .requiredOption('--user <userid>')
    .requiredOption('--period <quarter>')
    .option('--role <role>', 'sales role of the model', REVIEWED_ROLE)
    .option('--json')
    .option('--as <userid>')
    .action((options: ExplainOptions & { role: string }) =>
      runCommand(
        options,
        ['database'],
        async (app) =>
          app.modules.cycle.explain(await viewerFor(app, options), {
            userId: options.user,
            period: periodOption(options.period),
            role: roleOption(options.role),
          }),
        describeMatch,
      ),
    );
  explain
    .command('incentive')
    .requiredOption('--user <userid>')
    .requiredOption('--period <quarter>')
    .option('--json')
    .option('--as <userid>')
    .action((options: ExplainOptions) =>
      runCommand(
        options,
        ['database'],
        async (app) =>
          app.modules.incentive.explain(await viewerFor(app, options), {
            userId: options.user,
            period: periodOption(options.period),
          }),
        (statement) =>
          `${statement.name} ${statement.period}：${money(statement.totalFen)}` +
          `（原方案 ${statement.oldPlanTotalFen === null ? '无' : money(statement.oldPlanTotalFen)}）\n` +
          table(
            ['日期', '项目', '公式', '来源', '方案'],
            statement.lines.map((line) => [
              line.anchorOn,
              line.component,
              line.formula,
              `${line.source.kind} ${line.source.id}`,
              `${line.plan.id} v${line.plan.version}`,
            ]),
          ),
      ),
    );
};

type MatchDocument = Awaited<ReturnType<App['modules']['cycle']['explain']>>;

function describeMatch(document: MatchDocument): string {
  const rows = document.dimensions.flatMap((dimension) =>
    dimension.indicators.map((indicator) => [
      dimension.id,
      indicator.metric,
      indicator.value,
      indicator.target,
      indicator.n,
      indicator.attainment,
      indicator.points,
    ]),
  );
  const tier = document.tier === null ? '' : `，${tierNames[document.tier]}`;
  return (
    `${document.name} ${document.period}：${document.score ?? '–'} 分（覆盖 ${document.coverage ?? '–'}%）${tier}\n` +
    table(['维度', '指标', '数值', '目标', '样本', '达成', '得分'], rows)
  );
}
