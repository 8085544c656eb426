import {
  DOCUMENT_FORMAT,
  writeDocument,
  type Period,
  type Statement,
  type StatementStatus,
} from '@shigang/shared';
import type { PreparedScalar, Sql, SqlScalar, Tx } from '../../platform/database.ts';
import { sha256 } from '../../platform/ids.ts';
import type { UserRange } from './read-people.ts';

interface StoredRow {
  user_id: string;
  status: StatementStatus;
  doc_hash: string;
  old_total_fen: number | null;
  total_fen: number;
  line_count: number;
}

/** What is stored now, as far as it decides whether to write. */
export type StoredStatements = ReadonlyMap<string, StoredRow>;

/** Totals of the statements of a run of people as stored after it. */
export interface ComputedStatements {
  readonly statements: number;
  readonly lines: number;
  readonly totalFen: number;
  /** How many differed from what was stored. */
  readonly written: number;
}

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

const TOTAL_COLUMNS = ['period', 'user_id', 'plan_id', 'component', 'amount_fen', 'line_count'] as const;

export async function lockStatements(tx: Sql, period: Period, range: UserRange): Promise<StoredStatements> {
  const rows = await tx.select<StoredRow>(
    `SELECT user_id, status, doc_hash, old_total_fen, total_fen, line_count FROM statements
     WHERE period = ? AND user_id BETWEEN ? AND ? FOR UPDATE`,
    [period, range.from, range.to],
  );
  return new Map(rows.map((row) => [row.user_id, row]));
}

/**
 * What is to be written of one run of people: the statements whose document or comparison differs from the stored one,
 * with their totals per component; a person who has nothing to state any more loses an open one. Locked and paid
 * statements are left alone.
 */
export class StatementWriter {
  readonly #gone: string[] = [];
  readonly #rows: PreparedScalar[][] = [];
  readonly #totals: SqlScalar[][] = [];
  #statements = 0;
  #lines = 0;
  #totalFen = 0;

  constructor(
    private readonly period: Period,
    private readonly stored: StoredStatements,
    private readonly now: string,
  ) {}

  /** @param statement null: the person has nothing to state */
  add(userId: string, statement: Statement | null): void {
    const before = this.stored.get(userId);
    if (before && before.status !== 'open') {
      this.#count(Number(before.line_count), Number(before.total_fen));
    } else if (statement === null) {
      if (before) this.#gone.push(userId);
    } else {
      this.#count(statement.lineCount, statement.totalFen);
      this.#addOpen(userId, statement, before);
    }
  }

  /** Writes in the caller's transaction. */
  async write(tx: Tx): Promise<ComputedStatements> {
    const changed = [...this.#gone, ...this.#rows.map((row) => String(row[1]))];
    if (changed.length > 0) {
      await tx.execute('DELETE FROM statement_totals WHERE period = ? AND user_id IN (?)', [
        this.period,
        changed,
      ]);
    }
    if (this.#gone.length > 0) {
      await tx.execute('DELETE FROM statements WHERE period = ? AND user_id IN (?)', [
        this.period,
        this.#gone,
      ]);
    }
    await tx.insertPrepared('statements', COLUMNS, this.#rows, { update: COLUMNS.slice(2) });
    await tx.insertMany('statement_totals', TOTAL_COLUMNS, this.#totals);
    return {
      statements: this.#statements,
      lines: this.#lines,
      totalFen: this.#totalFen,
      written: changed.length,
    };
  }

  #count(lines: number, totalFen: number): void {
    this.#statements += 1;
    this.#lines += lines;
    this.#totalFen += totalFen;
  }

  #addOpen(userId: string, statement: Statement, before: StoredRow | undefined): void {
    // As bytes at once: hashed and sent as they are, half the garbage of a text.
    const doc = Buffer.from(writeDocument(statement));
    const hash = sha256(doc);
    const oldTotalFen = statement.comparison?.totalFen ?? null;
    if (before?.doc_hash === hash && before.old_total_fen === oldTotalFen) return;
    const { totalFen, lineCount } = statement;
    // prettier-ignore
    this.#rows.push([this.period, userId, totalFen, oldTotalFen, lineCount, DOCUMENT_FORMAT, hash, doc, this.now]);
    for (const total of totalsOf(statement)) this.#totals.push([this.period, userId, ...total]);
  }
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
