import type { NoticeDeps } from './deps.ts';
import { payloadOf } from './notices-of-decision.ts';

/** At a time: what an earlier release sent while this one was being brought in is little. */
const BATCH = 500;

/**
 * Keeps with the notice what its text is made of where an earlier release, still at work beside this one, left it with the
 * post alone. Before posts are deleted. @returns how many
 */
export async function adoptEarlier(deps: Pick<NoticeDeps, 'db' | 'outbox'>): Promise<number> {
  const rows = await deps.db.select<{ id: string; payload: null }>(
    `SELECT id, payload FROM notices WHERE payload IS NULL ORDER BY id LIMIT ${BATCH}`,
  );
  let adopted = 0;
  for (const row of rows) {
    const payload = await payloadOf(deps, deps.db, row);
    if (payload === null) continue;
    await deps.db.execute('UPDATE notices SET payload = ? WHERE id = ?', [payload, row.id]);
    adopted += 1;
  }
  return adopted;
}
