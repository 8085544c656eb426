import type { Command } from 'commander';
import {
  AppError,
  cycleStateNames,
  deskText,
  replyAnswers,
  salesRoleNames,
  tierNames,
  tiers,
  type Period,
  type SalesRole,
  type Tier,
  REVIEWED_ROLE,
} from '@shigang/shared';
import {
  tierListColumns,
  writeTableFile,
  type App,
  type Need,
  type TierListRow,
  type Viewer,
} from '@shigang/server';
import { followRun, needsOf } from '../by-workers.ts';
import { runCommand, UsageError, viewerFor, type CommandOptions } from '../context.ts';
import { dayOption, periodOption, roleOption } from '../options.ts';
import { table } from '../table.ts';

interface CycleOptions extends CommandOptions {
  readonly period: string;
  readonly role: string;
}
interface CycleRef {
  readonly period: Period;
  readonly role: SalesRole;
}
type CycleDocument = Awaited<ReturnType<App['modules']['review']['show']>>;

/** The quarterly review from computation to close. */
export const registerCycle = (program: Command): void => {
  const cycle = program.command('cycle').description('the quarterly review');
  const sub = (name: string, description: string): Command =>
    cycle
      .command(name)
      .description(description)
      .requiredOption('--period <quarter>')
      .option('--role <role>', 'sales role of the model', REVIEWED_ROLE)
      .option('--as <userid>', 'act with this person’s rights and name')
      .option('--json');

  sub('run', 'profiles and scores of everyone in scope, as far as review')
    .option('--history', 'a past quarter: scored and closed, nobody told')
    .option('--workers', 'take the snapshot here and let the running workers compute')
    .action((options: RunOptions) =>
      act({ ...options, needs: needsOf(options) }, (app, viewer, ref) => run(app, viewer, { ref, options })),
    );
  sub('decide', 'HR’s decision about one person')
    .requiredOption('--user <userid>')
    .requiredOption('--tier <tier>', 'transition, train, reassign, insufficient_data or later')
    .option('--target-role <role>')
    .option('--effective-on <date>', 'nothing takes effect before this day')
    .option('--reason <text>')
    .action((options: DecideOptions) =>
      act({ ...options, isPersonal: true }, (app, viewer, ref) =>
        app.modules.review.decide(viewer, ref, decisionOf(options)),
      ),
    );
  sub('confirm-all', 'confirm every suggestion except reassign').action((options: CycleOptions) =>
    act({ ...options, isPersonal: true }, (app, viewer, ref) => app.modules.review.confirmAll(viewer, ref)),
  );
  sub('reply', 'a person’s own answer to the offered role (not in production)')
    .requiredOption('--user <userid>')
    .requiredOption('--answer <answer>', 'agree, talk or decline')
    .option('--text <text>')
    .action((options: ReplyOptions) =>
      act({ ...options, describe: describeReply }, (app, viewer, ref) =>
        reply(app, viewer, { ref, options }),
      ),
    );
  sub('publish', 'freeze the evidence, tell everybody and start the actions').action(
    (options: CycleOptions) =>
      act({ ...options, isPersonal: true }, (app, viewer, ref) => app.modules.review.publish(viewer, ref)),
  );
  sub('close', 'end a published cycle of which nothing is open').action((options: CycleOptions) =>
    act(options, (app, viewer, ref) => app.modules.review.close(viewer, ref)),
  );
  sub('list', 'the tier list').option('--out <file>', '.csv or .xlsx').action(list);
};

interface RunOptions extends CycleOptions {
  readonly history?: boolean;
  readonly workers?: boolean;
}

async function run(app: App, viewer: Viewer, { ref, options }: { ref: CycleRef; options: RunOptions }) {
  const { cycle, review } = app.modules;
  const request = { ...ref, history: options.history ?? false };
  if (!options.workers) return review.runCycle(viewer, request);
  await followRun(app, await cycle.startRun(viewer, request));
  return review.show(viewer, ref);
}

interface DecideOptions extends CycleOptions {
  readonly user: string;
  readonly tier: string;
  readonly targetRole?: string;
  readonly effectiveOn?: string;
  readonly reason?: string;
}

function decisionOf(options: DecideOptions) {
  return {
    userId: options.user,
    tier: tierOption(options.tier),
    ...(options.targetRole === undefined ? {} : { targetRole: roleOption(options.targetRole) }),
    ...(options.effectiveOn === undefined ? {} : { effectiveOn: dayOption(options.effectiveOn) }),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
  };
}

function tierOption(value: string): Tier | 'later' {
  const tier = ([...tiers, 'later'] as const).find((known) => known === value);
  if (tier === undefined) throw new UsageError(`--tier must be one of ${tiers.join(', ')}, later`);
  return tier;
}

interface ReplyOptions extends CycleOptions {
  readonly user: string;
  readonly answer: string;
  readonly text?: string;
}

function reply(app: App, viewer: Viewer, { ref, options }: { ref: CycleRef; options: ReplyOptions }) {
  if (app.config.production) throw new AppError('command.not_in_production');
  const answer = replyAnswers.find((known) => known === options.answer);
  if (answer === undefined) throw new UsageError(`--answer must be one of ${replyAnswers.join(', ')}`);
  return app.modules.review.reply(viewer, ref, { userId: options.user, answer, text: options.text ?? null });
}

/** The counts of a cycle are not the employee's to see. */
const describeReply = (document: CycleDocument): string => `${document.period} 的岗位邀请：已记下这次答复。`;

const refOf = (options: CycleOptions): CycleRef => ({
  period: periodOption(options.period),
  role: roleOption(options.role),
});

async function act(
  options: CycleOptions & {
    readonly isPersonal?: boolean;
    readonly needs?: readonly Need[];
    readonly describe?: (document: CycleDocument) => string;
  },
  work: (app: App, viewer: Viewer, ref: CycleRef) => Promise<CycleDocument>,
): Promise<void> {
  await runCommand(
    options,
    options.needs ?? ['database'],
    async (app) => work(app, await viewerFor(app, options, options.isPersonal), refOf(options)),
    options.describe ?? describe,
  );
}

async function list(options: CycleOptions & { out?: string }): Promise<void> {
  let text = '';
  await runCommand(
    options,
    ['database'],
    async (app) => {
      const viewer = await viewerFor(app, options);
      const ref = refOf(options);
      const document = await app.modules.review.show(viewer, ref);
      const rows = await app.modules.review.tierList(viewer, ref);
      if (options.out === undefined) text = tierTable(rows);
      else await writeTableFile(options.out, tierListColumns, rows);
      return document;
    },
    (document) => [describe(document), text].filter((part) => part !== '').join('\n'),
  );
}

/** What a person wants to see of the list; the file of `--out` has every column under its own name. */
const tierTable = (rows: readonly TierListRow[]): string =>
  table(
    ['userid', '姓名', '部门', '现岗', '得分', '覆盖 %', '建议', '决定', '原因'],
    rows.map((row) => [
      row.userid,
      row.name,
      row.department,
      salesRoleNames[row.role],
      row.score,
      row.coverage,
      row.suggested && tierNames[row.suggested],
      row.decided && decisionNames[row.decided],
      row.reason,
    ]),
  );

const decisionNames = { ...tierNames, later: deskText['tier.later'] } as const;

function describe(document: CycleDocument): string {
  const { counts } = document;
  const tierCounts = tiers.map((tier) => `${tierNames[tier]} ${counts[tier]}`).join('，');
  return `${document.period} ${cycleStateNames[document.state]}（模型第 ${document.modelVersion} 版）：${tierCounts}，${decisionNames.later} ${counts.later}。`;
}
