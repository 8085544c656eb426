import { pruneInbox, systemViewer, type App } from '@shigang/server';

/** Every night: DingTalk's organisation, then what changed since, profiles before pay; old events go. */
export async function runNight(app: App): Promise<void> {
  const viewer = systemViewer('schedule.night');
  const report = await app.modules.sync.run(viewer);
  app.log.info({ status: report.status }, 'nightly sync');
  await app.modules.match.rebuildChanged(viewer);
  await app.modules.incentive.recomputeChanged(viewer);
  app.log.info({ deleted: await pruneInbox(app) }, 'old events deleted');
}
