import type { Viewer } from '../../access/index.ts';
import type { ReviewDeps } from './deps.ts';

/** Many people read at once: one row names the cycle and how many were shown; a list without anybody leaves none. */
export async function recordListRead(
  { db, audit }: Pick<ReviewDeps, 'db' | 'audit'>,
  viewer: Viewer,
  {
    list,
    cycleId,
    people,
  }: { readonly list: 'people' | 'tier_list'; readonly cycleId: string; readonly people: number },
): Promise<void> {
  if (people === 0 || viewer.isSystem) return;
  await db.transaction((tx) =>
    audit.record(tx, viewer, {
      action: `${list}.read`,
      subjectKind: 'cycle',
      subjectId: cycleId,
      after: { people },
    }),
  );
}
