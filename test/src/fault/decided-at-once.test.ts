import type { Database } from '@shigang/server';
import type { ReplyAnswer } from '@shigang/shared';
import { demoOrg } from '@shigang/simulator';
import { copyDatabase, type DatabaseCopy } from '../harness/databases/database-copy.ts';
import {
  decideAll,
  DECISION_CYCLE,
  HR,
  HR_ADMIN,
  houseOver,
  preparedDatabase,
  processEnv,
  STARTS_AT,
} from '../harness/decision-house.ts';
import { startServer } from '../harness/processes/house.ts';
import { signedIn, type SignedIn } from '../harness/processes/signed-in.ts';
import { startTestDingTalk } from '../harness/test-dingtalk.ts';
import { testRedis } from '../harness/test-redis.ts';
import { STORY_TEAM } from './decision-story.ts';

/* The same thing by two people, or by two clicks, at the same moment, at a running server: one effect, and clear answers. */

const SLOW = 300_000;
const ROUNDS = 20;
/** Each begins with the database as it was. */
const FRESH_ROUNDS = 5;
const DECISIONS = `/cycles/${DECISION_CYCLE}/decisions`;
const PUBLICATION = `/cycles/${DECISION_CYCLE}/publication`;
/** Offered another role by the story. */
const OFFERED = ['zhangsan', 'xuqiang', 'wangwu'] as const;

let db: Database;
let sessions: Map<string, SignedIn>;
/** In review, everybody decided. */
let decided: DatabaseCopy;
let published: DatabaseCopy;

beforeAll(async () => {
  db = await preparedDatabase(STORY_TEAM);
  const redis = await testRedis();
  const dingtalk = await startTestDingTalk({ db, redis, org: demoOrg(), now: STARTS_AT });
  await decideAll(await houseOver(db, redis, dingtalk), STORY_TEAM);
  const env = await processEnv(db, redis, dingtalk);
  await startServer(env);
  const address = { env, appUrl: env['PUBLIC_URL'] ?? '', simulator: { apiBase: dingtalk.config.apiBase } };
  sessions = new Map();
  for (const userId of [HR, HR_ADMIN, ...OFFERED]) sessions.set(userId, await signedIn(address, userId));
  decided = await copyDatabase(db);
  await as(HR_ADMIN).post(PUBLICATION, {});
  published = await copyDatabase(db);
}, SLOW);

function as(userId: string): SignedIn {
  const session = sessions.get(userId);
  if (!session) throw new Error(`${userId} is not signed in`);
  return session;
}

interface Answered {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** All of them on their way before the first answer is there. */
const atOnce = (
  ...asked: readonly { readonly by: string; readonly path: string; readonly body: object }[]
): Promise<Answered[]> =>
  Promise.all(
    asked.map(async ({ by, path, body }) => {
      const { status, text } = await as(by).send(path, body);
      return { status, body: JSON.parse(text) as Answered['body'] };
    }),
  );

async function count(sql: string, ...params: string[]): Promise<number> {
  const [row] = await db.select<{ n: number }>(`SELECT COUNT(*) AS n FROM ${sql}`, params);
  return Number(row?.n);
}

async function inForce(userId: string): Promise<string[]> {
  const rows = await db.select<{ id: string }>(
    'SELECT decision_id AS id FROM decisions WHERE user_id = ? AND current_key IS NOT NULL',
    [userId],
  );
  return rows.map((row) => row.id);
}

const nameOf = async (userId: string): Promise<string> =>
  (await db.select<{ name: string }>('SELECT name FROM employees WHERE user_id = ?', [userId]))[0]?.name ??
  '';

const STATES = [
  ['in review', () => decided, 0],
  ['published', () => published, 1],
] as const;

describe.each(STATES)('a decision %s', (_, copy, noticesEach) => {
  beforeAll(() => copy().restore(), SLOW);

  /** What is left of one decision alone. */
  async function expectOneEffect(replaces: string, decisionId: unknown): Promise<void> {
    const made = String(decisionId);
    expect(await inForce('zhangsan')).toEqual([made]);
    expect(await count('decisions WHERE replaces_id = ?', replaces)).toBe(1);
    const audited = "audit_log WHERE action = 'decision.made' AND after_value LIKE ?";
    expect(await count(audited, `%"${made}"%`)).toBe(1);
    const written = "outbox WHERE kind = 'notice.decision' AND business_key LIKE ?";
    expect(await count(written, `%/${made}%`)).toBe(noticesEach);
  }

  test(
    'by two people at once: one is made, the other is told by whom',
    async () => {
      const names = { [HR]: await nameOf(HR), [HR_ADMIN]: await nameOf(HR_ADMIN) };
      const person = await nameOf('zhangsan');
      for (let round = 0; round < ROUNDS; round += 1) {
        const [replaces = ''] = await inForce('zhangsan');
        const before = await count("audit_log WHERE action = 'decision.made'");
        const of = (by: string, tier: string) => ({
          ...{ by, path: DECISIONS },
          body: { userId: 'zhangsan', tier, reason: `第 ${round} 轮，${by} 谈过之后的决定`, replaces },
        });
        const answers = await atOnce(of(HR, 'insufficient_data'), of(HR_ADMIN, 'train'));
        expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
        const isHrFirst = answers[0]?.status === 200;
        const [made, refused] = isHrFirst ? answers : answers.toReversed();
        expect(made?.body['status']).toBe('created');
        expect(refused?.body).toMatchObject({
          code: 'decision.taken',
          title: `${names[isHrFirst ? HR : HR_ADMIN]} 刚刚已经对 ${person} 做了决定，没有改动它。请看过新的决定再定。`,
        });
        await expectOneEffect(replaces, made?.body['decisionId']);
        expect(await count("audit_log WHERE action = 'decision.made'")).toBe(before + 1);
      }
    },
    SLOW,
  );

  test(
    'by a double click: made once, and both answers name it',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const [replaces = ''] = await inForce('zhangsan');
        const body = { userId: 'zhangsan', tier: 'train', reason: `第 ${round} 次点了两下的决定`, replaces };
        const click = { by: HR, path: DECISIONS, body };
        const answers = await atOnce(click, click);
        expect(answers.map(({ status }) => status)).toEqual([200, 200]);
        expect(answers.map((answer) => answer.body['status']).sort()).toEqual(['created', 'unchanged']);
        expect(new Set(answers.map((answer) => answer.body['decisionId'])).size).toBe(1);
        await expectOneEffect(replaces, answers[0]?.body['decisionId']);
      }
    },
    SLOW,
  );
});

test(
  'published by two people and a double click at once: everything is written once',
  async () => {
    const keys = async (): Promise<string[]> => {
      const rows = await db.select<{ key: string }>(
        'SELECT business_key AS `key` FROM outbox ORDER BY business_key',
      );
      return rows.map((row) => row.key);
    };
    await published.restore();
    const expected = await keys();
    expect(expected.filter((key) => key.startsWith('notice.decision/'))).toHaveLength(STORY_TEAM.length);
    for (let round = 0; round < FRESH_ROUNDS; round += 1) {
      await decided.restore();
      const by = (userId: string) => ({ by: userId, path: PUBLICATION, body: {} });
      const answers = await atOnce(by(HR_ADMIN), by(HR), by(HR_ADMIN), by(HR));
      expect(answers).toEqual(answers.map(() => ({ status: 200, body: { state: 'published' } })));
      expect(await keys()).toEqual(expected);
      expect(await count("audit_log WHERE action = 'cycle.published'")).toBe(1);
      expect(await count('role_changes')).toBe(OFFERED.length);
    }
  },
  SLOW,
);

describe('a reply', () => {
  interface Development {
    readonly notice: {
      readonly decisionId: string;
      readonly reply: { readonly consentHash: string };
    };
  }
  const replying = async (by: string) => {
    const { notice } = await as(by).get<Development>('/me/development');
    const { decisionId, reply } = notice;
    return (answer: ReplyAnswer) => ({
      ...{ by, path: '/me/replies' },
      body: { decisionId, answer, consentHash: reply.consentHash },
    });
  };
  const kept = (by: string): Promise<{ answer: ReplyAnswer }[]> =>
    db.select<{ answer: ReplyAnswer }>('SELECT answer FROM replies WHERE user_id = ?', [by]);

  test(
    'the same one twice at once: kept once, and both are told so',
    async () => {
      for (let round = 0; round < FRESH_ROUNDS; round += 1) {
        await published.restore();
        for (const by of OFFERED) {
          const reply = await replying(by);
          const answers = await atOnce(reply('agree'), reply('agree'));
          expect(answers.map(({ status }) => status)).toEqual([200, 200]);
          expect(answers.map((answer) => answer.body['status']).sort()).toEqual(['created', 'unchanged']);
          expect(await kept(by)).toEqual([{ answer: 'agree' }]);
          expect(await count("audit_log WHERE action LIKE 'role_change.%' AND subject_id = ?", by)).toBe(1);
        }
      }
    },
    SLOW,
  );

  test(
    'two different ones at once: one is kept, the other is told which',
    async () => {
      for (let round = 0; round < FRESH_ROUNDS; round += 1) {
        await published.restore();
        for (const by of OFFERED) {
          const reply = await replying(by);
          const [agreed, asked] = await atOnce(reply('agree'), reply('talk'));
          const isAgreed = agreed?.status === 200;
          const refused = isAgreed ? asked : agreed;
          expect([agreed?.status, asked?.status].sort()).toEqual([200, 409]);
          expect(refused?.body).toMatchObject({
            code: 'reply.other_answer',
            title: expect.stringContaining('你已经回复过'),
          });
          expect(await kept(by)).toEqual([{ answer: isAgreed ? 'agree' : 'talk' }]);
          expect(
            await count('role_changes WHERE user_id = ? AND state = ?', by, isAgreed ? 'open' : 'returned'),
          ).toBe(1);
        }
      }
    },
    SLOW,
  );
});
