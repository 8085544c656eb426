import type { SalesRole } from '@shigang/shared';
import { sqlInstant } from '../../platform/clock.ts';
import type { Sql, SqlScalar, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';

/* The one home of the table `dirty_marks`: who writes, takes or clears marks does it here. */

/** What must be computed again: metrics and scores, or incentive statements. */
export type DirtyPurpose = 'profile' | 'statement';

/** One mark as it was taken; clearing it leaves a mark that was renewed meanwhile. */
export interface DirtyMark {
  readonly userId: string;
  /** year·4 + quarter − 1 of the fact's own day. */
  readonly quarter: number;
  readonly mark: string;
}

/** Marks as a document: purpose → a list per person, the userid before the quarters. */
export type MarkedQuarters = Readonly<Record<DirtyPurpose, readonly (readonly (string | number)[])[]>>;

const COLUMNS = ['user_id', 'quarter', 'purpose', 'marked_at', 'mark'];
/** The oldest change first for profiles; statements quarter by quarter, so that a take holds few of them. */
const ORDER: Readonly<Record<DirtyPurpose, string>> = {
  profile: 'marked_at',
  statement: 'quarter, user_id',
};
/** Marks cleared by one statement. */
const CLEAR_ROWS = 1_000;

/**
 * Marks of (purpose, employee, quarter) for everything that changed in one transaction, written at its end so that no
 * worker waits for an import.
 *
 * `quarter` is that of the fact's own day. A profile mark concerns every period whose look-back can hold that day or
 * that lies after it (the first won large deal counts for ever): the rebuild decides. A statement mark concerns the
 * statement of that quarter.
 */
export class DirtyMarks {
  readonly #quarters = { profile: new Map<string, Set<number>>(), statement: new Map<string, Set<number>>() };

  add(purpose: DirtyPurpose, userId: string, quarter: number): void {
    const users = this.#quarters[purpose];
    const quarters = users.get(userId);
    if (quarters) quarters.add(quarter);
    else users.set(userId, new Set([quarter]));
  }

  addAll(marked: MarkedQuarters): void {
    for (const purpose of ['profile', 'statement'] as const) {
      for (const [userId, ...quarters] of marked[purpose])
        for (const quarter of quarters) this.add(purpose, String(userId), Number(quarter));
    }
  }

  asDocument(): MarkedQuarters {
    const of = (purpose: DirtyPurpose): (string | number)[][] =>
      Array.from(this.#quarters[purpose], ([userId, quarters]) => [userId, ...quarters]);
    return { profile: of('profile'), statement: of('statement') };
  }

  /**
   * @param mark a new id: a rebuild that began before this change does not clear it
   * @param now business time, ms
   */
  async write(tx: Tx, mark: string, now: number): Promise<void> {
    const rows: SqlScalar[][] = [];
    const at = sqlInstant(now);
    for (const [purpose, users] of Object.entries(this.#quarters)) {
      // One order for all writers, so that two imports do not wait for each other in a circle.
      for (const userId of [...users.keys()].sort()) {
        for (const quarter of [...(users.get(userId) ?? [])].sort((a, b) => a - b)) {
          rows.push([userId, quarter, purpose, at, mark]);
        }
      }
    }
    await tx.insertMany('dirty_marks', COLUMNS, rows, { update: ['marked_at', 'mark'] });
  }
}

/** Marks the statements of a quarter of everybody who ever held one of the roles. @param now business time, ms */
export async function markHolders(
  tx: Sql,
  roles: readonly SalesRole[],
  quarter: number,
  now: number,
): Promise<void> {
  await tx.execute(
    `INSERT INTO dirty_marks (user_id, quarter, purpose, marked_at, mark)
     SELECT DISTINCT user_id, ?, 'statement', ?, ? FROM role_assignments WHERE role IN (?)
     ON DUPLICATE KEY UPDATE marked_at = VALUES(marked_at), mark = VALUES(mark)`,
    [quarter, sqlInstant(now), newId(), roles],
  );
}

/** No import is being applied: nobody computes from half of a file. */
const QUIET = "NOT EXISTS (SELECT 1 FROM import_runs WHERE state = 'applying')";

/** Marks to work on, up to `limit`, none while an import is being applied; they stay until {@link clearMarks}. */
export async function takeMarks(sql: Sql, purpose: DirtyPurpose, limit: number): Promise<DirtyMark[]> {
  return sql.select<DirtyMark>(
    `SELECT user_id AS userId, quarter, mark FROM dirty_marks WHERE purpose = ? AND ${QUIET}
     ORDER BY ${ORDER[purpose]} LIMIT ${Math.trunc(limit)}`,
    [purpose],
  );
}

/** Takes away what was worked on, except what was renewed meanwhile. */
export async function clearMarks(tx: Sql, purpose: DirtyPurpose, marks: readonly DirtyMark[]): Promise<void> {
  for (let from = 0; from < marks.length; from += CLEAR_ROWS) {
    const seen = marks
      .slice(from, from + CLEAR_ROWS)
      .map(({ userId, quarter, mark }) => [userId, quarter, mark]);
    await tx.execute('DELETE FROM dirty_marks WHERE purpose = ? AND (user_id, quarter, mark) IN (?)', [
      purpose,
      seen as unknown as string[],
    ]);
  }
}

/** Whether there is anything to take. */
export async function hasMarks(sql: Sql, purpose: DirtyPurpose): Promise<boolean> {
  const rows = await sql.select(`SELECT 1 AS found FROM dirty_marks WHERE purpose = ? AND ${QUIET} LIMIT 1`, [
    purpose,
  ]);
  return rows.length > 0;
}
