import { period } from '@shigang/shared';
import { heardNews } from '../../../../test/src/factories/heard-news.ts';
import { openReviewHouse, type ReviewHouse } from '../../../../test/src/demo/review-house.ts';
import type { Viewer } from '../../access/index.ts';
import type { DingTalk } from '../../dingtalk/index.ts';
import { createLog } from '../../platform/log.ts';
import { sha256 } from '../../platform/ids.ts';
import {
  createNotice,
  decisionCard,
  noticeSettled,
  type DecisionNoticePayload,
  type NoticeModule,
} from '../notice/index.ts';
import { ownDevelopment } from './development.queries.ts';
import { personFile } from './evidence-file.queries.ts';
import { cycleBoard, cyclePeople } from '../review/desk.queries.ts';
import { teamOf } from '../review/team.queries.ts';
import { replyToOffer } from '../role-change/reply-to-offer.ts';
import { isInForce } from '../review/index.ts';

/* What a published decision shows to its person, the manager and HR; told in order, on the demo company. */

const role = 'large_account' as const;
const ref = { period: period('2026Q3'), role };
const cycleId = '2026Q3-large_account';

let house: ReviewHouse;
let notice: NoticeModule;
let hr: Viewer;
let manager: Viewer;
beforeAll(async () => {
  house = await openReviewHouse();
  const { db, clock, outbox } = house.deps;
  const config = { publicUrl: 'http://127.0.0.1:7001' };
  notice = createNotice({
    ...{ db, clock, outbox, config, isInForce, news: heardNews(outbox, [noticeSettled]) },
    log: createLog('silent', 'test'),
    // Nothing is sent here.
    dingtalk: {} as DingTalk,
  });
  [hr, manager] = (await Promise.all(['hr01', 'mgr01'].map(house.viewer))) as [Viewer, Viewer];
  await house.review.runCycle(house.operator, ref);
  const { left } = await house.review.confirmAll(house.operator, ref);
  for (const { userId } of left) {
    const reason = '和本人谈过，这样更能发挥长处';
    await house.review.decide(house.operator, ref, {
      ...{ userId, tier: 'reassign', targetRole: 'sales_support', reason },
    });
  }
}, 120_000);

const select = <Row extends object>(sql: string, params: string[] = []) =>
  house.deps.db.select<Row>(sql, params);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? error,
  );
const own = async (userId: string) =>
  ownDevelopment({ ...house.deps, notice }, await house.viewer(userId), { period: null, role });
const file = (viewer: Viewer, userId: string) => personFile(house.deps, viewer, { cycleId, userId });
const readsOf = async (actor: string, action: string) =>
  (await select('SELECT 1 FROM audit_log WHERE actor = ? AND action = ?', [actor, action])).length;

test('before publication neither the person nor the manager is shown anything', async () => {
  expect(await own('zhangsan')).toEqual({ periods: [], notice: null });
  expect(await teamOf(house.deps, manager)).toMatchObject({ period: null, people: [], approvals: [] });
});

test('the person sees the own decision and can answer exactly what the page says', async () => {
  await house.review.publish(house.operator, ref);
  const { periods, notice: told } = await own('zhangsan');
  expect(periods).toEqual(['2026Q3']);
  expect(told).toMatchObject({
    ...{ tier: 'transition', presentRole: 'small_account', offeredRole: role, training: null },
    headline: '你可以接大客户了',
    reply: { dueOn: '2026-10-19', workingDaysLeft: 5, isOpen: true, answer: null },
  });
  expect(told?.timeline.map((step) => [step.kind, step.state])).toEqual([
    ['recommended', 'done'],
    ['confirmed', 'done'],
    ['replied', 'current'],
    ['approved', 'ahead'],
    ['effective', 'ahead'],
  ]);
  expect((await own('lisi')).notice).toMatchObject({ tier: 'train', reply: null });
  expect((await own('hr01')).notice).toBeNull();
});

test('opening it proves the arrival once, and of another person it proves nothing', async () => {
  const seen = () =>
    select<{ user_id: string }>('SELECT user_id FROM notices WHERE seen_at IS NOT NULL ORDER BY user_id');
  expect((await seen()).map((row) => row.user_id)).toEqual(['lisi', 'zhangsan']);
  house.clock.advance(60_000);
  const before = await select("SELECT seen_at FROM notices WHERE user_id = 'zhangsan'");
  await own('zhangsan');
  expect(await select("SELECT seen_at FROM notices WHERE user_id = 'zhangsan'")).toEqual(before);
});

test('a waiting approval starts only once the person has agreed and has opened the notice', async () => {
  const gate = async () =>
    (
      await select<{ opened: number }>(
        "SELECT gate_opened_at IS NOT NULL AS opened FROM approvals WHERE user_id = 'shenyue'",
      )
    ).map((row) => Number(row.opened));
  const [change] = await select<{ decisionId: string; consentHash: string }>(
    `SELECT decision_id AS decisionId, consent_hash AS consentHash FROM role_changes WHERE user_id = 'shenyue'`,
  );
  expect((await file(hr, 'shenyue')).change?.missing).toEqual(['notice', 'agreement']);
  await replyToOffer(house.deps, await house.viewer('shenyue'), {
    ...{ decisionId: change?.decisionId ?? '', consentHash: change?.consentHash ?? '' },
    ...{ answer: 'agree', text: null, channel: 'cli' },
  });
  expect([(await file(hr, 'shenyue')).change?.missing, await gate()]).toEqual([['notice'], [0]]);
  await own('shenyue');
  expect([(await file(hr, 'shenyue')).change?.missing, await gate()]).toEqual([[], [1]]);
});

test('the manager sees the own reports alone, without money, and the reading is audited', async () => {
  const team = await teamOf(house.deps, manager);
  const reports = new Set(manager.reportIds);
  expect(team.people.length).toBeGreaterThan(0);
  expect(team.people.every((person) => reports.has(person.userId))).toBe(true);
  expect(team.approvals.every((one) => reports.has(one.userId))).toBe(true);
  const hidden = (await select<{ id: string }>('SELECT user_id AS id FROM cycle_members')).filter(
    ({ id }) => !reports.has(id),
  );
  expect(hidden.length).toBeGreaterThan(0);
  expect(JSON.stringify(team)).not.toMatch(/Fen"|amount|money|¥/);
  expect(await readsOf('mgr01', 'team.read')).toBe(1);
  expect(await codeOf(teamOf(house.deps, await house.viewer('zhangsan')))).toBe('access.denied');
});

test('the file is in order of time, carries its hash, and is closed to whoever has no scope', async () => {
  const before = await readsOf('hr01', 'file.read');
  const { entries, contentHash, may } = await file(hr, 'shenyue');
  expect(await readsOf('hr01', 'file.read')).toBe(before + 1);
  expect(contentHash).toBe(sha256(JSON.stringify(entries)));
  expect(entries.map((entry) => entry.kind)).toEqual(
    expect.arrayContaining(['explanation', 'decision', 'delivery', 'reply']),
  );
  const times = entries.map((entry) => entry.at);
  expect(times).toEqual([...times].sort());
  expect(may).toEqual({ keep: false, offerAgain: true, ground: false });
  for (const viewer of [
    { ...hr, hrDepartmentIds: [99] },
    { ...hr, hrDepartmentIds: [] },
  ])
    expect(await codeOf(file(viewer, 'shenyue'))).toBe('cycle.person_not_found');
  for (const userId of ['mgr01', 'shenyue'])
    expect(await codeOf(file(await house.viewer(userId), 'shenyue'))).toBe('access.denied');
});

test('what comes back may be kept, or gone on with after an answer', async () => {
  const [change] = await select<{ decisionId: string; consentHash: string }>(
    `SELECT decision_id AS decisionId, consent_hash AS consentHash FROM role_changes WHERE user_id = 'xuqiang'`,
  );
  await replyToOffer(house.deps, await house.viewer('xuqiang'), {
    ...{ decisionId: change?.decisionId ?? '', consentHash: change?.consentHash ?? '' },
    ...{ answer: 'talk', text: '想知道客户怎么交接', channel: 'app' },
  });
  const all = { keep: true, offerAgain: true, ground: true };
  expect((await file(hr, 'xuqiang')).may).toEqual(all);
  await house.deps.db.execute(
    "UPDATE role_changes SET is_for_admin = 1, returned_why = 'refused' WHERE user_id = 'xuqiang'",
  );
  expect((await file(hr, 'xuqiang')).may).toEqual({ keep: false, offerAgain: false, ground: false });
  expect((await file(await house.viewer('hr02'), 'xuqiang')).may).toEqual({ ...all, ground: false });
});

test('a notice that was taken back is not shown, and one that is on its way is not sent again', async () => {
  const [told] = await select<{ decisionId: string; payload: string }>(
    "SELECT decision_id AS decisionId, payload FROM notices WHERE user_id = 'sunhao'",
  );
  await house.deps.db.transaction((tx) => notice.takeBack(tx, told?.decisionId ?? ''));
  expect(await own('sunhao')).toEqual({ periods: [], notice: null });
  await house.deps.db.execute("DELETE FROM outbox WHERE state = 'cancelled'");
  const payload = JSON.parse(told?.payload ?? '') as DecisionNoticePayload;
  await house.deps.db.transaction((tx) => notice.tell(tx, decisionCard, [payload]));
  expect((await own('sunhao')).periods).toEqual(['2026Q3']);

  await own('zhaomin');
  const row = (state: string) =>
    house.deps.db.execute("UPDATE notices SET state = ?, seen_at = NULL WHERE user_id = 'zhaomin'", [state]);
  const mayResend = async () => (await file(hr, 'zhaomin')).notices.map((one) => one.mayResend);
  await row('written');
  expect(await mayResend()).toEqual([false]);
  await row('failed');
  expect(await mayResend()).toEqual([true]);
});

test('a summary card that reached nobody in its last words names its manager to HR', async () => {
  const unreached = async (viewer: Viewer) => (await cycleBoard(house.deps, viewer, cycleId)).unreached;
  const [card] = await select<{ id: string; kind: string }>(
    "SELECT id, kind FROM outbox WHERE kind = 'notice.team_summary' AND payload LIKE '%\"mgr01\"%'",
  );
  const written = async (id: string, wording: number, state: string) =>
    house.deps.db.insertMany(
      'notices',
      ['id', 'kind', 'cycle_id', 'user_id', 'wording', 'title', 'body', 'link', 'state'],
      [[id, String(card?.kind), cycleId, 'mgr01', wording, '汇总', '汇总', '/', state]],
    );
  expect(await unreached(hr)).toEqual([]);
  await house.deps.db.execute("UPDATE notices SET state = 'swallowed' WHERE id = ?", [String(card?.id)]);
  const [manager01] = await select<{ name: string }>("SELECT name FROM employees WHERE user_id = 'mgr01'");
  expect(await unreached(hr)).toEqual([manager01?.name]);
  const again = 'again-in-other-words';
  await written(again, 2, 'delivered');
  expect(await unreached(hr)).toEqual([]);
});

test('who reads a whole list leaves one row; who sees nobody leaves none', async () => {
  await cyclePeople(house.deps, hr, cycleId);
  await house.review.tierList(hr, ref);
  expect(await house.review.tierList(manager, ref)).toEqual([]);
  expect([await readsOf('hr01', 'people.read'), await readsOf('hr01', 'tier_list.read')]).toEqual([1, 1]);
  expect(await readsOf('mgr01', 'tier_list.read')).toBe(0);
  expect(await house.deps.audit.verify(house.deps.db)).toMatchObject({ brokenAt: null });
});
