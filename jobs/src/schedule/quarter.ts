import { AppError, REVIEWED_ROLE, type Period } from '@shigang/shared';
import { systemViewer, type App } from '@shigang/server';

/** First day of a quarter: the review of the one that ended, as far as `review`. Publication is a person's. */
export async function runQuarter(app: App, period: Period): Promise<void> {
  try {
    await app.modules.review.runCycle(systemViewer('schedule.quarter'), { period, role: REVIEWED_ROLE });
  } catch (error) {
    // Without a role model in force there is nothing to score; the administrator sees it in the log.
    if (!(error instanceof AppError && error.code === 'model.not_found')) throw error;
    app.log.warn({ period }, 'no role model in force: the quarter is not scored');
  }
}
