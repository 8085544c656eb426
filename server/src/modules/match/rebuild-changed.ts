import {
  period,
  periodOfDay,
  previousPeriod,
  quarterIndex,
  type Period,
  type SalesRole,
} from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { today } from '../../platform/clock.ts';
import type { Sql } from '../../platform/database.ts';
import { clearMarks, hasMarks, takeMarks } from '../facts/index.ts';
import { roleModelInForce } from './role-model-store.ts';
import { rebuildProfiles, type RebuildDeps } from './rebuild-profiles.ts';

/** Marks taken at once; more wait for the next run. */
const MARKS = 2_000;
/** From so many people on a whole rebuild reads less than their single ones. */
const WHOLE_FROM = 500;

export interface ChangedResult {
  /** Marks cleared. */
  readonly marks: number;
  readonly people: number;
}

/**
 * Rebuilds the profiles that changed facts made stale: of the marked people, every period kept so far (and always the
 * running and the last quarter) that ends on or after the fact; and of everybody where another model is in force. A mark renewed meanwhile stays for the next run.
 */
export async function rebuildChanged(deps: RebuildDeps, viewer: Viewer): Promise<ChangedResult> {
  assertMay(viewer, 'profiles.rebuild');
  const marks = await takeMarks(deps.db, 'profile', MARKS);
  const since = new Map<string, number>();
  for (const mark of marks)
    since.set(mark.userId, Math.min(since.get(mark.userId) ?? mark.quarter, mark.quarter));
  for (const key of await keptProfiles(deps)) {
    const index = quarterIndex(key.period);
    if (await isOfOtherModel(deps, key)) {
      await rebuildProfiles(deps, viewer, key);
      continue;
    }
    const userIds = [...since].filter(([, quarter]) => quarter <= index).map(([userId]) => userId);
    if (userIds.length === 0) continue;
    await rebuildProfiles(
      deps,
      viewer,
      userIds.length >= WHOLE_FROM ? key : { ...key, userIds: userIds.sort() },
    );
  }
  await deps.db.transaction((tx) => clearMarks(tx, 'profile', marks));
  return { marks: marks.length, people: since.size };
}

export const hasChanged = (sql: Sql): Promise<boolean> => hasMarks(sql, 'profile');

/**
 * Whether profiles were scored under another version than the one in force now. One row speaks for all: a change of the
 * model rebuilds everybody at once, and a look at every row would cost each single rebuild.
 */
async function isOfOtherModel(deps: RebuildDeps, key: { period: Period; role: SalesRole }): Promise<boolean> {
  const [row] = await deps.db.select<{ model_version: number | null }>(
    'SELECT model_version FROM profiles WHERE period = ? AND role = ? ORDER BY user_id LIMIT 1',
    [key.period, key.role],
  );
  if (!row) return false;
  return row.model_version !== ((await roleModelInForce(deps.db, key.role, key.period))?.version ?? null);
}

/** Periods and roles that have profiles, and the running and the last quarter of every role with a model. */
async function keptProfiles(deps: RebuildDeps): Promise<{ period: Period; role: SalesRole }[]> {
  const kept = await deps.db.select<{ period: string; role: SalesRole }>(
    'SELECT DISTINCT period, role FROM profiles',
  );
  const roles = await deps.db.select<{ role: SalesRole }>('SELECT DISTINCT role FROM role_models');
  const running = periodOfDay(today(deps.clock));
  const recent = roles.flatMap(({ role }) =>
    [running, previousPeriod(running)].map((name) => ({ period: name, role })),
  );
  const byKey = new Map([...kept, ...recent].map((key) => [`${key.period}/${key.role}`, key]));
  return [...byKey.values()].map((key) => ({ period: period(key.period), role: key.role }));
}
