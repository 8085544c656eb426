import {
  buildEmployee,
  createTestDatabase,
  startTestDingTalk,
  testRedis,
  type TestDingTalk,
} from '@shigang/test';
import { demoOrg } from '@shigang/simulator';
import { heardNews } from '../../../../test/src/factories/heard-news.ts';
import type { Database } from '../../platform/database.ts';
import { createLog } from '../../platform/log.ts';
import { Outbox } from '../../platform/outbox/outbox.ts';
import { OutboxRelay } from '../../platform/outbox/relay.ts';
import {
  createNotice,
  cycleCard,
  noticeEntities,
  noticeSettled,
  type CycleCardPayload,
  type NoticeModule,
} from './index.ts';
import { isInForce } from '../review/index.ts';

/** Real servers on a machine that may be busy. */
jest.setTimeout(60_000);

const SEND = '/topapi/message/corpconversation/asyncsend_v2';
const RESULT = '/topapi/message/corpconversation/getsendresult';
const HOUR_MS = 3_600_000;

let db: Database;
let dingtalk: TestDingTalk;
let outbox: Outbox;
let relay: OutboxRelay;
let notice: NoticeModule;
let cycles = 0;

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
    db,
    clock: dingtalk.clock,
    outbox,
    isInForce,
    news: heardNews(outbox, [noticeSettled]),
    log,
    config: { publicUrl: 'https://hr.example.com' },
    dingtalk: dingtalk.gateway(),
  });
  relay = new OutboxRelay(outbox, notice.senders, log);
  await buildEmployee(db, { userId: 'hr01', name: '周敏' });
});
afterEach(() => dingtalk.clearFaults());

/** Both clocks: a day has to pass at DingTalk too. */
async function pass(ms: number): Promise<void> {
  dingtalk.clock.advance(ms);
  await dingtalk.control('/clock', { advance: `PT${Math.ceil(ms / 1000)}S` });
}
const booked = async (): Promise<BookedNotice[]> =>
  (await dingtalk.control<{ notices: BookedNotice[] }>('/books')).notices;
const noticeOf = async (id: string): Promise<Record<string, unknown>> => {
  const [row] = await db.select<Record<string, unknown>>(
    'SELECT state, delivery, task_id, wording FROM notices WHERE id = ?',
    [id],
  );
  return row ?? {};
};

/** A card of a cycle of its own, written as the review writes it. */
async function addCard(): Promise<string> {
  const cycleId = `2026Q3-${++cycles}`;
  const counts = { transition: 5, train: 8, reassign: 7, insufficient_data: 0, later: 0, left: 0 };
  const payload: CycleCardPayload = {
    cycleId,
    userId: 'hr01',
    period: '2026Q3',
    role: 'large_account',
    publishedOn: '2026-10-12',
    counts,
  };
  return db.transaction(async (tx) => (await notice.tell(tx, cycleCard, [payload]))[0] ?? '');
}

test("HR's card arrives once, with its counts and link, and its delivery is known a moment later", async () => {
  const id = await addCard();
  await relay.drain('worker');
  const notices = await booked();
  expect(notices).toHaveLength(1);
  expect(notices[0]?.recipients).toEqual(['hr01']);
  expect(notices[0]?.content.action_card).toEqual({
    title: '第三季度盘点已发布（10月12日）',
    markdown: expect.stringMatching(/周敏.*20 人[^]*直接转型：5 人[^]*培训后转型：8 人[^]*调整岗位：7 人/),
    single_title: '查看名单',
    single_url: 'https://hr.example.com/desk/cycles/2026Q3-1',
  });
  expect(await noticeOf(id)).toMatchObject({ state: 'accepted', delivery: null });
  expect(await outbox.dueCount()).toBe(0);
  await pass(61_000);
  await relay.drain('worker');
  expect(await noticeOf(id)).toMatchObject({ state: 'delivered', delivery: 'unread' });
  expect(await outbox.dueCount()).toBe(0);
});

/** What DingTalk did with a call whose answer got lost: nothing, or the card is out. */
test.each(['http500', 'busy', 'html', 'truncate', 'hang'] as const)(
  'answer lost by %s: the card is there once',
  async (kind) => {
    const before = (await booked()).length;
    const id = await addCard();
    await dingtalk.fault(SEND, kind, 1);
    await relay.drain('worker');
    await pass(5_000);
    await relay.drain('worker');
    const arrived = (await booked()).slice(before).filter((notice) => notice.delivery === 'delivered');
    expect(arrived).toHaveLength(1);
    await pass(61_000);
    await relay.drain('worker');
    expect(await noticeOf(id)).toMatchObject({ state: 'delivered', wording: 1 });
    expect((await booked()).slice(before).filter((notice) => notice.delivery === 'delivered')).toHaveLength(
      1,
    );
  },
);

test('a worker that died after sending: the next one finds out and nothing arrives twice', async () => {
  const before = (await booked()).length;
  const id = await addCard();
  const [row] = await outbox.claim('dead', [cycleCard.kind], 1);
  expect(row?.id).toBe(id);
  const dying = createNotice({
    db: Object.assign(Object.create(db) as Database, {
      transaction: () => Promise.reject(new Error('killed')),
    }),
    clock: dingtalk.clock,
    outbox,
    isInForce,
    news: heardNews(outbox, [noticeSettled]),
    log: createLog('silent', 'test'),
    config: { publicUrl: 'https://hr.example.com' },
    dingtalk: dingtalk.gateway(),
  });
  await expect(dying.senders[0]?.send(row!)).rejects.toThrow('killed');
  await pass(9_000);
  await relay.drain('alive');
  await pass(61_000);
  await relay.drain('alive');
  expect((await booked()).slice(before).map((sent) => sent.delivery)).toEqual(['delivered', 143106]);
  expect(await noticeOf(id)).toMatchObject({ state: 'delivered', delivery: '143106' });
});

test('an unknown outcome that lasts past midnight is shown, not sent again', async () => {
  const id = await addCard();
  await dingtalk.fault(SEND, 'truncate', 1);
  await relay.drain('worker');
  const before = (await booked()).length;
  await pass(24 * HOUR_MS);
  await relay.drain('worker');
  expect(await noticeOf(id)).toMatchObject({ state: 'unknown' });
  expect(await booked()).toHaveLength(before);
  const [row] = await db.select<{ state: string }>('SELECT state FROM outbox WHERE id = ?', [id]);
  expect(row?.state).toBe('dead');
});

test('accepted and not delivered: sent once more in other words', async () => {
  const before = (await booked()).length;
  const id = await addCard();
  await dingtalk.fault(SEND, 'undelivered', 1);
  await relay.drain('worker');
  await pass(61_000);
  await relay.drain('worker');
  await pass(61_000);
  await relay.drain('worker');
  expect(await noticeOf(id)).toMatchObject({ state: 'failed', wording: 1 });
  const sent = (await booked()).slice(before);
  expect(sent.map((notice) => notice.delivery)).toEqual(['failed', 'delivered']);
  expect(sent[1]?.content.action_card.markdown).not.toBe(sent[0]?.content.action_card.markdown);
  const states = await db.select(
    'SELECT wording, state FROM notices ORDER BY accepted_at DESC, wording DESC LIMIT 1',
  );
  expect(states).toEqual([{ wording: 2, state: 'delivered' }]);
});

test('a delivery that DingTalk can no longer tell is unknown', async () => {
  const id = await addCard();
  await relay.drain('worker');
  await pass(25 * HOUR_MS);
  await relay.drain('worker');
  expect(await noticeOf(id)).toMatchObject({ state: 'unknown', delivery: null });
});

test('the quota used up: the card waits and goes out later', async () => {
  const before = (await booked()).length;
  const id = await addCard();
  await dingtalk.fault(SEND, 'quota', 1);
  await relay.drain('worker');
  expect(await outbox.dueCount()).toBe(0);
  await pass(6 * HOUR_MS + 1_000);
  await relay.drain('worker');
  expect(await booked()).toHaveLength(before + 1);
  expect(await noticeOf(id)).toMatchObject({ state: 'accepted' });
});

test('the result cannot be read for a while: asked again', async () => {
  const id = await addCard();
  await relay.drain('worker');
  await dingtalk.fault(RESULT, 'busy');
  await pass(61_000);
  await relay.drain('worker');
  expect(await noticeOf(id)).toMatchObject({ state: 'accepted' });
  await dingtalk.clearFaults();
  await pass(130_000);
  await relay.drain('worker');
  expect(await noticeOf(id)).toMatchObject({ state: 'delivered' });
});

test('refused for good: dead in the outbox, failed in the books', async () => {
  const id = await addCard();
  await dingtalk.fault(SEND, 'denied');
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await relay.drain('worker');
    await pass(15 * 60_000 + 1_000);
  }
  const [row] = await db.select<{ state: string; last_error: string }>(
    'SELECT state, last_error FROM outbox WHERE id = ?',
    [id],
  );
  expect(row?.state).toBe('dead');
  expect(row?.last_error).toContain('权限');
  expect(await noticeOf(id)).toMatchObject({ state: 'failed' });
});
