import { pruneInbox, pruneOutbox, systemViewer, type App } from '@shigang/server';

const DAY_MS = 86_400_000;

/** Every night: DingTalk's organisation, then what changed since, profiles before pay; old events and old post go. */
export async function runNight(app: App): Promise<void> {
  const viewer = systemViewer('schedule.night');
  const report = await app.modules.sync.run(viewer);
  app.log.info({ status: report.status }, 'nightly sync');
  await app.modules.match.rebuildChanged(viewer);
  await app.modules.incentive.recomputeChanged(viewer);
  app.log.info({ deleted: await pruneInbox(app) }, 'old events deleted');
  app.log.info({ deleted: await pruneOldPost(app) }, 'old post deleted');
}

/** What was sent long ago; what has to be known of it stands with whom it concerns. */
async function pruneOldPost({ db, clock, modules }: App): Promise<number> {
  await modules.notice.adoptEarlier();
  const { outboxKeepDays } = await modules.settings.current();
  return pruneOutbox(db, clock.real() - outboxKeepDays * DAY_MS);
}
