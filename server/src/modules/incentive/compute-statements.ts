import {
  priceStatement,
  type EmployeeFacts,
  type Period,
  type PersonHistory,
  type PlanBook,
  type Statement,
} from '@shigang/shared';
import { sqlInstant } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import type { IncentiveDeps } from './deps.ts';
import { readPlanBook } from './plan-rows.ts';
import { readFacts } from './read-facts.ts';
import { lockPeople, type UserRange } from './read-people.ts';
import { lockStatements, writeStatements, type PricedStatement } from './write-statements.ts';

/** People per chunk: one job, one transaction; bounds memory, locks and what a killed worker leaves to be done again. */
export const CHUNK_PEOPLE = 500;

/** Totals of the statements of a chunk, or of all chunks, as stored after the run. */
export interface ComputedStatements {
  readonly statements: number;
  readonly lines: number;
  readonly totalFen: number;
  /** How many differed from what was stored. */
  readonly written: number;
}

const NONE: ComputedStatements = { statements: 0, lines: 0, totalFen: 0, written: 0 };

/** The runs of at most {@link CHUNK_PEOPLE} people who may have a statement of the quarter, in order of userid. */
export async function chunksOf(deps: IncentiveDeps, period: Period): Promise<UserRange[]> {
  const chunks: { from: string; to: string; size: number }[] = [];
  await deps.db.stream(
    `SELECT user_id FROM role_assignments UNION SELECT user_id FROM statements WHERE period = ? ORDER BY user_id`,
    [period],
    ([userId]) => {
      const chunk = chunks.at(-1);
      if (chunk && chunk.size < CHUNK_PEOPLE) {
        chunk.to = userId as string;
        chunk.size += 1;
      } else chunks.push({ from: userId as string, to: userId as string, size: 1 });
    },
  );
  return chunks.map(({ from, to }) => ({ from, to }));
}

/**
 * Prices and writes the statements of one run of people in one transaction; safe to repeat at any time, a repeat with
 * the same facts and plans writes nothing. Everyone with a plan on any day of the quarter has a statement.
 */
export async function computeChunk(
  deps: IncentiveDeps,
  period: Period,
  range: UserRange,
): Promise<ComputedStatements> {
  const { segments, clawbackMonths } = await deps.settings.current();
  return deps.db.transaction(async (tx) => {
    const people = await lockPeople(tx, range);
    const stored = await lockStatements(tx, period, range);
    const book = await readPlanBook(tx);
    const userIds = [...new Set([...people.keys(), ...stored.keys()])].sort();
    const withDueRenewals = book.measures('renewal_rate');
    const facts = await readFacts(tx, { period, userIds, segments, withDueRenewals });
    const priced = userIds.map((userId): PricedStatement => {
      const person = people.get(userId) ?? { roles: [], lastWorkingDays: [] };
      return {
        userId,
        statement: statementOf({ period, book, person, facts: facts.get(userId), clawbackMonths }),
      };
    });
    const now = sqlInstant(deps.clock.now());
    const written = await writeStatements(tx, period, priced, { stored, now });
    return storedTotals(tx, period, range, written);
  });
}

/** All statements of a quarter, or one person's. Source: spec "interfaces", incentives compute. */
export async function computeStatements(
  deps: IncentiveDeps,
  period: Period,
  userId?: string,
): Promise<ComputedStatements> {
  const ranges = userId === undefined ? await chunksOf(deps, period) : [{ from: userId, to: userId }];
  let sum = NONE;
  for (const range of ranges) sum = addUp(sum, await computeChunk(deps, period, range));
  return sum;
}

function statementOf(input: {
  readonly period: Period;
  readonly book: PlanBook;
  readonly person: PersonHistory;
  readonly facts: EmployeeFacts | undefined;
  readonly clawbackMonths: number;
}): Statement | null {
  const { period, book, person, facts, clawbackMonths } = input;
  if (!facts) return null;
  const statement = priceStatement({ period, spans: book.spansOf(person), facts, clawbackMonths });
  return statement.plans.length === 0 && statement.lineCount === 0 ? null : statement;
}

async function storedTotals(
  tx: Tx,
  period: Period,
  range: UserRange,
  written: number,
): Promise<ComputedStatements> {
  const [row] = await tx.select<{ statements: number; line_count: string | null; total_fen: string | null }>(
    `SELECT COUNT(*) AS statements, SUM(line_count) AS line_count, SUM(total_fen) AS total_fen FROM statements
     WHERE period = ? AND user_id BETWEEN ? AND ?`,
    [period, range.from, range.to],
  );
  return {
    statements: Number(row?.statements ?? 0),
    lines: Number(row?.line_count ?? 0),
    totalFen: Number(row?.total_fen ?? 0),
    written,
  };
}

const addUp = (a: ComputedStatements, b: ComputedStatements): ComputedStatements => ({
  statements: a.statements + b.statements,
  lines: a.lines + b.lines,
  totalFen: a.totalFen + b.totalFen,
  written: a.written + b.written,
});
