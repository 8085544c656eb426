import { sqlInstant } from '../../platform/clock.ts';
import type { SqlScalar, Tx } from '../../platform/database.ts';

/** What must be computed again: metrics and scores, or incentive statements. */
export type DirtyPurpose = 'profile' | 'statement';

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

  /** Number of marks held. */
  get size(): number {
    let total = 0;
    for (const users of Object.values(this.#quarters))
      for (const quarters of users.values()) total += quarters.size;
    return total;
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
    await tx.insertMany('dirty_marks', ['user_id', 'quarter', 'purpose', 'marked_at', 'mark'], rows, {
      update: ['marked_at', 'mark'],
    });
  }
}
