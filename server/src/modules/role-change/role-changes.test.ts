import { period } from '@shigang/shared';
import { openReviewHouse, type ReviewHouse } from '../../../../test/src/demo/review-house.ts';
import { systemViewer, type Viewer } from '../../access/index.ts';
import { ownDevelopment } from '../evidence/development.queries.ts';
import { personFile } from '../evidence/evidence-file.queries.ts';
import { decide } from '../review/decide.ts';
import { publishPreview } from '../review/publication/publish-preview.ts';
import type { Event } from '../../platform/events/index.ts';
import { approvalSettled } from '../approval/index.ts';
import { noticeSettled } from '../notice/index.ts';
import { passDay } from './pass-day.ts';
import { replyToOffer } from './reply-to-offer.ts';
import { resolveChange } from './resolve-change.ts';
import { roleChangeListeners } from './listeners.ts';

const SYSTEM = systemViewer('test');

/* From publication to the day on which a role changes, on the demo company; DingTalk's part is told by events. */

const ref = { period: period('2026Q3'), role: 'large_account' as const };
const cycleId = '2026Q3-large_account';
const SUPPORT = ['shenyue', 'xuqiang', 'qinchuan'];

let house: ReviewHouse;
let hr: Viewer;
let admin: Viewer;
beforeAll(async () => {
  house = await openReviewHouse();
  [hr, admin] = (await Promise.all(['hr01', 'hr02'].map(house.viewer))) as [Viewer, Viewer];
  await house.review.runCycle(house.operator, ref);
  const { left } = await house.review.confirmAll(admin, ref);
  for (const { userId } of left) {
    const targetRole = SUPPORT.includes(userId) ? 'sales_support' : 'small_account';
    const reason = '和本人谈过，这样更能发挥长处';
    await house.review.decide(admin, ref, { userId, tier: 'reassign', targetRole, reason });
  }
}, 120_000);

const select = <Row extends object>(sql: string, params: string[] = []) =>
  house.deps.db.select<Row>(sql, params);
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: { code?: string }) => error.code ?? error,
  );
const changeOf = async (userId: string) => {
  const [row] = await select<{
    decision_id: string;
    state: string;
    returned_why: string | null;
    returned_remark: string | null;
    effective_on: string | null;
    consent_hash: string;
    reply_due_on: string;
    is_for_admin: number;
  }>(
    `SELECT c.* FROM role_changes c JOIN decisions d ON d.decision_id = c.decision_id
     WHERE d.current_key = ?`,
    [`${cycleId}/${userId}`],
  );
  if (!row) throw new Error(`no change of ${userId}`);
  return row;
};
const answer = async (userId: string, reply: 'agree' | 'talk' | 'decline', hash?: string) => {
  const change = await changeOf(userId);
  return replyToOffer(house.deps, await house.viewer(userId), {
    decisionId: change.decision_id,
    answer: reply,
    text: null,
    consentHash: hash ?? change.consent_hash,
    channel: 'app',
  });
};
const listenerOf = (event: Event) => {
  const found = roleChangeListeners(house.deps).find((one) => one.event === event);
  if (!found) throw new Error(`nobody listens to ${event.name}`);
  return found;
};
const settled = async (userId: string, outcome: string, remark: string | null = null) => {
  const { decision_id: decisionId } = await changeOf(userId);
  const state = outcome === 'agreed' || outcome === 'refused' ? outcome : 'terminated';
  await house.deps.db.execute('UPDATE approvals SET state = ? WHERE decision_id = ?', [state, decisionId]);
  const payload = { decisionId, outcome, remark, by: 'mgr01', at: house.clock.now() };
  const heard = listenerOf(approvalSettled);
  await heard.hear(payload);
  await heard.hear(payload);
};
const outbox = (kind: string) =>
  select<{ business_key: string; state: string; due_at: Date }>(
    'SELECT business_key, state, due_at FROM outbox WHERE kind = ? ORDER BY business_key',
    [kind],
  );
const assignments = () =>
  select("SELECT user_id, role, valid_from FROM role_assignments WHERE source = 'decision' ORDER BY user_id");
const resolve = async (
  viewer: Viewer,
  userId: string,
  action: 'keep' | 'ground',
  text: string | null = null,
) =>
  resolveChange(house.deps, viewer, {
    cycleId,
    userId,
    decisionId: (await changeOf(userId)).decision_id,
    action,
    text,
  });

describe('publication', () => {
  test('the preview says what will be sent, and sends nothing', async () => {
    const preview = await publishPreview(house.deps, admin, cycleId);
    expect(preview).toMatchObject({ people: 20, obstacles: [], mayPublish: true, withoutApprover: [] });
    expect(preview.replyDueOn).toBe('2026-10-19');
    expect(preview.earliestEffectiveOn).toBe('2026-11-01');
    expect(preview.tiers.slice(0, 3)).toEqual([
      { tier: 'transition', people: 5, cards: 5, approvals: 5, approvalsWaiting: 0, trainingPlans: 0 },
      { tier: 'train', people: 8, cards: 8, approvals: 0, approvalsWaiting: 0, trainingPlans: 8 },
      { tier: 'reassign', people: 7, cards: 7, approvals: 0, approvalsWaiting: 3, trainingPlans: 0 },
    ]);
    expect(preview.meteredCalls).toMatchObject({ approvals: 5, todos: 8 });
    expect(preview.recipients).toHaveLength(20);
    expect(await outbox('notice.decision')).toEqual([]);
  });

  test('the preview says what is left of the month: metered calls of the running one, whatever their outcome', async () => {
    const call = (id: string, month: string, isMetered: number) => [
      ...[id.padEnd(36, '0'), `${month}-10 00:00:00`, month, 'oapi', 'POST', '/x', 'notice', isMetered],
      ...['ok', 1],
    ];
    await house.deps.db.insertMany(
      'call_ledger',
      ['id', 'called_at', 'month', 'host', 'method', 'path', 'purpose', 'metered', 'outcome', 'took_ms'],
      [call('a', '2026-10', 1), call('b', '2026-10', 1), call('c', '2026-10', 0), call('d', '2026-09', 1)],
    );
    const { monthlyQuota } = await publishPreview(house.deps, admin, cycleId);
    expect(monthlyQuota).toEqual({ limit: 5_000, used: 2, left: 4_998 });
  });

  test('one notice per decision, one action per tier, each once whoever publishes how often', async () => {
    await Promise.all([house.review.publish(admin, ref), house.review.publish(admin, ref)]);
    await house.review.publish(admin, ref);
    expect(await outbox('notice.decision')).toHaveLength(20);
    expect(await outbox('notice.team_summary')).toHaveLength(2);
    expect(await outbox('development.todo')).toHaveLength(8);
    const approvals = await outbox('approval.start');
    expect(approvals).toHaveLength(8);
    expect(approvals.filter((row) => row.due_at.getUTCFullYear() === 9999)).toHaveLength(3);
    expect(await select('SELECT actions FROM review_cycles WHERE cycle_id = ?', [cycleId])).toEqual([
      { actions: 'full' },
    ]);
  });

  test('an offer names plan, day and deadline in the text that is agreed to', async () => {
    const [row] = await select<{ consent_text: string; plan_id: string; plan_version: number }>(
      "SELECT consent_text, plan_id, plan_version FROM role_changes WHERE user_id = 'zhangsan'",
    );
    expect(row?.consent_text).toContain('大客户销售');
    expect((await changeOf('zhangsan')).reply_due_on).toBe('2026-10-19');
  });
});

describe('both agree', () => {
  test('an answer to another text is refused, so is another person’s', async () => {
    expect(await codeOf(answer('zhangsan', 'agree', '0'.repeat(64)))).toBe('reply.text_changed');
    const { decision_id: decisionId, consent_hash: consentHash } = await changeOf('zhangsan');
    const other = await house.viewer('lisi');
    const input = { decisionId, answer: 'agree', text: null, consentHash, channel: 'app' } as const;
    expect(await codeOf(replyToOffer(house.deps, other, input))).toBe('role_change.not_found');
  });

  test('the role is dated once both are there, whichever comes first, and once only', async () => {
    const replies = await Promise.all([answer('zhangsan', 'agree'), answer('zhangsan', 'agree')]);
    expect(replies.map((reply) => reply.status).sort()).toEqual(['created', 'unchanged']);
    expect(await codeOf(answer('zhangsan', 'decline'))).toBe('reply.other_answer');
    expect(await assignments()).toEqual([]);
    await settled('zhangsan', 'agreed');
    await settled('wangwu', 'agreed');
    expect(await assignments()).toEqual([
      { user_id: 'zhangsan', role: 'large_account', valid_from: '2026-11-01' },
    ]);
    await answer('wangwu', 'agree');
    expect(await assignments()).toHaveLength(2);
  });

  test('a newer decision before the day takes the role back', async () => {
    const before = await changeOf('wangwu');
    await house.review.decide(admin, ref, { userId: 'wangwu', tier: 'later', reason: '先把项目收尾' });
    expect(await assignments()).toHaveLength(1);
    const rows = await select<{ state: string }>('SELECT state FROM role_changes WHERE decision_id = ?', [
      before.decision_id,
    ]);
    expect(rows).toEqual([{ state: 'replaced' }]);
  });
});

describe('what comes back', () => {
  test('a refusal with its remark; the same offer again is a new one; the second refusal goes to the HR admin', async () => {
    await settled('zhouting', 'refused', '手上两个老客户 12 月才交接完');
    const first = await changeOf('zhouting');
    expect(first).toMatchObject({
      state: 'returned',
      returned_why: 'refused',
      returned_remark: '手上两个老客户 12 月才交接完',
      is_for_admin: 0,
    });
    expect(await codeOf(resolve(hr, 'zhouting', 'ground', '公司业务需要，已经协商'))).toBe(
      'role_change.no_ground',
    );
    const again = { userId: 'zhouting', tier: 'transition', reason: '12 月再开始' } as const;
    await decide(house.deps, hr, { ...again, cycleId, replaces: first.decision_id });
    const second = await changeOf('zhouting');
    expect(second).toMatchObject({ state: 'open' });
    expect(second.decision_id).not.toBe(first.decision_id);
    expect(
      await codeOf(
        decide(house.deps, hr, { ...again, reason: '晚一步', cycleId, replaces: first.decision_id }),
      ),
    ).toBe('decision.taken');
    await settled('zhouting', 'refused', '还是不行');
    expect(await changeOf('zhouting')).toMatchObject({ state: 'returned', is_for_admin: 1 });
    expect(await codeOf(resolve(hr, 'zhouting', 'keep'))).toBe('decision.for_admin');
    expect(await resolve(admin, 'zhouting', 'keep')).toBe('kept');
  });

  test('talk, then a written ground opens the gate once the notice has arrived', async () => {
    await answer('shenyue', 'talk');
    expect(await codeOf(resolve(hr, 'shenyue', 'ground', '太短'))).toBe('role_change.ground_required');
    expect(await resolve(hr, 'shenyue', 'ground', '岗位撤并，已与本人协商并留有记录')).toBe('open');
    const { decision_id: decisionId } = await changeOf('shenyue');
    const gate = () => select('SELECT state FROM approvals WHERE decision_id = ?', [decisionId]);
    expect(await gate()).toEqual([{ state: 'waiting' }]);
    await house.deps.db.insertMany(
      'notices',
      ['id', 'kind', 'cycle_id', 'user_id', 'title', 'body', 'link', 'state', 'decision_id'],
      [[decisionId, 'notice.decision', cycleId, 'shenyue', '', '', '', 'delivered', decisionId]],
    );
    await listenerOf(noticeSettled).hear({ decisionId });
    expect(await gate()).toEqual([{ state: 'starting' }]);
  });

  test('silence: back to HR the day after the last one, in the present post', async () => {
    house.clock.moveTo('2026-10-19T23:59:00+08:00');
    expect(await passDay(house.deps, SYSTEM)).toEqual({ effective: 0, returned: 0, cancelled: 0 });
    house.clock.moveTo('2026-10-20T00:01:00+08:00');
    const passed = await passDay(house.deps, SYSTEM);
    expect(passed.returned).toBeGreaterThanOrEqual(4);
    expect(await changeOf('xuqiang')).toMatchObject({ state: 'returned', returned_why: 'overdue' });
    expect(await codeOf(answer('xuqiang', 'agree'))).toBe('reply.closed');
    expect(await passDay(house.deps, SYSTEM)).toEqual({ effective: 0, returned: 0, cancelled: 0 });
  });

  test('an approval without a gate that waited for HR starts with the ground, whatever became of the notice', async () => {
    // Not started before the reply period was over: the worker left it to HR.
    const { decision_id: decisionId } = await changeOf('zhaomin');
    const waits = async () => {
      await house.deps.db.execute("UPDATE approvals SET state = 'waiting' WHERE decision_id = ?", [
        decisionId,
      ]);
      await house.deps.db.execute("UPDATE outbox SET due_at = '9999-12-31' WHERE business_key = ?", [
        `approval.start/${decisionId}`,
      ]);
    };
    const start = async () => {
      const [row] = await select<{ state: string; year: number }>(
        `SELECT a.state, YEAR(o.due_at) AS year FROM approvals a
         JOIN outbox o ON o.business_key = CONCAT('approval.start/', a.decision_id) WHERE a.decision_id = ?`,
        [decisionId],
      );
      return [row?.state, row?.year === 9999];
    };
    await waits();
    await passDay(house.deps, SYSTEM);
    expect(await start()).toEqual(['waiting', true]);
    const file = () => personFile(house.deps, hr, { cycleId, userId: 'zhaomin' });
    expect((await file()).change?.missing).toEqual([]);
    expect(await resolve(hr, 'zhaomin', 'ground', '业务需要，已与本人协商并留有记录')).toBe('open');
    expect(await start()).toEqual(['starting', false]);
    await waits();
    await passDay(house.deps, SYSTEM);
    expect(await start()).toEqual(['starting', false]);
  });

  test('the file keeps every return, also the earlier ones; the person is not shown the remarks', async () => {
    const ground = '岗位撤并，已与本人协商并留有记录';
    house.clock.moveTo('2026-10-20T09:00:00+08:00');
    expect(await resolve(hr, 'xuqiang', 'ground', ground)).toBe('open');
    house.clock.moveTo('2026-10-21T09:00:00+08:00');
    await settled('xuqiang', 'refused', '先把手上的客户交接完');
    const { entries } = await personFile(house.deps, hr, { cycleId, userId: 'xuqiang' });
    const steps = entries.slice(entries.findIndex(({ kind }) => kind === 'reply_overdue'));
    expect(steps.map(({ kind, at, title, detail }) => [kind, at.slice(5, 10), title, detail])).toEqual([
      ['reply_overdue', '10-20', '回复期已过，本人没有回复', null],
      ['returned', '10-20', '退回 HR：本人到期没有回复', null],
      ['ground', '10-20', 'HR 写明依据，继续调整', ground],
      ['returned', '10-21', '退回 HR：审批没有同意', '先把手上的客户交接完'],
    ]);
    const viewer = await house.viewer('xuqiang');
    const notice = { ...house.deps.notice, markSeen: () => Promise.resolve(false) };
    const own = await ownDevelopment({ ...house.deps, notice }, viewer, {
      period: null,
      role: 'large_account',
    });
    const returned = own.notice?.file.filter(({ kind }) => kind === 'returned');
    expect(returned?.map(({ detail }) => detail)).toEqual([null, null]);
  });
});

describe('the day', () => {
  test('the role changes on its day and the transfer is called once', async () => {
    house.clock.moveTo('2026-11-01T00:05:00+08:00');
    expect((await passDay(house.deps, SYSTEM)).effective).toBe(1);
    expect((await passDay(house.deps, SYSTEM)).effective).toBe(0);
    expect(await changeOf('zhangsan')).toMatchObject({ state: 'effective', effective_on: '2026-11-01' });
    expect(await outbox('roster.transfer')).toHaveLength(1);
  });

  test('closing names what is open, and keeps the present posts of what came back', async () => {
    expect(await codeOf(house.review.close(admin, ref))).toBe('cycle.still_open');
    await house.deps.db.execute("UPDATE outbox SET state = 'sent' WHERE cycle_id = ?", [cycleId]);
    await house.deps.db.execute(
      "UPDATE approvals SET state = 'refused' WHERE state IN ('starting', 'waiting', 'running')",
    );
    await house.deps.db.execute("UPDATE role_changes SET state = 'returned' WHERE state = 'open'");
    await house.review.close(admin, ref);
    const open = await select("SELECT 1 FROM role_changes WHERE state IN ('open', 'returned', 'agreed')");
    expect(open).toEqual([]);
    expect(await house.deps.audit.verify(house.deps.db)).toMatchObject({ brokenAt: null });
  });
});
