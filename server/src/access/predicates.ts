import type { SqlParam } from '../platform/database.ts';
import type { Viewer } from './viewer.ts';

/** A piece of WHERE with its parameters; part of the query itself, never a filter afterwards. */
export interface Predicate {
  readonly sql: string;
  readonly params: readonly SqlParam[];
}

/** Kinds of personal data with different rules (docs/domain.md §8). */
export type PersonalData =
  /** Metrics, profile, score and tier. Managers see their reports'. */
  | 'profile'
  /** Statement lines and totals. Managers never. */
  | 'statement'
  /** Members of a review cycle as HR works on them; not even the own row. */
  | 'cycle';

/**
 * The people whose data of this kind the viewer may read, as a predicate on the column that holds the userid.
 * Absent and forbidden look alike to the asker.
 */
export function visibleEmployees(viewer: Viewer, data: PersonalData, column: string): Predicate {
  if (viewer.isSystem || viewer.isHrAdmin) return { sql: '1 = 1', params: [] };
  const parts: Predicate[] = [];
  if (data !== 'cycle' && viewer.userId !== null)
    parts.push({ sql: `${column} = ?`, params: [viewer.userId] });
  if (viewer.isHr && viewer.hrDepartmentIds.length > 0) {
    parts.push({
      sql: `${column} IN (SELECT seen.user_id FROM employees seen WHERE seen.main_dept_id IN (?))`,
      params: [viewer.hrDepartmentIds],
    });
  }
  if (data === 'profile' && viewer.reportIds.length > 0)
    parts.push({ sql: `${column} IN (?)`, params: [viewer.reportIds] });
  if (parts.length === 0) return { sql: '1 = 0', params: [] };
  return {
    sql: `(${parts.map((part) => part.sql).join(' OR ')})`,
    params: parts.flatMap((part) => part.params),
  };
}
