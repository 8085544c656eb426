import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { commands } from './commands/index.ts';
import { fail } from './context.ts';

const isJson = process.argv.includes('--json');

const program = new Command('shigang')
  .description('适岗：能力画像、匹配度与激励明细')
  .exitOverride()
  .configureOutput({ writeErr: (text) => process.stderr.write(text) });
for (const register of commands) register(program);

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  fail(error, isJson);
}
