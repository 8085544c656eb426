import type { DayString, SalesRole } from '@shigang/shared';
import type { Tx } from '../../platform/database.ts';
import { readJson } from '../../platform/json.ts';

/** A stored role assignment, as a revision keeps it. */
export interface AssignmentRow {
  readonly user_id: string;
  readonly valid_from: DayString;
  readonly role: SalesRole;
  readonly source: 'import' | 'decision';
  readonly decision_id: string | null;
  readonly batch_id: string | null;
}
export type AssignmentKey = Pick<AssignmentRow, 'user_id' | 'valid_from'>;

/** As the revisions of imports name it, so that what was covered by a file and by a decision lies in one place. */
const KIND = 'roles';
const naturalKey = ({ user_id, valid_from }: AssignmentKey): string => `${user_id}|${valid_from}`;

/** Keeps what a decision is about to write over; the decision stands where an import has its batch. */
export async function keepCovered(tx: Tx, decisionId: string, covered: AssignmentRow): Promise<void> {
  await tx.insertMany(
    'fact_revisions',
    ['batch_id', 'kind', 'natural_key', 'previous'],
    [[decisionId, KIND, naturalKey(covered), JSON.stringify(covered)]],
    { update: ['previous'] },
  );
}

/** Hands back what a decision had written over and forgets it; null: nothing was there. */
export async function takeCovered(
  tx: Tx,
  decisionId: string,
  key: AssignmentKey,
): Promise<AssignmentRow | null> {
  const of = [decisionId, KIND, naturalKey(key)];
  const [row] = await tx.select<{ previous: string }>(
    'SELECT previous FROM fact_revisions WHERE batch_id = ? AND kind = ? AND natural_key = ?',
    of,
  );
  if (!row) return null;
  await tx.execute('DELETE FROM fact_revisions WHERE batch_id = ? AND kind = ? AND natural_key = ?', of);
  return readJson<AssignmentRow>(row.previous);
}

/**
 * What was written over the withdrawn decision's assignment must not bring it back: it now covers what that one covered.
 */
export async function skipCovered(
  tx: Tx,
  decisionId: string,
  key: AssignmentKey,
  below: AssignmentRow | null,
): Promise<void> {
  const rows = await tx.select<{ batch_id: string; previous: string }>(
    'SELECT batch_id, previous FROM fact_revisions WHERE kind = ? AND natural_key = ?',
    [KIND, naturalKey(key)],
  );
  const above = rows.find(({ previous }) => readJson<AssignmentRow>(previous).decision_id === decisionId);
  if (!above) return;
  const of = [above.batch_id, KIND, naturalKey(key)];
  await (below === null
    ? tx.execute('DELETE FROM fact_revisions WHERE batch_id = ? AND kind = ? AND natural_key = ?', of)
    : tx.execute(
        'UPDATE fact_revisions SET previous = ? WHERE batch_id = ? AND kind = ? AND natural_key = ?',
        [JSON.stringify(below), ...of],
      ));
}
