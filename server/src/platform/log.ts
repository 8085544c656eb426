import { pino, type Logger } from 'pino';

export type Log = Logger;

/** Paths whose values never reach a log line. */
const SECRETS = [
  '*.secret',
  '*.password',
  '*.accessToken',
  '*.access_token',
  '*.authCode',
  '*.cookie',
  'authorization',
  'cookie',
];

/** JSON lines on stderr, so that stdout stays one JSON document under `--json`. */
export function createLog(level: string, name: string): Log {
  return pino(
    { level, name, redact: { paths: SECRETS, censor: '[hidden]' } },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** Prints a person's line or a command's document to stdout. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Prints a person's line to stderr. */
export function complain(text: string): void {
  process.stderr.write(`${text}\n`);
}
