import { InvalidArgumentError, type Command } from 'commander';
import { complain, print } from '@shigang/server';
import { UsageError } from '../context.ts';
import { untilSignal } from '../until-signal.ts';

interface SimulatorOptions {
  readonly port?: number;
  readonly org?: string;
  readonly employees?: number;
  readonly seed?: number;
  readonly edition: 'standard' | 'professional';
  readonly onClock?: string;
  readonly app?: string;
  readonly now?: string;
}

const integer = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('must be a whole number');
  return Number(text);
};

/** Runs the DingTalk simulator in the foreground; a production install leaves the package out. */
export const registerSimulator = (program: Command): void => {
  program
    .command('simulator')
    .description('run the DingTalk simulator (development and tests)')
    .option('--port <n>', 'port on 127.0.0.1', integer)
    .option('--org <demo|file>', 'organisation file, or demo')
    .option('--employees <n>', 'a made-up organisation of this size', integer)
    .option('--seed <n>', 'seed of the made-up organisation', integer)
    .option('--edition <edition>', 'standard or professional', 'standard')
    .option('--on-clock <command>', 'runs when the clock moves; the instant is its last argument')
    .option('--app <url>', 'PUBLIC_URL of the product that the console opens')
    .option('--now <instant>', 'instant at which the simulated clock starts')
    .option('--json')
    .action(run);
};

async function run(options: SimulatorOptions): Promise<void> {
  if (options.org !== undefined && options.employees !== undefined) {
    throw new UsageError('either --org or --employees, not both');
  }
  const simulator = await import('@shigang/simulator').catch((cause: unknown) => {
    throw new UsageError(`the simulator is not part of this installation (${String(cause)})`);
  });
  const running = await simulator.startSimulator({
    org: await orgOf(simulator, options),
    port: options.port ?? 0,
    edition: options.edition,
    log: complain,
    ...(options.now === undefined ? {} : { now: options.now }),
    ...(options.onClock === undefined ? {} : { onClock: options.onClock }),
    ...(options.app === undefined ? {} : { appUrl: options.app }),
  });
  const { apiBase, oapiBase, consoleUrl, corpId, clientId, clientSecret, agentId } = running;
  print(JSON.stringify({ apiBase, oapiBase, consoleUrl, corpId, clientId, clientSecret, agentId }));
  await untilSignal();
  await running.close();
}

type SimulatorPackage = typeof import('@shigang/simulator');

async function orgOf(simulator: SimulatorPackage, options: SimulatorOptions) {
  if (options.employees !== undefined) return { employees: options.employees, seed: options.seed ?? 1 };
  if (options.org === undefined || options.org === 'demo') return simulator.demoOrg();
  return simulator.loadOrgFile(options.org);
}
