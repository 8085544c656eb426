import { AppError } from '@shigang/shared';
import { may, type Ability } from './abilities.ts';
import type { Viewer } from './viewer.ts';

/**
 * Every command of the house → the ability that it asks for. A command asks by itself ({@link assertMay} is its first
 * line), so that API, command line and jobs judge alike. test/src/security/commands.test.ts holds every module face to
 * this table: a function of a face that is missing here does not compile there.
 */
export const commands = {
  'settings.show': 'settings.read',
  'settings.apply': 'settings.write',
  'model.show': 'model.read',
  'model.apply': 'model.write',
  'plan.show': 'plan.read',
  'plan.apply': 'plan.write',
  import: 'facts.write',
  template: 'facts.write',
  employees: 'people.read',
  'profiles.rebuild': 'profiles.write',
  'incentives.compute': 'statements.write',
  'explain.match': 'figures.read',
  'explain.incentive': 'figures.read',
  'cycle.run': 'cycle.run',
  'cycle.compute': 'cycle.run',
  'cycle.list': 'cycle.read',
  'cycle.preview': 'cycle.decide',
  'cycle.decide': 'cycle.decide',
  'cycle.confirm': 'cycle.decide',
  'cycle.publish': 'cycle.decide',
  'cycle.close': 'cycle.decide',
  'cycle.resolve': 'cycle.decide',
  'cycle.resend': 'cycle.decide',
  'cycle.reply': 'own.answer',
  'runs.list': 'runs.read',
  'runs.cancel': 'runs.read',
  sync: 'operate',
  tick: 'operate',
  'day.pass': 'operate',
} as const satisfies Readonly<Record<string, Ability>>;

export type CommandName = keyof typeof commands;

/** Codes of one person's figures: whether they are absent or forbidden is not to be told apart. */
type Refusal = 'access.denied' | 'cycle.person_not_found' | 'statement.not_found';

/** The first line of every command. @throws AppError access.denied, or what stands for it */
export function assertMay(viewer: Viewer, command: CommandName, refusal: Refusal = 'access.denied'): void {
  if (!may(viewer, commands[command])) throw new AppError(refusal);
}
