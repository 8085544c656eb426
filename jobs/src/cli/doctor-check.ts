/** One look at one thing, with the fix in one sentence when it is not well. */
export interface Check {
  readonly id:
    'settings' | 'database' | 'migrations' | 'outbox' | 'inbox' | 'imports' | 'redis' | 'token' | 'events';
  readonly ok: boolean;
  readonly detail: string;
  readonly fix: string | null;
}

export const good = (id: Check['id'], detail: string): Check => ({ id, ok: true, detail, fix: null });
export const bad = (id: Check['id'], error: unknown, fix: string): Check => ({
  id,
  ok: false,
  detail: error instanceof Error ? error.message : String(error),
  fix,
});
