import {
  DOCUMENT_FORMAT,
  writeDocument,
  type Period,
  type Statement,
  type StatementStatus,
} from '@shigang/shared';
import type { Sql, SqlScalar } from '../../platform/database.ts';
import { sha256 } from '../../platform/ids.ts';
import type { UserRange } from './read-people.ts';

/** One person's freshly priced statement; null: nothing to state any more. */
export interface PricedStatement {
  readonly userId: string;
  readonly statement: Statement | null;
}

interface StoredRow {
  user_id: string;
  status: StatementStatus;
  doc_hash: string;
  old_total_fen: number | null;
}

/** What is stored now, as far as it decides whether to write. */
export type StoredStatements = ReadonlyMap<string, StoredRow>;

/** Bytes of documents per INSERT: well under every server's packet limit. */
const BATCH_CHARACTERS = 3_000_000;
const COLUMNS = [
  'period',
  'user_id',
  'total_fen',
  'old_total_fen',
  'line_count',
  'doc_version',
  'doc_hash',
  'doc',
  'computed_at',
] as const;

export async function lockStatements(tx: Sql, period: Period, range: UserRange): Promise<StoredStatements> {
  const rows = await tx.select<StoredRow>(
    `SELECT user_id, status, doc_hash, old_total_fen FROM statements
     WHERE period = ? AND user_id BETWEEN ? AND ? FOR UPDATE`,
    [period, range.from, range.to],
  );
  return new Map(rows.map((row) => [row.user_id, row]));
}

/**
 * Writes the statements whose document or comparison differs from the stored one, with their totals per component; a
 * person who has nothing to state any more loses an open one. Locked and paid statements are left alone.
 * @returns how many were written or removed
 */
export async function writeStatements(
  tx: Sql,
  period: Period,
  priced: readonly PricedStatement[],
  context: { readonly stored: StoredStatements; readonly now: string },
): Promise<number> {
  const gone: string[] = [];
  const rows: SqlScalar[][] = [];
  const totals: SqlScalar[][] = [];
  for (const { userId, statement } of priced) {
    const before = context.stored.get(userId);
    if (before && before.status !== 'open') continue;
    if (statement === null) {
      if (before) gone.push(userId);
      continue;
    }
    const doc = writeDocument(statement);
    const hash = sha256(doc);
    const oldTotalFen = statement.comparison?.totalFen ?? null;
    if (before?.doc_hash === hash && before.old_total_fen === oldTotalFen) continue;
    const { totalFen, lineCount } = statement;
    rows.push([period, userId, totalFen, oldTotalFen, lineCount, DOCUMENT_FORMAT, hash, doc, context.now]);
    for (const total of totalsOf(statement)) totals.push([period, userId, ...total]);
  }
  const changed = [...gone, ...rows.map((row) => String(row[1]))];
  if (changed.length === 0) return 0;
  await tx.execute('DELETE FROM statement_totals WHERE period = ? AND user_id IN (?)', [period, changed]);
  if (gone.length > 0)
    await tx.execute('DELETE FROM statements WHERE period = ? AND user_id IN (?)', [period, gone]);
  for (const batch of batchesOf(rows))
    await tx.insertMany('statements', COLUMNS, batch, { update: COLUMNS.slice(2) });
  await tx.insertMany(
    'statement_totals',
    ['period', 'user_id', 'plan_id', 'component', 'amount_fen', 'line_count'],
    totals,
  );
  return changed.length;
}

/** Sums by plan and component; a clawback counts for the component that it corrects. */
function totalsOf({ groups }: Statement): [string, string, number, number][] {
  const byComponent = new Map<string, [string, string, number, number]>();
  for (const { head, lines, amountFen } of groups) {
    const key = `${head.planId}\n${head.component}`;
    const [, , fen, count] = byComponent.get(key) ?? ['', '', 0, 0];
    byComponent.set(key, [head.planId, head.component, fen + amountFen, count + lines.length]);
  }
  return [...byComponent.values()];
}

function batchesOf(rows: readonly SqlScalar[][]): SqlScalar[][][] {
  const batches: SqlScalar[][][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const row of rows) {
    const length = String(row[COLUMNS.indexOf('doc')]).length;
    if (size + length > BATCH_CHARACTERS) {
      batches.push([]);
      size = 0;
    }
    batches.at(-1)?.push(row);
    size += length;
  }
  return batches;
}
