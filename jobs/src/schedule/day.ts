import type { App } from '@shigang/server';

/** The first run after 00:00: reply periods that are over, role changes whose day has come, passed courses, to-dos given up. */
export async function runDay(app: Pick<App, 'modules' | 'log'>): Promise<void> {
  const passed = await app.modules.roleChange.passDay();
  const trained = await app.modules.development.settlePassed();
  const retried = await app.modules.development.retryTodos();
  app.log.info({ ...passed, trained, retried }, 'a new day');
}
