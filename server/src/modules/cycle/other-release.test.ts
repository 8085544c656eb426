import { period } from '@shigang/shared';
import { openReviewHouse, type ReviewHouse } from '../../../../test/src/demo/review-house.ts';
import { type Viewer, systemViewer } from '../../access/index.ts';
import { cyclePeople, cyclePerson } from '../review/desk.queries.ts';

const SYSTEM = systemViewer('test');

/*
 * A rolling upgrade: two releases work on one database, and each meets rows that the other wrote. What this release
 * cannot read it computes again; what is published stays as it was shown. Each test goes on from the one before.
 */

const role = 'large_account' as const;
const now = { period: period('2026Q3'), role };
const cycleId = '2026Q3-large_account';
const COUNTS = { transition: 5, train: 8, reassign: 7, insufficient_data: 0, later: 0 };
/** Base sums of release 0.1, and two numbers for each dimension of the demo's model. */
const WIDTH = 27;
const LATER_DOC = '[2,{"satisfaction_avg":[1,1]}]';

let house: ReviewHouse;
let hr: Viewer;
beforeAll(async () => {
  house = await openReviewHouse();
  hr = await house.viewer('hr01');
}, 120_000);

const execute = (sql: string) => house.deps.db.execute(sql);
const membersOf = () =>
  house.deps.db.select<{ user_id: string; sums: string; doc: string | null; score: number | null }>(
    `SELECT user_id, sums, doc, score_hundredths AS score FROM cycle_members WHERE cycle_id = '${cycleId}' ORDER BY user_id`,
  );
const runId = async (): Promise<string> => {
  const [row] = await house.deps.db.select<{ frozen: string }>(
    `SELECT frozen FROM review_cycles WHERE cycle_id = '${cycleId}'`,
  );
  return (JSON.parse(row?.frozen ?? '{}') as { runId: string }).runId;
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? error,
  );

describe('a snapshot', () => {
  test('of this release is read by the one before: bare numbers in the order that it knows', async () => {
    await house.cycle.start(house.operator, now);
    for (const { sums } of await membersOf()) {
      const row = JSON.parse(sums) as number[];
      expect(row.length).toBeGreaterThanOrEqual(WIDTH);
      expect(row.every((number) => Number.isSafeInteger(number))).toBe(true);
    }
  });

  test('of another release is taken again from the facts, not misread', async () => {
    const taken = await runId();
    await execute(
      `UPDATE cycle_members SET sums = CONCAT('zz9:', sums) WHERE user_id = 'zhangsan' AND cycle_id = '${cycleId}'`,
    );
    const [range] = await house.cycle.chunksToDo(cycleId);
    if (!range) throw new Error('no chunk');
    expect(await house.cycle.computeChunk(SYSTEM, cycleId, range)).toBe(0);
    expect(await runId()).not.toBe(taken);
    expect((await membersOf()).every(({ sums }) => sums.startsWith('['))).toBe(true);
  });

  test('with fewer numbers than this release sums is another release’s too', async () => {
    const taken = await runId();
    await execute(
      `UPDATE cycle_members SET sums = '[1,2,3]' WHERE user_id = 'zhangsan' AND cycle_id = '${cycleId}'`,
    );
    expect(await house.review.runCycle(house.operator, now)).toMatchObject({
      state: 'review',
      counts: COUNTS,
    });
    expect(await runId()).not.toBe(taken);
  });
});

describe('a profile that a later release wrote', () => {
  test('while the cycle is computed: its people are computed again', async () => {
    const before = await membersOf();
    await house.cycle.start(house.operator, now);
    for (const range of await house.cycle.chunksToDo(cycleId))
      await house.cycle.computeChunk(SYSTEM, cycleId, range);
    await execute(
      `UPDATE cycle_members SET doc = '${LATER_DOC}' WHERE user_id = 'lisi' AND cycle_id = '${cycleId}'`,
    );
    expect(await house.cycle.finishCompute(SYSTEM, cycleId)).toBe(false);
    expect(await house.review.runCycle(house.operator, now)).toMatchObject({
      state: 'review',
      counts: COUNTS,
    });
    expect((await membersOf()).map(({ doc }) => doc)).toEqual(before.map(({ doc }) => doc));
  });

  test('in the last rebuild: what is shown is computed from the facts', async () => {
    const before = await house.cycle.explain(hr, { ...now, userId: 'lisi' });
    await execute(`UPDATE profiles SET doc = '${LATER_DOC}' WHERE user_id = 'lisi'`);
    expect(await house.cycle.explain(hr, { ...now, userId: 'lisi' })).toEqual(before);
    await house.match.rebuildProfiles(house.operator, { ...now, userIds: ['zhangsan'] });
    const [lisi] = await house.deps.db.select<{ doc: string }>(
      "SELECT doc FROM profiles WHERE user_id = 'lisi' AND period = '2026Q3'",
    );
    // The averages of their department needed it.
    expect(lisi?.doc).toMatch(/^\[1,/);
  });

  test('of a member: the figures come from the sums that the cycle froze', async () => {
    const before = await cyclePerson(house.deps, hr, { cycleId, userId: 'lisi' });
    await execute(
      `UPDATE cycle_members SET doc = '${LATER_DOC}' WHERE user_id = 'lisi' AND cycle_id = '${cycleId}'`,
    );
    await execute("UPDATE feedback SET score_tenths = 10 WHERE user_id = 'lisi'");
    expect(await cyclePerson(house.deps, hr, { cycleId, userId: 'lisi' })).toEqual(before);
  });

  test('of a published cycle: lists stay, and where nothing can be read nothing is made up', async () => {
    const before = await cyclePeople(house.deps, hr, cycleId);
    await execute(`UPDATE review_cycles SET state = 'published' WHERE cycle_id = '${cycleId}'`);
    await execute(
      `UPDATE cycle_members SET doc = '${LATER_DOC}', sums = 'zz9:[1]' WHERE cycle_id = '${cycleId}'`,
    );
    const stored = await membersOf();
    const { columns } = await cyclePeople(house.deps, hr, cycleId);
    expect(columns.scoreHundredths).toEqual(before.columns.scoreHundredths);
    expect(columns.suggestedTier).toEqual(before.columns.suggestedTier);
    expect(await house.cycle.chunksToDo(cycleId)).toEqual([]);
    await house.review.runCycle(house.operator, now);
    expect(await membersOf()).toEqual(stored);
    expect(await codeOf(cyclePerson(house.deps, hr, { cycleId, userId: 'lisi' }))).toBe(
      'profile.other_release',
    );
  });
});
