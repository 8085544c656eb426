import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { ROOT } from '../root.ts';
import { afterSuite } from '../servers.ts';

export const LAUNCHER = resolve(ROOT, 'jobs/bin/shigang.js');
const STOP_MS = 15_000;

export interface ShigangResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Env = Readonly<Record<string, string>>;

/** Environment of a child: what says something about the machine, and `own`; nothing of a real tenant. */
export function childEnv(own: Env = {}): Record<string, string> {
  const env: Record<string, string> = {};
  for (const name of ['PATH', 'HOME', 'USER', 'LANG', 'TMPDIR', 'NODE_EXTRA_CA_CERTS']) {
    const value = process.env[name];
    if (value !== undefined) env[name] = value;
  }
  return { ...env, LOG_LEVEL: 'warn', ...own };
}

/** Runs the public command line (the build) to its end. */
export async function shigang(args: readonly string[], env: Env): Promise<ShigangResult> {
  const child = start(args, env);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? 1, stdout, stderr };
}

/** Runs a command with `--json` and returns its document. @throws Error with both outputs when it failed */
export async function shigangJson<Document>(args: readonly string[], env: Env): Promise<Document> {
  const result = await shigang([...args, '--json'], env);
  if (result.code !== 0) throw new Error(`shigang ${args.join(' ')}: ${result.stdout}${result.stderr}`);
  return JSON.parse(result.stdout) as Document;
}

export interface RunningShigang {
  readonly child: ChildProcess;
  /** What it printed on stdout and stderr so far. */
  output(): string;
  /** Waits until its output matches. @throws Error when it ends or takes longer than `timeoutMs` */
  printed(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** SIGTERM, then SIGKILL after {@link STOP_MS}. */
  stop(): Promise<void>;
}

/** Starts `serve`, `worker` or `simulator`; it is stopped after the suite's last test. */
export function startShigang(args: readonly string[], env: Env): RunningShigang {
  const child = start(args, env);
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const stop = async (): Promise<void> => {
    if (hasEnded(child)) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await once(child, 'close');
    clearTimeout(timer);
  };
  afterSuite(stop);
  const printed = async (pattern: RegExp, timeoutMs = 20_000): Promise<RegExpExecArray> => {
    const end = performance.now() + timeoutMs;
    for (;;) {
      const match = pattern.exec(output);
      if (match) return match;
      if (hasEnded(child)) throw new Error(`shigang ${args.join(' ')} ended: ${output}`);
      if (performance.now() > end)
        throw new Error(`shigang ${args.join(' ')} did not print ${pattern}: ${output}`);
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  return { child, output: () => output, printed, stop };
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

const start = (args: readonly string[], env: Env): ChildProcess =>
  spawn(process.execPath, [LAUNCHER, ...args], {
    cwd: ROOT,
    env: childEnv(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
