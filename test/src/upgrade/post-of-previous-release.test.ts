import { newId, sha256, Database } from '@shigang/server';
import { demoOrg } from '@shigang/simulator';
import { entities } from '../../../server/src/modules.ts';
import { askRoute } from '../fault/ask-route.ts';
import {
  CYCLE_REF,
  DECISION_CYCLE,
  DECISION_PERIOD,
  decideAll,
  HR_ADMIN,
  houseOver,
  MANAGER,
  preparedDatabase,
  SMALL_TEAM,
  STARTS_AT,
  type DecisionHouse,
} from '../harness/decision-house.ts';
import { booksOf } from '../harness/decision-state.ts';
import { createTestDatabase, nameOf, urlOf } from '../harness/databases/test-database.ts';
import { startTestDingTalk } from '../harness/test-dingtalk.ts';
import { testRedis } from '../harness/test-redis.ts';

/*
 * The release before kept in the outbox what it had told and what had become of it, wrote news under kinds of its own, and
 * put a notice into words only when it sent it. What it left is taken over, sent and heard, once.
 */

const SLOW = 120_000;
/** Migrations of the release whose outbox was its memory. */
const RELEASED = 7;

/** A database with the tables of the earlier release and the rows of `from` as far as it knew their columns. */
async function earlierDatabase(from: Database): Promise<Database> {
  const db = await createTestDatabase({ migrate: false, entities });
  const earlier = await Database.open(urlOf(db), [], 1);
  earlier.dataSource.migrations.splice(RELEASED);
  await earlier.migrate();
  await earlier.close();
  const columns = await db.select<{ tableName: string; names: string }>(
    `SELECT table_name AS tableName, GROUP_CONCAT(CONCAT('\`', column_name, '\`')) AS names
     FROM information_schema.columns WHERE table_schema = ? AND table_name <> 'migrations' GROUP BY table_name`,
    [nameOf(db)],
  );
  for (const { tableName, names } of columns) {
    await db.execute(`DELETE FROM ${tableName}`);
    await db.execute(`INSERT INTO ${tableName} (${names}) SELECT ${names} FROM ${nameOf(from)}.${tableName}`);
  }
  return db;
}

describe('what the release before left in the outbox', () => {
  let db: Database;
  let house: DecisionHouse;
  const decisionOf = async (userId: string): Promise<string> => {
    const [row] = await db.select<{ id: string }>(
      'SELECT decision_id AS id FROM decisions WHERE user_id = ? AND current_key IS NOT NULL',
      [userId],
    );
    return row?.id ?? '';
  };
  const stateOf = async (key: string): Promise<string | undefined> => {
    const [row] = await db.select<{ state: string }>('SELECT state FROM outbox WHERE business_key = ?', [
      key,
    ]);
    return row?.state;
  };
  const changeOf = (userId: string) =>
    db.select('SELECT state, returned_why FROM role_changes WHERE user_id = ?', [userId]);
  /** A row as the earlier release wrote it: without the columns of this one. */
  const leave = (kind: string, key: string, payload: object, more: { state?: string; error?: string } = {}) =>
    db.insertMany(
      'outbox',
      [
        ...['id', 'kind', 'business_key', 'payload', 'due_at', 'cycle_id', 'created_at', 'state', 'attempts'],
        ...['last_error', 'finished_at'],
      ],
      [
        [
          ...[
            newId(),
            kind,
            `${kind}/${key}`,
            JSON.stringify(payload),
            '2026-10-12 01:00:00',
            DECISION_CYCLE,
          ],
          ...['2026-10-12 01:00:00', more.state ?? 'pending', more.error ? 12 : 0, more.error ?? null],
          more.error ? '2026-10-12 01:20:00' : null,
        ],
      ],
    );

  beforeAll(async () => {
    const filled = await preparedDatabase(SMALL_TEAM);
    const redis = await testRedis();
    const dingtalk = await startTestDingTalk({ db: filled, redis, org: demoOrg(), now: STARTS_AT });
    const before = await houseOver(filled, redis, dingtalk);
    await decideAll(before, SMALL_TEAM);
    await before.modules.review.publish(await before.viewer(HR_ADMIN), CYCLE_REF);
    db = await earlierDatabase(filled);
    await db.execute('DELETE FROM notices');
    const [zhangsan, xuqiang] = [await decisionOf('zhangsan'), await decisionOf('xuqiang')];
    await leave('review.approval_settled', zhangsan, {
      ...{ decisionId: zhangsan, outcome: 'refused', remark: '先不动', by: MANAGER },
      at: dingtalk.clock.now(),
    });
    await leave('review.notice_settled', xuqiang, { decisionId: xuqiang, noticeId: 'x', state: 'failed' });
    await leave('approval.withdraw', zhangsan, {}, { state: 'dead', error: '钉钉暂时没有正常回应' });
    await db.migrate();
    house = await houseOver(db, redis, dingtalk);
  }, SLOW);

  test('goes on in the right lane, and what was told or suffered stands with whom it concerns', async () => {
    const lanes = await db.select<{ lane: string; kind: string }>(
      'SELECT DISTINCT lane, kind FROM outbox ORDER BY lane, kind',
    );
    expect(lanes.filter(({ lane }) => lane === 'house').map(({ kind }) => kind)).toEqual([
      'review.approval_settled',
      'review.notice_settled',
    ]);
    const [rows] = await db.select<{ n: number }>(
      "SELECT COUNT(*) AS n FROM outbox WHERE kind LIKE 'notice.%'",
    );
    const notices = await db.select<{ payload: string; title: string; text_hash: string | null }>(
      'SELECT n.payload, n.title, n.text_hash FROM notices n JOIN outbox o ON o.id = n.id AND o.payload = n.payload',
    );
    expect(notices).toHaveLength(Number(rows?.n));
    expect(notices.every(({ title, text_hash: hash }) => title === '' && hash === null)).toBe(true);
    const [approval] = await db.select(
      `SELECT withdraw_asked_at IS NOT NULL AS isAsked, withdraw_tries AS tries, withdraw_error AS error,
         withdraw_given_up_at IS NOT NULL AS isGivenUp FROM approvals WHERE user_id = 'zhangsan'`,
    );
    expect(approval).toEqual({ isAsked: 1, tries: 12, error: '钉钉暂时没有正常回应', isGivenUp: 1 });
  });

  test('a person who opens the page reads what the card will say, before it goes out', async () => {
    const page = await askRoute<{ periods: string[]; notice: { headline: string } | null }>(house, 'lisi', {
      route: 'GET /me/development',
      query: { period: DECISION_PERIOD },
    });
    expect(page.periods).toEqual([DECISION_PERIOD]);
    expect(page.notice?.headline).toBeTruthy();
    const [notice] = await db.select<{ title: string; isSeen: number }>(
      "SELECT title, seen_at IS NOT NULL AS isSeen FROM notices WHERE user_id = 'lisi'",
    );
    expect(notice).toMatchObject({ title: expect.stringContaining('盘点'), isSeen: 1 });
  });

  test('cards go out once, also one that a process of the earlier release adds beside this one', async () => {
    await db.execute('DELETE FROM notices WHERE user_id = ?', [MANAGER]);
    await house.modules.relay.drain('worker');
    const { notices } = await booksOf(house.dingtalk);
    const written = await db.select<{ user_id: string; title: string; body: string; text_hash: string }>(
      "SELECT user_id, title, body, text_hash FROM notices WHERE state = 'accepted' ORDER BY user_id",
    );
    expect(written.map((row) => row.user_id)).toEqual(expect.arrayContaining([MANAGER, 'lisi', 'zhangsan']));
    expect(notices).toHaveLength(written.length);
    for (const { user_id: userId, title, body, text_hash: hash } of written) {
      expect(hash).toBe(sha256(`${title}\n${body}`));
      const card = notices.find(({ recipients }) => recipients.includes(userId))?.content.action_card;
      expect(card).toMatchObject({ title, markdown: body });
    }
  });

  test('news under its names is heard', async () => {
    expect(await stateOf(`review.approval_settled/${await decisionOf('zhangsan')}`)).toBe('sent');
    expect(await stateOf(`review.notice_settled/${await decisionOf('xuqiang')}`)).toBe('sent');
    expect(await changeOf('zhangsan')).toEqual([{ state: 'returned', returned_why: 'refused' }]);
    await leave('review.person_left', 'xuqiang/2026-10-13', { userId: 'xuqiang' });
    await house.modules.relay.drain('worker', 'dingtalk');
    expect(await changeOf('xuqiang')).toMatchObject([{ state: 'cancelled' }]);
  });

  test('what a notice of an earlier process is made of is kept before its post is deleted', async () => {
    await db.execute("UPDATE notices SET payload = NULL WHERE user_id = 'lisi'");
    expect(await house.modules.notice.adoptEarlier()).toBe(1);
    const [row] = await db.select<{ payload: string }>("SELECT payload FROM notices WHERE user_id = 'lisi'");
    expect(JSON.parse(row?.payload ?? '')).toMatchObject({
      userId: 'lisi',
      facts: { recipientName: '李四' },
    });
  });
});
