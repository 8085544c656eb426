import { countTiers, shanghaiDay } from '@shigang/shared';
import { loadViewer, type Viewer } from '../../../access/index.ts';
import { today } from '../../../platform/clock.ts';
import type { Sql, Tx } from '../../../platform/database.ts';
import { cycleCard, type CycleCardPayload } from '../../notice/index.ts';
import type { Settings } from '../../settings/index.ts';
import type { Cycle } from '../../cycle/index.ts';
import type { ReviewDeps } from '../deps.ts';
import { countedOf, membersOf } from '../members.queries.ts';

/**
 * One card per HR person with somebody of the cycle in scope, and per HR admin; the unique key keeps it one.
 * @returns how many
 */
export async function addCycleCards(deps: ReviewDeps, tx: Tx, cycle: Cycle): Promise<number> {
  const cards: CycleCardPayload[] = [];
  for (const viewer of await hrViewers(tx, await deps.settings.current())) {
    const members = await membersOf(tx, { cycle, viewer, today: today(deps.clock) });
    if (viewer.userId === null || (members.length === 0 && !viewer.isHrAdmin)) continue;
    cards.push({
      cycleId: cycle.cycleId,
      userId: viewer.userId,
      period: cycle.period,
      role: cycle.role,
      publishedOn: shanghaiDay(deps.clock.now()),
      counts: countTiers(members.map(countedOf)),
    });
  }
  await deps.notice.tell(tx, cycleCard, cards);
  return cards.length;
}

/** Everybody in service who is HR or HR admin, with the rights of each. */
export async function hrViewers(sql: Sql, settings: Settings): Promise<Viewer[]> {
  const names = [...settings.accessRoles.hr, ...settings.accessRoles.hrAdmin];
  if (names.length === 0) return [];
  const rows = await sql.select<{ user_id: string }>(
    `SELECT DISTINCT r.user_id FROM dingtalk_roles r JOIN employees e ON e.user_id = r.user_id
     WHERE r.role_name IN (?) AND e.active = 1 ORDER BY r.user_id`,
    [names],
  );
  const viewers: Viewer[] = [];
  for (const row of rows) viewers.push(await loadViewer(sql, row.user_id, settings));
  return viewers;
}
