import { quarterIndexOfDay } from '@shigang/shared';
import { today } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { finishLeftRuns, hasLeftRuns } from './batches/finish-left-runs.ts';
import { ImportBatch, ImportPreview, type BatchRequest } from './batches/import-batch.ts';
import { hasMarks, type DirtyPurpose } from './dirty-marks.ts';
import { FactWriter } from './fact-writer.ts';
import type { BatchDeps } from './batches/run-store.ts';
import type { RecordKind } from './kinds/kind.ts';
import { recordsOf, type FactRecord, type SeenBy } from './records-of.ts';

export {
  clearMarks,
  DirtyMarks,
  hasMarks,
  markHolders,
  takeMarks,
  type DirtyMark,
  type DirtyPurpose,
} from './dirty-marks.ts';
export { assignRole, removeAssignment } from './decided-role.ts';
export type { AppliedBatch } from './batches/apply-run.ts';
export type { BatchRequest, ImportBatch, ImportPreview, KeptWarning } from './batches/import-batch.ts';
export { whileQuiet, type AssertQuiet } from './batches/quiet.ts';
export { failedRuns, type FailedRun } from './batches/run-store.ts';
export { MERGE_ROWS, type MergeOutcome } from './fact-writer.ts';
export { recordShapes, type Fact, type FactKind, type FactTypes } from './kinds/index.ts';
export type { RecordKind, RecordShape, StatedCredit } from './kinds/kind.ts';
export type { DealFact } from './kinds/deals.ts';
export type { FeedbackFact } from './kinds/feedback.ts';
export type { FactRecord, RecordOutcome, SeenBy } from './records-of.ts';

/** The face of imported facts. */
export interface Facts {
  /**
   * Opens a writer for one batch in the caller's transaction; it holds the rows that it writes. Call `finish()` on it last.
   */
  openWriter(tx: Tx, batchId: string): Promise<FactWriter>;
  /** Opens an import: read and compared first, taken over as a whole after. */
  openBatch(request: BatchRequest): Promise<ImportBatch>;
  /** The same figures without writing anything. */
  previewBatch(): ImportPreview;
  /** Takes up imports whose process is gone, see {@link finishLeftRuns}. */
  finishLeftRuns(): Promise<number>;
  hasLeftRuns(): Promise<boolean>;
  /** Whether facts changed since the last rebuild for this purpose. */
  hasDirtyMarks(purpose: DirtyPurpose): Promise<boolean>;
  /** Records behind a figure, as far as the predicate lets them be seen; see {@link recordsOf}. */
  recordsOf(kind: RecordKind, ids: readonly string[], seen: SeenBy): Promise<FactRecord[]>;
}

export type FactsDeps = BatchDeps;

export function createFacts(deps: FactsDeps): Facts {
  const { db, clock } = deps;
  return {
    async openWriter(tx, batchId) {
      return new FactWriter(tx, {
        batchId,
        now: clock.now(),
        currentQuarter: quarterIndexOfDay(today(clock)),
        lockedQuarters: await deps.lockedQuarters(tx),
      });
    },
    openBatch: (request) => ImportBatch.open(deps, request),
    previewBatch: () => new ImportPreview(deps),
    finishLeftRuns: () => finishLeftRuns(deps),
    hasLeftRuns: () => hasLeftRuns(deps),
    hasDirtyMarks: (purpose) => hasMarks(db, purpose),
    recordsOf: (kind, ids, seen) => recordsOf(db, kind, ids, seen),
  };
}
