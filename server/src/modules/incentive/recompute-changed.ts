import { periodOfIndex } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { clearMarks, takeMarks } from '../facts/index.ts';
import type { IncentiveDeps } from './deps.ts';
import { chunksOf, computeChunk } from './compute-statements.ts';
import type { UserRange } from './read-people.ts';

/** Marks looked at in one go. */
const MARKS = 5_000;
/** Up to this many people of a quarter are computed one by one, more by the chunks that hold them. */
const ONE_BY_ONE = 50;

/**
 * Recomputes the statements of the people and quarters whose facts, roles or plans changed since the last time, and
 * takes the marks away, except those renewed meanwhile. Any number of processes may do it at once.
 * @returns statements written or removed
 */
export async function recomputeChanged(
  deps: IncentiveDeps,
  viewer: Viewer,
): Promise<{ marks: number; written: number }> {
  assertMay(viewer, 'incentives.compute');
  let marks = 0;
  let written = 0;
  for (;;) {
    const rows = await takeMarks(deps.db, 'statement', MARKS);
    if (rows.length === 0) return { marks, written };
    for (const quarter of new Set(rows.map((row) => row.quarter))) {
      const period = periodOfIndex(quarter);
      const userIds = rows.filter((row) => row.quarter === quarter).map((row) => row.userId);
      for (const range of await rangesOf(deps, quarter, userIds)) {
        written += (await computeChunk(deps, viewer, { period, range })).written;
      }
    }
    // A transaction, so that losing against an import that renews marks only means trying again.
    await deps.db.transaction((tx) => clearMarks(tx, 'statement', rows));
    marks += rows.length;
  }
}

async function rangesOf(
  deps: IncentiveDeps,
  quarter: number,
  userIds: readonly string[],
): Promise<UserRange[]> {
  if (userIds.length <= ONE_BY_ONE) return userIds.map((userId) => ({ from: userId, to: userId }));
  const chunks = await chunksOf(deps, periodOfIndex(quarter));
  return chunks.filter(({ from, to }) => userIds.some((userId) => userId >= from && userId <= to));
}
