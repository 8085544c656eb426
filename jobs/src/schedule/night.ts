import { pruneInbox, type App } from '@shigang/server';

/** Every night: DingTalk's organisation, then what changed since, profiles before pay; old events go. */
export async function runNight(app: App): Promise<void> {
  const report = await app.modules.sync.run();
  app.log.info({ status: report.status }, 'nightly sync');
  await app.modules.match.rebuildChanged();
  await app.modules.incentive.recomputeChanged();
  app.log.info({ deleted: await pruneInbox(app) }, 'old events deleted');
}
