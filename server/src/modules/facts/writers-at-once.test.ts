import { createTestDatabase, VirtualClock } from '@shigang/test';
import type { DayString } from '@shigang/shared';
import type { Database } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { lockedQuarters } from '../incentive/index.ts';
import { createFacts, type DealFact, type MergeOutcome } from './index.ts';

/* Two writers of one kind at the same time: they wait for each other over one record only. */

const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const day = (text: string): DayString => text as DayString;
jest.setTimeout(60_000);
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});

const deal = (dealId: string, amountFen: number, userId = 'zhangsan'): DealFact => ({
  ...{ dealId, userId, amountFen, customer: null, status: 'won' },
  ...{ openedOn: day('2026-06-30'), closedOn: day('2026-09-12'), statedSegment: null, contractYears: null },
  ...{ product: null, credits: null, collectedFen: null, collectedOn: null, refundedFen: null },
  refundedOn: null,
});

/** Merges, says so, and commits when told. */
function heldMerge(facts: readonly DealFact[]): {
  readonly merged: Promise<void>;
  readonly commit: () => void;
  readonly outcome: Promise<MergeOutcome>;
} {
  let commit = (): void => undefined;
  let isMerged = (): void => undefined;
  const mayCommit = new Promise<void>((resolve) => (commit = resolve));
  const merged = new Promise<void>((resolve) => (isMerged = resolve));
  const outcome = db.transaction(async (tx) => {
    const writer = await createFacts({ db, clock, lockedQuarters }).openWriter(tx, newId());
    const result = await writer.merge('deals', facts);
    isMerged();
    await mayCommit;
    await writer.finish();
    return result;
  });
  return { merged, commit, outcome };
}

const now = async (facts: readonly DealFact[]): Promise<MergeOutcome> => {
  const own = heldMerge(facts);
  own.commit();
  return own.outcome;
};

test('a new deal of another writer is stored while a thousand others wait for their commit', async () => {
  const big = heldMerge(
    Array.from({ length: 1_000 }, (_, index) => deal(`big-${String(index).padStart(4, '0')}`, 100)),
  );
  await big.merged;
  expect((await now([deal('single', 100, 'lisi')])).inserted).toBe(1);
  expect(await db.select("SELECT deal_id FROM deals WHERE deal_id = 'single'")).toHaveLength(1);
  expect(await db.select("SELECT deal_id FROM deals WHERE deal_id LIKE 'big-%'")).toHaveLength(0);
  big.commit();
  expect((await big.outcome).inserted).toBe(1_000);
});

test('of two who store the same new deal the later one changes it, and the shares follow', async () => {
  const first = heldMerge([deal('D1', 1_000)]);
  await first.merged;
  // Did not see the first one's row, and waits for it when it inserts its own.
  const second = now([deal('D1', 2_000, 'lisi')]);
  first.commit();
  expect([(await first.outcome).inserted, (await second).updated]).toEqual([1, 1]);
  expect(await db.select("SELECT user_id, share_fen FROM deal_credits WHERE deal_id = 'D1'")).toEqual([
    { user_id: 'lisi', share_fen: 2_000 },
  ]);
  const revisions = await db.select<{ previous: string }>(
    "SELECT previous FROM fact_revisions WHERE natural_key = 'D1'",
  );
  expect(revisions).toHaveLength(1);
  expect(revisions[0]?.previous).toContain('"amount_fen":1000');
});

test('two who change the same deal at once leave the value and the shares of one of them', async () => {
  await now([deal('D2', 1_000)]);
  const outcomes = await Promise.all([now([deal('D2', 2_000)]), now([deal('D2', 3_000)])]);
  expect(outcomes.map((outcome) => outcome.updated)).toEqual([1, 1]);
  const [row] = await db.select<{ amount_fen: number }>("SELECT amount_fen FROM deals WHERE deal_id = 'D2'");
  expect([2_000, 3_000]).toContain(Number(row?.amount_fen));
  expect(await db.select("SELECT share_fen FROM deal_credits WHERE deal_id = 'D2'")).toEqual([
    { share_fen: row?.amount_fen },
  ]);
  expect(await db.select("SELECT batch_id FROM fact_revisions WHERE natural_key = 'D2'")).toHaveLength(2);
});
