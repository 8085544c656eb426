import { period } from '@shigang/shared';
import { openReviewHouse, type ReviewHouse } from '../../../../../test/src/demo/review-house.ts';
import { systemViewer, type Viewer } from '../../../access/index.ts';
import { assertAnswer } from '../../../platform/http/validate.ts';
import type { DtoClass } from '../../../platform/http/index.ts';
import { answerHead } from '../../session/index.ts';
import { EvidenceAnswer, HomeMatch, MatchAnswer } from '../../evidence/own.dto.ts';
import { ownEvidence, ownMatch } from '../../evidence/own.queries.ts';
import { cyclePeople } from '../desk.queries.ts';

const SYSTEM = systemViewer('test');

/* Deciding and publishing the demo company's quarter, told in order: each test goes on from the one before. */

const role = 'large_account' as const;
const now = { period: period('2026Q3'), role };
const before = { period: period('2026Q2'), role };
const cycleId = '2026Q3-large_account';
const REASSIGNED = ['shenyue', 'hanlei', 'yangfan', 'youjia', 'zhulin', 'qinchuan', 'xuqiang'];

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
  await house.review.runCycle(house.operator, { ...before, history: true });
  await house.review.runCycle(house.operator, now);
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

describe('deciding', () => {
  test('publishing waits for everybody', async () => {
    expect(await codeOf(house.review.publish(hr, now))).toBe('cycle.undecided');
  });

  test('confirm-all takes all but reassign, and says who is left', async () => {
    const confirmed = await house.review.confirmAll(hr, now);
    expect(confirmed.left.map((row) => row.userId).sort()).toEqual([...REASSIGNED].sort());
    expect(confirmed.left.every((row) => row.tier === 'reassign')).toBe(true);
    expect((await house.review.confirmAll(hr, now)).left).toHaveLength(7);
    expect(await select('SELECT 1 FROM decisions')).toHaveLength(13);
  });

  test('reassign needs a written reason, another role may be chosen, and the same click again changes nothing', async () => {
    expect(await codeOf(house.review.decide(hr, now, { userId: 'shenyue', tier: 'reassign' }))).toBe(
      'decision.reason_required',
    );
    const request = {
      userId: 'shenyue',
      tier: 'reassign',
      targetRole: 'sales_support',
      reason: '本人愿意做销售支持',
    } as const;
    await house.review.decide(hr, now, request);
    await house.review.decide(hr, now, request);
    expect(
      await select("SELECT target_role, suggested_tier FROM decisions WHERE user_id = 'shenyue'"),
    ).toEqual([{ target_role: 'sales_support', suggested_tier: 'reassign' }]);
  });

  test('another decision replaces the one before and names it', async () => {
    await house.review.decide(hr, now, { userId: 'shenyue', tier: 'later', reason: '休假，回来再谈' });
    const document = await house.review.decide(hr, now, {
      userId: 'shenyue',
      tier: 'reassign',
      reason: '已经谈过',
    });
    expect(document.counts).toEqual({ transition: 5, train: 8, reassign: 7, insufficient_data: 0, later: 0 });
    const rows = await select<{
      decision_id: string;
      replaces_id: string | null;
      current_key: string | null;
    }>("SELECT decision_id, replaces_id, current_key FROM decisions WHERE user_id = 'shenyue'");
    expect(rows.filter((row) => row.current_key !== null)).toHaveLength(1);
    expect(rows.filter((row) => row.replaces_id !== null)).toHaveLength(2);
  });

  test('two at once on one person leave one decision in force', async () => {
    const ask = (reason: string) =>
      house.review.decide(hr, now, { userId: 'hanlei', tier: 'reassign', reason });
    await Promise.all([ask('甲'), ask('乙')]);
    expect(
      await select("SELECT 1 FROM decisions WHERE user_id = 'hanlei' AND current_key IS NOT NULL"),
    ).toHaveLength(1);
    expect(await house.deps.audit.verify(house.deps.db)).toMatchObject({ brokenAt: null });
  });

  test('nobody decides outside the own departments, and employees not at all', async () => {
    const firstTeam: Viewer = { ...hr, hrDepartmentIds: [11] };
    const request = { userId: 'sunhao', tier: 'train', reason: '再看看' } as const;
    expect(await codeOf(house.review.decide(firstTeam, now, request))).toBe('cycle.person_not_found');
    for (const viewer of [zhangsan, manager]) {
      expect(await codeOf(house.review.decide(viewer, now, request))).toBe('access.denied');
      expect(await codeOf(house.review.confirmAll(viewer, now))).toBe('access.denied');
      expect(await codeOf(house.review.publish(viewer, now))).toBe('access.denied');
    }
  });

  test('a recompute keeps the decisions and flags those whose suggestion changed', async () => {
    await house.deps.db.execute("UPDATE renewals SET renewed = 0 WHERE user_id = 'zhouting'");
    const document = await house.review.runCycle(house.operator, now);
    expect(document.counts).toEqual({ transition: 5, train: 8, reassign: 7, insufficient_data: 0, later: 0 });
    const changed = () => select('SELECT user_id, tier FROM cycle_members WHERE is_suggestion_changed = 1');
    expect(await changed()).toEqual([{ user_id: 'zhouting', tier: 'train' }]);
    await house.deps.db.execute(
      "UPDATE renewals SET renewed = 1 WHERE user_id = 'zhouting' AND renewed_on IS NOT NULL",
    );
    await house.review.runCycle(house.operator, now);
    expect(await changed()).toEqual([]);
  });

  test('who has left by publication is shown as left: no decision, no place in the counts', async () => {
    await house.deps.db.execute(
      "UPDATE employees SET left_on = '2026-10-09', active = 0 WHERE user_id = 'youjia'",
    );
    expect(
      await codeOf(house.review.decide(hr, now, { userId: 'youjia', tier: 'reassign', reason: '谈过' })),
    ).toBe('decision.has_left');
    const { counts } = await house.review.show(hr, now);
    expect(counts).toMatchObject({ reassign: 6 });
    const people = await cyclePeople(house.deps, hr, cycleId);
    expect(people.columns.left[people.columns.userId.indexOf('youjia')]).toBe(1);
    await house.deps.db.execute("UPDATE employees SET left_on = NULL, active = 1 WHERE user_id = 'youjia'");
  });
});

describe('publishing', () => {
  test('an open flag blocks, and a scope that does not cover everybody is too small', async () => {
    for (const userId of REASSIGNED) {
      await house.review.decide(hr, now, {
        userId,
        tier: 'reassign',
        reason: '与本人谈过，继续做擅长的客户',
      });
    }
    await house.deps.db.insertMany(
      'cycle_flags',
      ['cycle_id', 'flag_id', 'doc'],
      [[cycleId, 'four_fifths', '{}']],
    );
    expect((await house.review.show(hr, now)).blockers).toEqual([{ kind: 'flag', id: 'four_fifths' }]);
    expect(await codeOf(house.review.publish(hr, now))).toBe('cycle.blocked');
    await house.deps.db.execute("UPDATE cycle_flags SET answer = '样本太小' WHERE flag_id = 'four_fifths'");
    expect(await codeOf(house.review.publish({ ...hr, hrDepartmentIds: [11] }, now))).toBe(
      'cycle.scope_too_small',
    );
    expect(await codeOf(house.review.close(admin, now))).toBe('cycle.wrong_state');
  });

  test('writes one card per HR person and HR admin with the counts of what they may see, exactly once', async () => {
    const [first, second] = await Promise.all([
      house.review.publish(hr, now),
      house.review.publish(admin, now),
    ]);
    for (const document of [first, second])
      expect(document).toMatchObject({ state: 'published', blockers: [] });
    await house.review.publish(hr, now);
    const rows = await select<{ kind: string; payload: string; cycle_id: string }>(
      "SELECT kind, payload, cycle_id FROM outbox WHERE kind = 'notice.cycle_published' ORDER BY business_key",
    );
    expect(rows.map((row) => [row.kind, row.cycle_id])).toEqual([
      ['notice.cycle_published', cycleId],
      ['notice.cycle_published', cycleId],
    ]);
    const cards = rows.map((row) => JSON.parse(row.payload) as object);
    const counts = { transition: 5, train: 8, reassign: 7, insufficient_data: 0, later: 0, left: 0 };
    expect(cards).toEqual(
      ['hr01', 'hr02'].map((userId) => ({
        cycleId,
        userId,
        period: '2026Q3',
        role,
        publishedOn: '2026-10-12',
        counts,
      })),
    );
    expect((await auditActions()).filter((action) => action === 'cycle.published')).toHaveLength(1);
  });

  test('now the person sees the score, the tier and the records as they were', async () => {
    await house.deps.db.execute(
      "DELETE FROM feedback WHERE user_id = 'zhangsan' AND given_on BETWEEN '2026-01-01' AND '2026-09-30' LIMIT 3",
    );
    await house.match.rebuildProfiles(SYSTEM, now);
    const own = await ownMatch(house.deps, zhangsan, { period: null, role });
    await fits(MatchAnswer, {
      ...(await answerHead(house.deps, zhangsan, own.dataAt)),
      ...own,
      dataAt: null,
    });
    expect(own).toMatchObject({
      period: '2026Q3',
      periods: ['2026Q3', '2026Q2'],
      state: 'published',
      explanation: {
        scoreHundredths: 8_520,
        tier: 'transition',
        targetRole: role,
        presentRole: 'small_account',
      },
    });
    const home = await house.evidence.homeMatch(zhangsan, now.period);
    await fits(HomeMatch, home);
    expect(home.result).toMatchObject({
      scoreHundredths: 8_520,
      largestGap: { metric: 'large_account_tenure_months' },
    });
    expect(home.result?.strongest.map((point) => point.attainmentHundredths)).toEqual([
      10_000, 10_000, 9_375,
    ]);
    const explained = await house.cycle.explain(zhangsan, { ...now, userId: 'zhangsan' });
    const satisfaction = explained.dimensions[0]?.indicators[1];
    expect(satisfaction).toMatchObject({ n: 23, points: 12 });
    expect(satisfaction?.evidence).toHaveLength(23);
    const page = await ownEvidence(house.deps, zhangsan, { ...now, metric: 'satisfaction_avg', after: 0 });
    await fits(EvidenceAnswer, { ...(await answerHead(house.deps, zhangsan, null)), ...page, dataAt: null });
    // Frozen ids whose records are gone leave a gap, never another record.
    expect([page.total, page.records.length]).toEqual([23, 20]);
  });

  test('the manager sees a report’s published score, a colleague nothing', async () => {
    expect((await house.cycle.explain(manager, { ...now, userId: 'zhangsan' })).score).toBe(85.2);
    const lisi = await house.viewer('lisi');
    expect(await codeOf(house.cycle.explain(lisi, { ...now, userId: 'zhangsan' }))).toBe(
      'cycle.person_not_found',
    );
    const none = await ownMatch(house.deps, hr, now);
    expect(none).toMatchObject({ state: 'none', explanation: null });
  });

  test('after publication nothing is confirmed or computed any more', async () => {
    expect(await codeOf(house.review.confirmAll(hr, now))).toBe('cycle.wrong_state');
    expect(await house.review.runCycle(house.operator, now)).toMatchObject({ state: 'published' });
  });

  test('the tier list tells everything, best first', async () => {
    const rows = await house.review.tierList(hr, now);
    expect(rows).toHaveLength(20);
    expect(rows[0]).toMatchObject({
      userid: 'wangwu',
      score: '88.64',
      suggested: 'transition',
      decided: 'transition',
    });
    const [read] = await select<{ actor: string; subject_id: string; after_value: string }>(
      "SELECT actor, subject_id, after_value FROM audit_log WHERE action = 'tier_list.read'",
    );
    expect(read).toMatchObject({ actor: hr.actor, subject_id: cycleId });
    expect(read?.after_value).toContain('20');
    expect(await auditActions()).toContain('people.read');
    expect(rows.at(-1)).toMatchObject({
      userid: 'xuqiang',
      department: '销售一部',
      coverage: '82.00',
      decided: 'reassign',
      reason: '与本人谈过，继续做擅长的客户',
      decided_at: '2026-10-12 09:30:00',
    });
  });

  test('closing waits for the cards, then ends the cycle', async () => {
    expect(await codeOf(house.review.close(admin, now))).toBe('cycle.still_open');
    await house.deps.db.execute("UPDATE role_changes SET state = 'kept'");
    await house.deps.db.execute("UPDATE approvals SET state = 'withdrawn'");
    await house.deps.db.execute("UPDATE outbox SET state = 'sent'");
    expect(await codeOf(house.review.close(zhangsan, now))).toBe('access.denied');
    const firstTeam: Viewer = { ...hr, hrDepartmentIds: [11] };
    expect(await codeOf(house.review.close(firstTeam, now))).toBe('cycle.scope_too_small');
    expect(await house.review.close(admin, now)).toMatchObject({ state: 'closed' });
    expect(await house.review.close(admin, now)).toMatchObject({ state: 'closed' });
    const steps = (await auditActions()).filter((action) => action.startsWith('cycle.'));
    expect(steps.slice(-2)).toEqual(['cycle.published', 'cycle.closed']);
    expect(await house.deps.audit.verify(house.deps.db)).toMatchObject({ brokenAt: null });
  });
});
