import { systemViewer, type App } from '@shigang/server';

/** The first run after 00:00: reply periods that are over, role changes whose day has come, passed courses, to-dos given up. */
export async function runDay(app: Pick<App, 'modules' | 'log'>): Promise<void> {
  const viewer = systemViewer('schedule.day');
  const passed = await app.modules.roleChange.passDay(viewer);
  const trained = await app.modules.development.settlePassed(viewer);
  const retried = await app.modules.development.retryTodos(viewer);
  app.log.info({ ...passed, trained, retried }, 'a new day');
}
