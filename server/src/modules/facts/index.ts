import { quarterIndex, quarterIndexOfDay } from '@shigang/shared';
import { today, type Clock } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { FactWriter } from './fact-writer.ts';
import type { FactKind } from './fact-types.ts';
import { recordsOf, type FactRecord, type RecordKind, type SeenBy } from './records-of.ts';

export { MERGE_ROWS, type MergeOutcome } from './fact-writer.ts';
export type * from './fact-types.ts';
export type { FactRecord, RecordKind, SeenBy } from './records-of.ts';

/** The face of imported facts. */
export interface Facts {
  /**
   * Locks the kinds against every other import and opens a writer for one batch in the caller's transaction. Call
   * `finish()` on it last.
   */
  openWriter(tx: Tx, batchId: string, kinds: readonly FactKind[]): Promise<FactWriter>;
  /** Whether facts changed since the last rebuild for this purpose. */
  hasDirtyMarks(purpose: 'profile' | 'statement'): Promise<boolean>;
  /** Records behind a figure, as far as the predicate lets them be seen; see {@link recordsOf}. */
  recordsOf(kind: RecordKind, ids: readonly string[], seen: SeenBy): Promise<FactRecord[]>;
}

export interface FactsDeps {
  readonly db: Database;
  readonly clock: Clock;
}

export function createFacts({ db, clock }: FactsDeps): Facts {
  return {
    async openWriter(tx, batchId, kinds) {
      await tx.select('SELECT kind FROM import_locks WHERE kind IN (?) ORDER BY kind FOR UPDATE', [kinds]);
      return new FactWriter(tx, {
        batchId,
        now: clock.now(),
        currentQuarter: quarterIndexOfDay(today(clock)),
        lockedQuarters: await lockedQuarters(tx),
      });
    },
    async hasDirtyMarks(purpose) {
      const rows = await db.select('SELECT 1 AS found FROM dirty_marks WHERE purpose = ? LIMIT 1', [purpose]);
      return rows.length > 0;
    },
    recordsOf: (kind, ids, seen) => recordsOf(db, kind, ids, seen),
  };
}

/** Quarters with a statement that is locked or paid. */
async function lockedQuarters(tx: Tx): Promise<Set<number>> {
  const rows = await tx.select<{ period: string }>(
    `SELECT p.period FROM (SELECT DISTINCT period FROM statements) p
     WHERE EXISTS (SELECT 1 FROM statements s WHERE s.period = p.period AND s.status <> 'open')`,
  );
  return new Set(rows.map((row) => quarterIndex(row.period)));
}
