import {
  buildEmployee,
  createTestDatabase,
  startTestDingTalk,
  testRedis,
  type TestDingTalk,
} from '@shigang/test';
import { demoOrg } from '@shigang/simulator';
import { heardKind, heardNews } from '../../../../test/src/factories/heard-news.ts';
import type { DecisionNoticeFacts } from '@shigang/shared';
import type { Database } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { Outbox } from '../../platform/outbox/outbox.ts';
import { OutboxRelay } from '../../platform/outbox/relay.ts';
import {
  createNotice,
  decisionCard,
  noticeEntities,
  noticeSettled,
  teamSummary,
  type DecisionNoticePayload,
  type NoticeModule,
  type TeamSummaryPayload,
} from './index.ts';
import { isInForce } from '../review/index.ts';

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

const SEND = '/topapi/message/corpconversation/asyncsend_v2';
const HOUR_MS = 3_600_000;
const CYCLE = '2026Q3-large_account';

let db: Database;
let dingtalk: TestDingTalk;
let outbox: Outbox;
let relay: OutboxRelay;
let notice: NoticeModule;

interface BookedNotice {
  recipients: string[];
  content: { action_card: { title: string; markdown: string; single_title: string; single_url: string } };
  delivery: string | number;
}

beforeAll(async () => {
  db = await createTestDatabase({ entities: noticeEntities });
  dingtalk = await startTestDingTalk({ db, redis: await testRedis(), org: demoOrg() });
  const log = createLog('silent', 'test');
  outbox = new Outbox(db, dingtalk.clock);
  notice = createNotice({
    ...{
      db,
      clock: dingtalk.clock,
      outbox,
      isInForce,
      news: heardNews(outbox, [noticeSettled]),
      log,
      dingtalk: dingtalk.gateway(),
    },
    config: { publicUrl: 'https://hr.example.com' },
  });
  relay = new OutboxRelay(outbox, notice.senders, log);
  for (const userId of ['zhangsan', 'mgr01']) await buildEmployee(db, { userId });
});
afterEach(() => dingtalk.clearFaults());

async function pass(ms: number): Promise<void> {
  dingtalk.clock.advance(ms);
  await dingtalk.control('/clock', { advance: `PT${Math.ceil(ms / 1000)}S` });
}
const booked = async (): Promise<BookedNotice[]> =>
  (await dingtalk.control<{ notices: BookedNotice[] }>('/books')).notices;

const facts: DecisionNoticeFacts = {
  ...{ recipientName: '张三', period: '2026Q3', role: 'large_account', publishedOn: '2026-10-12' },
  ...{ tier: 'reassign', presentRole: 'small_account', offeredRole: null },
  ...{ scoreHundredths: 5_000, previousScoreHundredths: null, strengths: [], gap: null, required: null },
  ...{ consent: null, training: null, missing: [], earlierOffers: 0, wording: 1 },
};

/** A decision in force with its notice on the way, as the review writes them. */
async function addDecision(): Promise<{ id: string; decisionId: string }> {
  const decisionId = newId();
  await db.execute('UPDATE decisions SET current_key = NULL');
  await db.insertMany(
    'decisions',
    [
      ...['decision_id', 'cycle_id', 'user_id', 'kind', 'tier', 'decided_by', 'decided_at', 'current_key'],
      'suggested_tier',
    ],
    [
      [
        ...[decisionId, CYCLE, 'zhangsan', 'decided', 'reassign', 'hr01', new Date(0), `${CYCLE}/zhangsan`],
        'reassign',
      ],
    ],
  );
  // Texts of one day differ, since DingTalk swallows equal ones.
  const earlierOffers = (await booked()).length;
  const payload: DecisionNoticePayload = {
    ...{ cycleId: CYCLE, decisionId, userId: 'zhangsan', facts: { ...facts, earlierOffers } },
  };
  const [id = ''] = await db.transaction((tx) => notice.tell(tx, decisionCard, [payload]));
  return { id, decisionId };
}
/** Those that were tried or seen. */
const noticesOf = (decisionId: string) =>
  db.select<{ id: string; wording: number; state: string; delivery: string | null; isSeen: number }>(
    `SELECT id, wording, state, delivery, seen_at IS NOT NULL AS isSeen FROM notices
     WHERE decision_id = ? AND (state <> 'written' OR tries > 0 OR seen_at IS NOT NULL) ORDER BY wording`,
    [decisionId],
  );
/** What the review was told. */
const toldOf = async (decisionId: string): Promise<string[]> => {
  const rows = await db.select<{ payload: string; cycle_id: string }>(
    'SELECT payload, cycle_id FROM outbox WHERE kind = ? ORDER BY created_at, id',
    [heardKind(noticeSettled)],
  );
  expect(rows.every((row) => row.cycle_id === CYCLE)).toBe(true);
  const told = rows.map((row) => JSON.parse(row.payload) as { decisionId: string; state: string });
  return told.filter((one) => one.decisionId === decisionId).map((one) => one.state);
};
const seen = (decisionId: string) =>
  db.transaction((tx) => notice.markSeen(tx, { decisionId, userId: 'zhangsan' }));
const resend = (noticeId: string) => db.transaction((tx) => notice.resend(tx, { noticeId }));
const NOT_RESENDABLE = { code: 'notice.not_resendable' };

test('the person gets the card, its delivery is asked for once, ten seconds later, and the review is told', async () => {
  const { id, decisionId } = await addDecision();
  await relay.drain('worker');
  expect((await booked()).at(-1)).toMatchObject({
    recipients: ['zhangsan'],
    content: {
      action_card: {
        title: '你的第三季度盘点可以看了（10月12日）',
        single_title: '看看依据',
        single_url: 'https://hr.example.com/development?period=2026Q3',
      },
    },
  });
  await dingtalk.newCalls();
  await pass(10_000);
  await relay.drain('worker');
  expect((await dingtalk.newCalls()).filter((call) => call.metered)).toHaveLength(1);
  expect(await noticesOf(decisionId)).toEqual([
    { id, wording: 1, state: 'delivered', delivery: 'unread', isSeen: 0 },
  ]);
  expect(await toldOf(decisionId)).toEqual(['delivered']);
  await expect(resend(id)).rejects.toMatchObject(NOT_RESENDABLE);
  const [check] = await db.select("SELECT cycle_id FROM outbox WHERE kind = 'notice.check_delivery'");
  expect(check).toEqual({ cycle_id: CYCLE });
});

test("a manager's summary leads to the team", async () => {
  const payload: TeamSummaryPayload = {
    ...{
      cycleId: CYCLE,
      userId: 'mgr01',
      period: '2026Q3',
      role: 'large_account',
      publishedOn: '2026-10-12',
    },
    counts: { transition: 3, train: 3, reassign: 3, insufficient_data: 0, later: 0, left: 0 },
    approvals: 2,
  };
  await db.transaction((tx) => notice.tell(tx, teamSummary, [payload]));
  await relay.drain('worker');
  const sent = (await booked()).at(-1);
  expect(sent?.recipients).toEqual(['mgr01']);
  expect(sent?.content.action_card).toMatchObject({
    title: '你团队的第三季度盘点可以看了（10月12日）',
    single_title: '看团队',
    single_url: 'https://hr.example.com/team',
  });
  expect(sent?.content.action_card.markdown).toContain('2 件转岗等你在钉钉里审批');
  await pass(10_000);
  await relay.drain('worker');
});

test('opened in the app before DingTalk tells: delivered, news once, and nothing is asked any more', async () => {
  const { decisionId } = await addDecision();
  await relay.drain('worker');
  expect(await seen(decisionId)).toBe(true);
  expect(await seen(decisionId)).toBe(false);
  expect(await db.transaction((tx) => notice.markSeen(tx, { decisionId, userId: 'mgr01' }))).toBe(false);
  await dingtalk.newCalls();
  await pass(10_000);
  await relay.drain('worker');
  expect(await dingtalk.newCalls()).toEqual([]);
  expect(await noticesOf(decisionId)).toMatchObject([{ state: 'delivered', delivery: 'seen', isSeen: 1 }]);
});

test('opened while the card could not go out yet: proved, and the card still comes once', async () => {
  const before = (await booked()).length;
  const { decisionId } = await addDecision();
  await dingtalk.fault(SEND, 'quota', 1);
  expect(await seen(decisionId)).toBe(true);
  await relay.drain('worker');
  expect(await noticesOf(decisionId)).toMatchObject([{ state: 'written', isSeen: 1 }]);
  await pass(6 * HOUR_MS + 1_000);
  await relay.drain('worker');
  expect(await booked()).toHaveLength(before + 1);
  await pass(10_000);
  await relay.drain('worker');
  expect(await noticesOf(decisionId)).toMatchObject([{ state: 'delivered', isSeen: 1 }]);
});

test('lost, but read in the app before the other words went out: these are not sent', async () => {
  const before = (await booked()).length;
  const { decisionId } = await addDecision();
  await dingtalk.fault(SEND, 'undelivered', 1);
  await relay.drain('worker');
  await pass(10_000);
  const [check] = await outbox.claim('checker', ['notice.check_delivery'], 1);
  await notice.senders.find((sender) => sender.post.kind === check?.kind)?.send(check!);
  await outbox.finish(check!.id, 'checker', {});
  expect(await noticesOf(decisionId)).toMatchObject([{ state: 'failed', isSeen: 0 }]);
  expect(await seen(decisionId)).toBe(true);
  await relay.drain('worker');
  expect(await booked()).toHaveLength(before + 1);
  expect(await noticesOf(decisionId)).toMatchObject([{ wording: 1, state: 'delivered', delivery: 'seen' }]);
  expect(await toldOf(decisionId)).toEqual(['failed']);
});

test('HR sends again in words not used yet once nobody can tell, and only then', async () => {
  const { id, decisionId } = await addDecision();
  await expect(resend(id)).rejects.toMatchObject(NOT_RESENDABLE);
  await relay.drain('worker');
  await expect(resend(id)).rejects.toMatchObject(NOT_RESENDABLE);
  await pass(25 * HOUR_MS);
  await relay.drain('worker');
  expect(await toldOf(decisionId)).toEqual(['unknown']);
  const second = await resend(id);
  // One at a time.
  await expect(resend(id)).rejects.toMatchObject(NOT_RESENDABLE);
  await relay.drain('worker');
  await pass(25 * HOUR_MS);
  await relay.drain('worker');
  const third = await resend(second);
  await relay.drain('worker');
  await pass(10_000);
  await relay.drain('worker');
  expect(await noticesOf(decisionId)).toMatchObject([
    { id, wording: 1, state: 'unknown' },
    { id: second, wording: 2, state: 'unknown' },
    { id: third, wording: 3, state: 'delivered' },
  ]);
  expect(await toldOf(decisionId)).toEqual(['unknown', 'unknown', 'delivered']);
  const texts = (await booked()).slice(-3).map((sent) => sent.content.action_card.markdown);
  expect(new Set(texts).size).toBe(3);
  await expect(resend(third)).rejects.toMatchObject(NOT_RESENDABLE);
});

test('a decision that was replaced before its card could go out is not told any more', async () => {
  const before = (await booked()).length;
  const { id, decisionId } = await addDecision();
  await dingtalk.fault(SEND, 'quota', 1);
  await relay.drain('worker');
  expect(await noticesOf(decisionId)).toMatchObject([{ state: 'written' }]);
  await db.execute('UPDATE decisions SET current_key = NULL');
  await pass(6 * HOUR_MS + 1_000);
  await relay.drain('worker');
  expect(await booked()).toHaveLength(before);
  expect(await noticesOf(decisionId)).toEqual([]);
  expect(await db.select('SELECT state FROM outbox WHERE id = ?', [id])).toEqual([{ state: 'sent' }]);
});
