import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Env } from '@shigang/server';

const LINE = /^\s*([A-Z][A-Z0-9_]*)\s*=\s*(.*?)\s*$/;

/**
 * The process environment wins. Without DATABASE_URL in it one file is read whole: `.local/env` while the demo that wrote
 * it runs, else `.env` (docs/settings.md). Servers and workers read `.env` only.
 */
export function readEnvironment(options: { servers?: boolean } = {}): Env {
  if (process.env['DATABASE_URL']) return process.env;
  const file = options.servers ? null : demoFile();
  return { ...parse(file ?? '.env'), ...process.env };
}

/** The running demo's file, or null; one that its demo left behind is deleted. */
function demoFile(): string | null {
  const file = join('.local', 'env');
  if (!existsSync(file)) return null;
  const pid = Number(parse(file)['SHIGANG_DEMO_PID']);
  if (isRunning(pid)) return file;
  rmSync(file, { force: true });
  return null;
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}

function parse(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  const entries = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .map((line) => LINE.exec(line))
    .filter((match) => match !== null)
    .map((match) => [match[1] ?? '', unquoted(match[2] ?? '')] as const);
  return Object.fromEntries(entries);
}

const unquoted = (value: string): string => /^(["'])(.*)\1$/.exec(value)?.[2] ?? value;
