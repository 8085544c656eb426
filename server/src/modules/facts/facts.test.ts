import { createTestDatabase, VirtualClock } from '@shigang/test';
import { operatorViewer, visibleEmployees } from '../../access/index.ts';
import type { Database } from '../../platform/database.ts';
import type { DayString } from '@shigang/shared';
import { lockedQuarters } from '../incentive/index.ts';
import { createFacts, type DealFact, type FactKind, type FactTypes, type MergeOutcome } from './index.ts';

const clock = new VirtualClock('2026-10-12T09:30:00+08:00');
const day = (text: string): DayString => text as DayString;
jest.setTimeout(60_000);
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});

const merge = <Kind extends FactKind>(
  kind: Kind,
  facts: readonly FactTypes[Kind][],
  batchId = 'b'.repeat(36),
): Promise<MergeOutcome> =>
  db.transaction(async (tx) => {
    const writer = await createFacts({ db, clock, lockedQuarters }).openWriter(tx, batchId);
    const outcome = await writer.merge(kind, facts);
    await writer.finish();
    return outcome;
  });

const deal = (dealId: string, own: Partial<DealFact> = {}): DealFact => ({
  dealId,
  userId: 'zhangsan',
  customer: '恒远医疗',
  amountFen: 15_000_000,
  status: 'won',
  openedOn: day('2026-06-30'),
  closedOn: day('2026-09-12'),
  statedSegment: null,
  contractYears: 2,
  product: '财税代理',
  credits: null,
  collectedFen: null,
  collectedOn: null,
  refundedFen: null,
  refundedOn: null,
  ...own,
});

test.each([
  [
    'roles',
    [{ userId: 'u1', validFrom: day('2026-07-01'), role: 'large_account' }],
    { role: 'small_account' },
  ],
  [
    'receipts',
    [{ receiptId: 'P1', dealId: 'D1', receivedOn: day('2026-07-01'), amountFen: -5 }],
    { amountFen: 5 },
  ],
  [
    'renewals',
    [
      {
        renewalId: 'R1',
        userId: 'u1',
        customer: null,
        dueOn: day('2026-07-01'),
        renewed: false,
        renewedOn: null,
        amountFen: null,
        years: 1,
        credits: null,
      },
    ],
    { renewed: true, renewedOn: day('2026-07-02'), amountFen: 100 },
  ],
  [
    'feedback',
    [
      {
        feedbackId: 'F1',
        userId: 'u1',
        customer: null,
        givenOn: day('2026-07-01'),
        scoreTenths: 92,
        text: null,
      },
    ],
    { text: '好' },
  ],
  [
    'collaborations',
    [
      {
        collaborationId: 'C1',
        userId: 'u1',
        toDepartment: null,
        subject: null,
        requestedAt: '2026-07-01 09:00:00',
        respondedAt: null,
        resolvedAt: null,
        solved: null,
      },
    ],
    { respondedAt: '2026-07-01 10:00:01' },
  ],
  [
    'trainings',
    [{ userId: 'u1', course: '协作', finishedOn: day('2026-07-01'), passed: false }],
    { passed: true },
  ],
  [
    'assessments',
    [{ userId: 'u1', dimension: 'insight', takenOn: day('2026-07-01'), scoreTenThousandths: 930_000 }],
    { scoreTenThousandths: 1 },
  ],
  [
    'attendance',
    [
      {
        userId: 'u1',
        day: day('2026-07-01'),
        scheduledTenThousandths: 10_000,
        workedTenThousandths: 5_000,
        leaveTenThousandths: 0,
      },
    ],
    { leaveTenThousandths: 5_000 },
  ],
] as unknown as [FactKind, FactTypes[FactKind][], object][])(
  '%s: new, the same, changed, changed back',
  async (kind, facts, change) => {
    const figures = async (list: readonly FactTypes[FactKind][]): Promise<number[]> => {
      const { inserted, updated, unchanged } = await merge(
        kind,
        list,
        `${kind}-${String(Math.trunc(clock.now()))}`.slice(0, 36),
      );
      clock.advance(1_000);
      return [inserted, updated, unchanged];
    };
    expect(await figures(facts)).toEqual([1, 0, 0]);
    expect(await figures(facts)).toEqual([0, 0, 1]);
    expect(await figures(facts.map((fact) => ({ ...fact, ...change })))).toEqual([0, 1, 0]);
    expect(await figures(facts)).toEqual([0, 1, 0]);
    expect(await figures(facts)).toEqual([0, 0, 1]);
  },
);

test('a role that a decision gave keeps its decision in the revision when a file changes it', async () => {
  await db.execute(
    "INSERT INTO role_assignments (user_id, valid_from, role, source, decision_id) VALUES ('u9', '2026-11-01', 'large_account', 'decision', 'd1')",
  );
  const outcome = await merge(
    'roles',
    [{ userId: 'u9', validFrom: day('2026-11-01'), role: 'sales_support' }],
    'r'.repeat(36),
  );
  expect(outcome).toMatchObject({ inserted: 0, updated: 1 });
  const [revision] = await db.select<{ previous: string }>(
    "SELECT previous FROM fact_revisions WHERE natural_key = 'u9|2026-11-01'",
  );
  expect(JSON.parse(revision?.previous ?? '')).toMatchObject({
    role: 'large_account',
    source: 'decision',
    decision_id: 'd1',
    batch_id: null,
  });
  expect(
    await db.select("SELECT role, source, decision_id FROM role_assignments WHERE user_id = 'u9'"),
  ).toEqual([{ role: 'sales_support', source: 'import', decision_id: null }]);
});

test('shares by largest remainder go to the largest fraction, then to the lowest userid', async () => {
  const third = { bp: 3_333 };
  await merge('deals', [
    deal('S1', {
      amountFen: 100,
      credits: [
        { userId: 'b', ...third },
        { userId: 'c', ...third },
        { userId: 'a', bp: 3_334 },
      ],
    }),
    deal('S2', {
      amountFen: 1,
      credits: [
        { userId: 'b', bp: 5_000 },
        { userId: 'a', bp: 5_000 },
      ],
    }),
  ]);
  const rows = await db.select<{ deal_id: string; user_id: string; share_fen: number }>(
    "SELECT deal_id, user_id, share_fen FROM deal_credits WHERE deal_id LIKE 'S%' ORDER BY deal_id, user_id",
  );
  expect(rows.map((row) => [row.deal_id, row.user_id, row.share_fen])).toEqual([
    ['S1', 'a', 34],
    ['S1', 'b', 33],
    ['S1', 'c', 33],
    ['S2', 'a', 1],
    ['S2', 'b', 0],
  ]);
});

test('natural keys of several columns are looked up by the primary key, on every engine', async () => {
  const facts = Array.from({ length: 2_000 }, (_, index) => ({
    userId: `v${index % 100}`,
    day: day(
      `2025-${String((index % 12) + 1).padStart(2, '0')}-${String((Math.trunc(index / 100) % 28) + 1).padStart(2, '0')}`,
    ),
    scheduledTenThousandths: 10_000,
    workedTenThousandths: 10_000,
    leaveTenThousandths: 0,
  }));
  await merge('attendance', facts.slice(0, 1_000));
  await merge('attendance', facts.slice(1_000));
  await db.select('ANALYZE TABLE attendance_days');
  const keys = facts.slice(0, 40).map((fact) => [fact.userId, fact.day]);
  const read = await db.transaction(async (tx) => {
    const rowsRead = async (): Promise<number> => {
      const counters = await tx.select<{ Value: string }>("SHOW SESSION STATUS LIKE 'Handler_read%'");
      return counters.reduce((sum, counter) => sum + Number(counter.Value), 0);
    };
    const before = await rowsRead();
    await tx.select('SELECT * FROM attendance_days WHERE (user_id, day) IN (?)', [
      keys as unknown as string[],
    ]);
    return (await rowsRead()) - before;
  });
  // The status itself may read a few rows of its own.
  expect(read).toBeLessThan(1_000);
});

describe('records behind a figure', () => {
  const everyone = (column: string) => visibleEmployees(operatorViewer('x'), 'profile', column);
  const onlyLisi = (column: string) => ({ sql: `${column} = ?`, params: ['lisi'] });

  test('are shown newest first, as far as the asker may see', async () => {
    const { recordsOf } = createFacts({ db, clock, lockedQuarters });
    await merge('deals', [
      deal('E1'),
      deal('E2', {
        userId: 'lisi',
        status: 'open',
        closedOn: null,
        amountFen: null,
        openedOn: day('2026-09-30'),
      }),
    ]);
    expect(await recordsOf('deal', ['E1', 'E2', 'E3'], everyone)).toEqual([
      expect.objectContaining({
        kind: 'deal',
        id: 'E2',
        userId: 'lisi',
        on: '2026-09-30',
        outcome: 'open',
        amountFen: null,
      }),
      expect.objectContaining({
        id: 'E1',
        on: '2026-09-12',
        title: '恒远医疗',
        outcome: 'won',
        amountFen: 15_000_000,
        openedOn: '2026-06-30',
        text: '财税代理',
      }),
    ]);
    expect((await recordsOf('deal', ['E1', 'E2'], onlyLisi)).map((record) => record.id)).toEqual(['E2']);
    expect(await recordsOf('deal', [], everyone)).toEqual([]);
    await expect(recordsOf('deal', Array(1_001).fill('x') as string[], everyone)).rejects.toThrow(TypeError);
  });

  test('of every other kind', async () => {
    const { recordsOf } = createFacts({ db, clock, lockedQuarters });
    const one = async (kind: Parameters<typeof recordsOf>[0], id: string) =>
      (await recordsOf(kind, [id], everyone))[0];
    expect(await one('renewal', 'R1')).toMatchObject({
      on: '2026-07-01',
      outcome: 'not_renewed',
      amountFen: null,
    });
    expect(await one('feedback', 'F1')).toMatchObject({ on: '2026-07-01', scoreTenths: 92, outcome: null });
    expect(await one('collaboration', 'C1')).toMatchObject({
      on: '2026-07-01',
      outcome: 'pending',
      responseSec: null,
    });
    expect(await one('training', 'u1|协作|2026-07-01')).toMatchObject({
      title: '协作',
      outcome: 'not_passed',
    });
    expect(await one('assessment', 'u1|insight|2026-07-01')).toMatchObject({ scoreTenThousandths: 930_000 });
  });
});
