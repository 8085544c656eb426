import { assertBegun, priceStatement, type Period, type PersonHistory } from '@shigang/shared';
import { assertMay, type Viewer } from '../../access/index.ts';
import { sqlInstant, today } from '../../platform/clock.ts';
import { whileQuiet, type AssertQuiet } from '../facts/index.ts';
import type { IncentiveDeps } from './deps.ts';
import { readPlanBook } from './plans/plan-rows.ts';
import { readFacts } from './read-facts.ts';
import { lockPeople, type UserRange } from './read-people.ts';
import { lockStatements, StatementWriter, type ComputedStatements } from './write-statements.ts';

/** People per chunk: one job, one transaction; bounds memory, locks and what a killed worker leaves to be done again. */
export const CHUNK_PEOPLE = 250;
/** Chunks at a time: one is priced while the database writes another. */
const LANES = 2;

/** Somebody who holds a statement but no role any more. */
const NOBODY: PersonHistory = { roles: [], lastWorkingDays: [] };
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
  viewer: Viewer,
  { period, range }: { readonly period: Period; readonly range: UserRange },
): Promise<ComputedStatements> {
  assertMay(viewer, 'incentives.compute');
  const { segments, clawbackMonths } = await deps.settings.current();
  const work = (assertQuiet: AssertQuiet): Promise<ComputedStatements> =>
    deps.db.transaction(async (tx) => {
      const people = await lockPeople(tx, range);
      const stored = await lockStatements(tx, period, range);
      const book = await readPlanBook(tx);
      const userIds = [...new Set([...people.keys(), ...stored.keys()])].sort();
      const withDueRenewals = book.measures('renewal_rate');
      const writer = new StatementWriter(period, stored, sqlInstant(deps.clock.now()));
      await readFacts(tx, { period, userIds, segments, withDueRenewals }, (userId, facts) => {
        const spans = book.spansOf(people.get(userId) ?? NOBODY);
        const statement = priceStatement({ period, spans, facts, clawbackMonths });
        const isEmpty = statement.plans.length === 0 && statement.lineCount === 0;
        writer.add(userId, isEmpty ? null : statement);
      });
      await assertQuiet(tx);
      return writer.write(tx);
    });
  return whileQuiet(deps, work);
}

/** All statements of a quarter, or one person's. Source: docs/formats.md §8. */
export async function computeStatements(
  deps: IncentiveDeps,
  viewer: Viewer,
  { period, userId }: { readonly period: Period; readonly userId?: string | undefined },
): Promise<ComputedStatements> {
  assertMay(viewer, 'incentives.compute');
  assertBegun(period, today(deps.clock));
  const ranges = userId === undefined ? await chunksOf(deps, period) : [{ from: userId, to: userId }];
  const waiting = ranges.values();
  const lane = async (): Promise<ComputedStatements> => {
    let sum = NONE;
    for (const range of waiting) sum = addUp(sum, await computeChunk(deps, viewer, { period, range }));
    return sum;
  };
  return (await Promise.all(Array.from({ length: LANES }, lane))).reduce(addUp);
}

const addUp = (a: ComputedStatements, b: ComputedStatements): ComputedStatements => ({
  statements: a.statements + b.statements,
  lines: a.lines + b.lines,
  totalFen: a.totalFen + b.totalFen,
  written: a.written + b.written,
});
