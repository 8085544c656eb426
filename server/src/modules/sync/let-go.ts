import { today } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { personLeft } from '../org/index.ts';
import type { SyncDeps } from './sync-org.ts';

/** Whoever has left loses access at once, in the transaction that says so; whom else it concerns hears of it. */
export async function letGo(
  { clock, endSessions, news }: Pick<SyncDeps, 'clock' | 'endSessions' | 'news'>,
  tx: Tx,
  userIds: readonly string[],
): Promise<void> {
  await endSessions(tx, userIds);
  const on = today(clock);
  await news.tellAll(
    tx,
    personLeft,
    userIds.map((userId) => ({ userId, on })),
  );
}
