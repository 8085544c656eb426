import { hostname, userInfo } from 'node:os';
import { AppError } from '@shigang/shared';
import {
  operatorViewer,
  type App,
  type Need,
  type Viewer,
  buildApp,
  print,
  complain,
  readConfig,
} from '@shigang/server';
import { readEnvironment } from './environment.ts';

/** Wrong usage: exit 2. */
export class UsageError extends Error {}

/** The command's own document with an error in it: the work failed, but the document tells what was done (exit 1). */
export class FailedWithDocument extends Error {
  readonly document: object;

  constructor(document: object, cause: Pick<AppError, 'code' | 'message'>) {
    super(cause.message, { cause });
    this.document = { ...document, error: { code: cause.code, message: cause.message } };
  }
}

export interface CommandOptions {
  readonly json?: boolean;
  readonly as?: string;
}

/** Opens the parts that the command needs, runs it, closes them, and prints the document or a person's lines. */
export async function runCommand<Document extends object>(
  options: CommandOptions,
  needs: readonly Need[],
  work: (app: App) => Promise<Document>,
  describe: (document: Document) => string,
): Promise<void> {
  const app = await buildApp(readConfig(readEnvironment(), needs), needs, { name: 'cli' });
  try {
    const document = await work(app);
    print(options.json ? JSON.stringify(document) : describe(document));
  } finally {
    await app.close();
  }
}

/**
 * Whose rights a command uses: `--as U`, else the operator with an HR admin's.
 * @throws AppError command.as_required where a person must be named in production
 */
export async function viewerFor(app: App, options: CommandOptions, isPersonal = false): Promise<Viewer> {
  if (options.as !== undefined) {
    const viewer = await app.viewerOfEmployee(options.as);
    if (viewer.userId === null) throw new AppError('employee.unknown', { userId: options.as });
    return viewer;
  }
  if (isPersonal && app.config.production) throw new AppError('command.as_required');
  return operatorViewer(systemUser());
}

const systemUser = (): string => {
  try {
    return userInfo().username;
  } catch {
    return hostname();
  }
};

/** Ends the process with the exit code of the error, printed as `--json` or as one sentence. */
export function fail(error: unknown, isJson: boolean): never {
  if (error instanceof UsageError) {
    complain(error.message);
    process.exit(2);
  }
  const code = error instanceof AppError ? error.code : 'internal';
  const message = error instanceof Error ? error.message : String(error);
  if (isJson)
    print(
      JSON.stringify(error instanceof FailedWithDocument ? error.document : { error: { code, message } }),
    );
  else complain(message);
  if (!(error instanceof AppError) && !(error instanceof FailedWithDocument))
    complain(String((error as Error).stack ?? ''));
  process.exit(1);
}
