import { spawn } from 'node:child_process';

/** What a run of the hook said, for the person who pressed a clock button. */
export interface HookResult {
  command: string;
  exitCode: number | null;
  output: string;
}

/** A tick over several quarters takes minutes; one that takes longer hangs. */
const HOOK_TIMEOUT_MS = 15 * 60_000;
/** The console shows the end of the output only. */
const OUTPUT_CHARS = 4_000;

/**
 * Runs the command that moves the product's clock after the simulator's: the instant is its last argument.
 *
 * @param command a shell command line, for example `npx shigang tick --until`
 * @param instant ISO instant in Shanghai time, the new business time
 * @param env what the command finds in its environment beside the simulator's own
 */
export function runClockHook(
  command: string,
  instant: string,
  env: Record<string, string> = {},
): Promise<HookResult> {
  return new Promise((resolve) => {
    const line = `${command} ${instant}`;
    const child = spawn(line, {
      shell: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: HOOK_TIMEOUT_MS,
      env: { ...process.env, ...env },
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-OUTPUT_CHARS);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => resolve({ command: line, exitCode: null, output: error.message }));
    child.on('close', (exitCode) => resolve({ command: line, exitCode, output }));
  });
}
