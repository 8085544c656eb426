import { period } from '@shigang/shared';
import { openReviewHouse, type ReviewHouse } from '../../../../test/src/demo/review-house.ts';
import { EXPECTED_PEOPLE, EXPECTED_PREVIOUS } from '../../../../test/src/demo/expected.ts';
import { type Viewer, systemViewer } from '../../access/index.ts';
import { assertAnswer } from '../../platform/http/validate.ts';
import type { DtoClass } from '../../platform/http/index.ts';
import { answerHead } from '../session/index.ts';
import { cyclesOf } from '../cycle/cycles.queries.ts';
import { cycleEvidence } from '../evidence/evidence.queries.ts';
import { CycleEvidenceAnswer, MatchAnswer } from '../evidence/own.dto.ts';
import { ownMatch } from '../evidence/own.queries.ts';
import { CycleAnswer, CyclePeopleAnswer, CyclePersonAnswer } from './desk.dto.ts';
import { cycleBoard, cyclePeople, cyclePerson } from './desk.queries.ts';

const SYSTEM = systemViewer('test');

/* One quarter's review of the demo company, told in order: each test goes on from the one before. */

const role = 'large_account' as const;
const now = { period: period('2026Q3'), role };
const before = { period: period('2026Q2'), role };
const cycleId = '2026Q3-large_account';

let house: ReviewHouse;
let hr: Viewer;
let admin: Viewer;
let zhangsan: Viewer;
let manager: Viewer;
beforeAll(async () => {
  house = await openReviewHouse();
  [hr, admin, zhangsan, manager] = (await Promise.all(
    ['hr01', 'hr02', 'zhangsan', 'mgr01'].map(house.viewer),
  )) as [Viewer, Viewer, Viewer, Viewer];
}, 120_000);

const select = <Row extends object>(sql: string) => house.deps.db.select<Row>(sql);
const auditActions = async () =>
  (await select<{ action: string }>('SELECT action FROM audit_log ORDER BY seq')).map((row) => row.action);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? error,
  );
const fits = <T extends object>(Dto: DtoClass<T>, answer: object) => assertAnswer(Dto, answer);

describe('a past quarter as history', () => {
  test('is scored and closed, nobody is told, and its scores may be seen', async () => {
    const document = await house.review.runCycle(house.operator, { ...before, history: true });
    expect(document).toMatchObject({
      period: '2026Q2',
      cycleId: '2026Q2-large_account',
      state: 'closed',
      blockers: [],
    });
    expect(await select('SELECT id FROM outbox')).toEqual([]);
    const explained = await house.cycle.explain(zhangsan, { ...before, userId: 'zhangsan' });
    const [score] = EXPECTED_PREVIOUS.scores['zhangsan'] ?? [];
    expect(explained.score?.toFixed(2)).toBe(score);
  });

  test('running it again leaves it alone, and a running quarter is none', async () => {
    const cycles = await select('SELECT version FROM review_cycles');
    expect(await house.review.runCycle(house.operator, { ...before, history: true })).toMatchObject({
      state: 'closed',
    });
    expect(await select('SELECT version FROM review_cycles')).toEqual(cycles);
    expect(
      await codeOf(house.review.runCycle(house.operator, { period: period('2026Q4'), role, history: true })),
    ).toBe('cycle.not_past');
  });

  test('a quarter that has not begun is refused, and nothing is written', async () => {
    const later = { period: period('2027Q1'), role };
    expect(await codeOf(house.review.runCycle(house.operator, later))).toBe('period.not_begun');
    expect(await select("SELECT cycle_id FROM review_cycles WHERE period = '2027Q1'")).toEqual([]);
  });
});

describe('computing', () => {
  test('the snapshot is taken once; chunks may run in any order, twice, and after facts have changed', async () => {
    const id = await house.cycle.start(house.operator, now);
    expect(id).toBe(cycleId);
    const chunks = await house.cycle.chunksToDo(cycleId, 6);
    expect(chunks).toHaveLength(4);
    expect(await house.cycle.hasUnfinished()).toBe(true);
    const [first, second] = chunks;
    if (!first || !second) throw new Error('no chunks');
    expect(await house.cycle.computeChunk(SYSTEM, cycleId, second)).toBe(6);
    expect(await house.cycle.finishCompute(SYSTEM, cycleId)).toBe(false);
    // A fact that arrives meanwhile waits for the next computation.
    await house.deps.db.execute("UPDATE feedback SET score_tenths = 10 WHERE user_id = 'zhangsan'");
    expect(await house.cycle.computeChunk(SYSTEM, cycleId, second)).toBe(0);
    expect(await house.cycle.chunksToDo(cycleId, 6)).toHaveLength(3);
    expect(
      await Promise.all([
        house.cycle.computeChunk(SYSTEM, cycleId, first),
        house.cycle.computeChunk(SYSTEM, cycleId, first),
      ]),
    ).toContain(6);
    // Whoever comes after a crash goes on from the rows that are there.
    const document = await house.review.runCycle(house.operator, now);
    expect(document).toMatchObject({
      period: '2026Q3',
      cycleId,
      modelVersion: 1,
      state: 'review',
      counts: { transition: 5, train: 8, reassign: 7, insufficient_data: 0, later: 0 },
      blockers: [],
    });
    expect(await house.cycle.unfinished()).toEqual([]);
    const rows = await select<{ user_id: string; score: number; tier: string }>(
      `SELECT user_id, score_hundredths AS score, tier FROM cycle_members WHERE cycle_id = '${cycleId}' ORDER BY user_id`,
    );
    const expected = EXPECTED_PEOPLE.map(({ userid, score, tier }) => ({
      user_id: userid,
      score: Math.round(Number(score) * 100),
      tier,
    }));
    expect(rows).toEqual(expected.sort((a, b) => (a.user_id < b.user_id ? -1 : 1)));
    await house.deps.db.execute("UPDATE feedback SET score_tenths = 92 WHERE user_id = 'zhangsan'");
  });

  test('only an HR admin runs a cycle', async () => {
    expect(await codeOf(house.review.runCycle(hr, now))).toBe('access.denied');
    expect(await codeOf(house.review.runCycle(zhangsan, now))).toBe('access.denied');
  });

  test('before publication nobody but HR sees anything of it', async () => {
    for (const viewer of [zhangsan, manager]) {
      expect(await codeOf(house.cycle.explain(viewer, { ...now, userId: 'zhangsan' }))).toBe(
        'cycle.person_not_found',
      );
      expect(await codeOf(house.review.tierList(viewer, now))).toBe('done');
      expect(await house.review.tierList(viewer, now)).toEqual([]);
      expect(await codeOf(cyclePerson(house.deps, viewer, { cycleId, userId: 'zhangsan' }))).toBe(
        'cycle.not_found',
      );
      expect(await cyclesOf(house.deps, viewer, role)).toEqual([]);
    }
    const own = await ownMatch(house.deps, zhangsan, now);
    expect(own).toMatchObject({
      period: '2026Q3',
      state: 'pending',
      explanation: { scoreHundredths: null, tier: null },
    });
    const indicators = own.explanation?.dimensions.flatMap((dimension) => dimension.indicators) ?? [];
    expect(indicators).toHaveLength(9);
    expect(indicators.every((row) => row.valueTenThousandths !== null && row.pointsHundredths === null)).toBe(
      true,
    );
    expect(await house.evidence.homeMatch(zhangsan, now.period)).toEqual({ state: 'pending', result: null });
    await fits(MatchAnswer, {
      ...(await answerHead(house.deps, zhangsan, own.dataAt)),
      ...own,
      dataAt: null,
    });
  });
});

describe('an explanation', () => {
  test('holds every indicator once, points that sum to the score, and the records behind each', async () => {
    const explained = await house.cycle.explain(admin, { ...now, userId: 'zhangsan' });
    expect(explained).toMatchObject({
      userId: 'zhangsan',
      name: '张三',
      period: '2026Q3',
      model: { role, version: 1 },
      score: 85.2,
      tier: 'transition',
      coverage: 100,
      missing: [],
    });
    const rows = explained.dimensions.flatMap((dimension) => dimension.indicators);
    expect(rows.map((row) => row.metric)).toEqual([
      'assessment:insight',
      'satisfaction_avg',
      'large_deal_win_rate',
      'collaborations_per_month',
      'collaboration_response_hours',
      'collaboration_solved_rate',
      'renewal_rate',
      'large_followup_days',
      'large_account_tenure_months',
    ]);
    expect(rows.reduce((sum, row) => sum + Math.round((row.points ?? 0) * 100), 0)).toBe(8_520);
    for (const row of rows) expect([row.metric, row.evidence.length]).toEqual([row.metric, row.n]);
    expect(rows.find((row) => row.metric === 'collaborations_per_month')).toMatchObject({
      value: 4.5833,
      teamAverage: 5,
    });
  });

  test('names what is missing', async () => {
    const explained = await house.cycle.explain(admin, { ...now, userId: 'xuqiang' });
    expect(explained).toMatchObject({ score: 37.6, coverage: 82, tier: 'reassign' });
    expect(explained.missing.map((row) => [row.metric, row.suppliedBy])).toEqual([
      ['collaboration_response_hours', 'collaborations'],
      ['collaboration_solved_rate', 'collaborations'],
    ]);
  });

  test('reading another person is audited, one’s own is not', async () => {
    const count = async () => (await auditActions()).filter((action) => action === 'match.read').length;
    const start = await count();
    await cyclePerson(house.deps, hr, { cycleId, userId: 'lisi' });
    expect(await count()).toBe(start + 1);
    await house.cycle.explain(zhangsan, { ...before, userId: 'zhangsan' });
    expect(await count()).toBe(start + 1);
  });
});

describe('the desk', () => {
  test('people come as columns, with last quarter’s score and the largest gap', async () => {
    const people = await cyclePeople(house.deps, hr, cycleId);
    await fits(CyclePeopleAnswer, people);
    expect(people.rows).toBe(20);
    const at = people.columns.userId.indexOf('zhangsan');
    expect(people.columns.scoreHundredths[at]).toBe(8_520);
    expect(people.columns.suggestedTier[at]).toBe(0);
    expect(people.columns.decision[at]).toBe(-1);
    expect(people.gaps[people.columns.gap[at] ?? -1]).toBe('大客户从业时长');
    expect(people.departments[people.columns.department[at] ?? -1]).toBe('销售一部');
    const [previous] = EXPECTED_PREVIOUS.scores['zhangsan'] ?? [];
    expect(people.columns.previousScoreHundredths[at]).toBe(Math.round(Number(previous) * 100));
  });

  test('board, person and records answer as their contracts say', async () => {
    const { snapshotAt, ...board } = await cycleBoard(house.deps, hr, cycleId);
    expect(board).toMatchObject({
      people: 20,
      decided: 0,
      counts: { transition: 5, train: 8, reassign: 7, left: 0 },
    });
    await fits(CycleAnswer, { ...(await answerHead(house.deps, hr, snapshotAt)), ...board });
    const person = await cyclePerson(house.deps, hr, { cycleId, userId: 'lisi' });
    await fits(CyclePersonAnswer, person);
    expect(person).toMatchObject({
      suggestedTier: 'train',
      decision: null,
      person: { name: '李四', departmentName: '销售一部', leftOn: null },
      explanation: { scoreHundredths: 6_000, mustHave: [{ isMet: false, valueTenThousandths: 0 }] },
    });
    const page = await cycleEvidence(house.deps, hr, {
      cycleId,
      userId: 'lisi',
      metric: 'satisfaction_avg',
      after: 4,
    });
    await fits(CycleEvidenceAnswer, page);
    expect(page).toMatchObject({ total: 14, next: null, indicator: { valueTenThousandths: 90_000, n: 14 } });
    expect(page.records).toHaveLength(10);
    const days = page.records.map((record) => record.on);
    expect(days).toEqual([...days].sort().reverse());
    expect(
      await codeOf(cycleEvidence(house.deps, hr, { cycleId, userId: 'lisi', metric: 'charm', after: 0 })),
    ).toBe('metric.unknown');
  });

  test('every kind of record can be opened', async () => {
    const kinds = new Set<string>();
    for (const metric of [
      'assessment:insight',
      'large_deal_win_rate',
      'collaborations_per_month',
      'renewal_rate',
      'satisfaction_avg',
      'large_account_tenure_months',
    ]) {
      for (const userId of ['zhangsan', 'wulei']) {
        const page = await cycleEvidence(house.deps, hr, { cycleId, userId, metric, after: 0 });
        expect([metric, userId, page.records.length]).toEqual([metric, userId, page.total]);
        for (const record of page.records) kinds.add(record.kind);
      }
    }
    expect([...kinds].sort()).toEqual(['assessment', 'collaboration', 'deal', 'feedback', 'renewal', 'role']);
  });

  test('HR outside the department sees nothing, not even that there is a cycle', async () => {
    const outside: Viewer = { ...hr, hrDepartmentIds: [20] };
    expect(await cyclesOf(house.deps, outside, role)).toEqual([]);
    expect(await codeOf(cyclePeople(house.deps, outside, cycleId))).toBe('cycle.not_found');
    const firstTeam: Viewer = { ...hr, hrDepartmentIds: [11] };
    expect((await cyclePeople(house.deps, firstTeam, cycleId)).rows).toBe(9);
    expect(await codeOf(cyclePerson(house.deps, firstTeam, { cycleId, userId: 'sunhao' }))).toBe(
      'cycle.person_not_found',
    );
    expect(await codeOf(house.cycle.explain(firstTeam, { ...now, userId: 'sunhao' }))).toBe(
      'cycle.person_not_found',
    );
    const { counts } = await house.review.show(firstTeam, now);
    expect(counts.transition + counts.train + counts.reassign).toBe(9);
  });
});
