import type { Command } from 'commander';
import { assertMay, type App } from '@shigang/server';
import { AppError } from '@shigang/shared';
import { runCommand, UsageError, viewerFor, type CommandOptions } from '../context.ts';
import { isScheduleDue, runDue } from '../../schedule.ts';

interface TickOptions extends CommandOptions {
  readonly until?: string;
}

/** Runs what the schedule would have run up to now, and sends what is due. `--until` moves the business clock first. */
export const registerTick = (program: Command): void => {
  program
    .command('tick')
    .description('run what is due by the business clock')
    .option('--until <instant>', 'raise the business clock to this instant first (not in production)')
    .option('--json')
    .option('--as <userid>')
    .action((options: TickOptions) =>
      runCommand(
        options,
        ['database', 'redis', 'dingtalk'],
        async (app) => {
          const viewer = await viewerFor(app, options);
          // Before the clock: nothing of it happens for somebody who may not.
          assertMay(viewer, 'tick');
          if (options.until !== undefined) await moveClock(app, options.until);
          const ran = await runDue(app, viewer);
          return { ran: [...ran, ...(await settleMessages(app))] };
        },
        ({ ran }) => (ran.length === 0 ? '没有到期的任务。' : `已执行：${ran.join('、')}`),
      ),
    );
};

/** Applies what arrived and sends what is due; each may bring about the other. */
async function settleMessages(app: App): Promise<string[]> {
  const owner = `tick-${process.pid}`;
  const total = { inbox: 0, outbox: 0 };
  for (;;) {
    const inbox = await app.modules.inboxReader.drain(owner);
    const outbox = await app.modules.relay.drain(owner);
    total.inbox += inbox;
    total.outbox += outbox;
    if (inbox + outbox === 0) break;
  }
  return Object.entries(total).flatMap(([name, count]) => (count > 0 ? [`${name}×${count}`] : []));
}

async function moveClock(app: App, until: string): Promise<void> {
  const instant = Date.parse(until);
  if (Number.isNaN(instant)) throw new UsageError('--until needs an instant such as 2026-11-01T00:05+08:00');
  if (app.config.production) throw new AppError('command.not_in_production');
  // The marks must stand before the jump: a schedule first looked at afterwards would take the jump for its past.
  await isScheduleDue(app);
  await app.clock.advanceTo(instant);
}
