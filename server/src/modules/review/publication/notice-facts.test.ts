import { day, decisionNotice, period, type DecisionNoticeFacts } from '@shigang/shared';
import { openReviewHouse, type ReviewHouse } from '../../../../../test/src/demo/review-house.ts';
import type { Sql } from '../../../platform/database.ts';
import { decisionCard } from '../../notice/index.ts';
import { requireCycle } from '../../cycle/cycle.ts';
import { noticeFactsOf, type NoticeFacts, type NoticePerson } from './notice-facts.ts';

const role = 'large_account' as const;
const cycleId = '2026Q3-large_account';
const person = (userId: string, over: Partial<NoticePerson> = {}): NoticePerson => ({
  ...{ userId, name: userId, tier: 'train', presentRole: 'small_account', change: null },
  ...over,
});

let house: ReviewHouse;
let queries = 0;
beforeAll(async () => {
  house = await openReviewHouse();
  await house.review.runCycle(house.operator, { period: period('2026Q2'), role, history: true });
  await house.review.runCycle(house.operator, { period: period('2026Q3'), role });
}, 120_000);

async function factsOf(people: readonly NoticePerson[]): Promise<Map<string, NoticeFacts>> {
  const { db } = house.deps;
  queries = 0;
  const counting = new Proxy(db, {
    get(target, part) {
      if (part === 'select') queries += 1;
      const value = Reflect.get(target, part) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  }) as Sql;
  const cycle = await requireCycle(db, cycleId);
  return noticeFactsOf(house.deps, counting, { cycle, publishedOn: day('2026-10-12'), people });
}
const one = async (of: NoticePerson): Promise<NoticeFacts & { facts: DecisionNoticeFacts }> => {
  const found = (await factsOf([of])).get(of.userId);
  if (!found) throw new Error(`no facts of ${of.userId}`);
  return found;
};

test('two strengths, the gap that one can work on, and what was gained since the quarter before', async () => {
  const change = {
    ...{ toRole: role, notBefore: null, replyDueOn: day('2026-10-19'), earliestOn: day('2026-11-01') },
    ...{ plan: { name: '大客户激励方案' }, approverUserId: 'mgr01' },
  };
  const { facts, courses } = await one(person('zhangsan', { tier: 'transition', change }));
  expect(facts).toMatchObject({
    ...{ recipientName: '张三', period: '2026Q3', role, publishedOn: '2026-10-12' },
    ...{ scoreHundredths: 8_520, offeredRole: role, earlierOffers: 0, required: null, training: null },
    consent: { dueOn: '2026-10-19', planName: '大客户激励方案', approverName: '陈立' },
    gap: { metric: 'large_deal_win_rate' },
  });
  expect(facts.previousScoreHundredths).not.toBeNull();
  expect(facts.strengths.map((row) => row.metric)).toContain('satisfaction_avg');
  expect(facts.strengths).toHaveLength(2);
  expect(courses).toEqual([]);
});

test('the courses of the weakest dimensions, without those passed', async () => {
  const { facts, courses } = await one(person('lisi'));
  expect(courses).toEqual([
    { course: '大客户长期经营', dimensionId: 'care', dimensionName: '长期维护' },
    { course: '大客户资源协调', dimensionId: 'coordination', dimensionName: '资源协调' },
  ]);
  expect(facts.training).toEqual({ courses: courses.map((row) => row.course), dueOn: '2026-11-16' });
  await house.deps.db.insertMany(
    'trainings',
    ['user_id', 'course', 'finished_on', 'passed'],
    [['lisi', '大客户资源协调', '2026-10-11', 1]],
  );
  expect((await one(person('lisi'))).courses.map((row) => row.course)).not.toContain('大客户资源协调');
});

test('what is missing is named for whom the data says too little', async () => {
  const { facts } = await one(person('xuqiang', { tier: 'insufficient_data' }));
  expect(facts.missing.map((row) => row.name)).toEqual(['协作响应时长', '协作解决率']);
  expect(decisionNotice(facts).reasons[0]).toContain('还差“协作响应时长”');
});

test('as many queries for twenty people as for one', async () => {
  await factsOf([person('lisi')]);
  const forOne = queries;
  const members = await house.deps.db.select<{ userId: string }>(
    'SELECT user_id AS userId FROM cycle_members WHERE cycle_id = ?',
    [cycleId],
  );
  const found = await factsOf(members.map((row) => person(row.userId)));
  expect(found.size).toBe(20);
  expect(queries).toBe(forOne);
});

test('an offer made again counts the ones that were told, not those taken back before they went out', async () => {
  const { db } = house.deps;
  const ids = ['told', 'taken', 'now'].map((name) => name.padEnd(36, '0'));
  await db.insertMany(
    'decisions',
    ['decision_id', 'cycle_id', 'user_id', 'kind', 'tier', 'suggested_tier', 'decided_by', 'decided_at'],
    ids.map((id) => [id, cycleId, 'lisi', 'decided', 'train', 'train', 'hr01', new Date(0)]),
  );
  await db.execute('UPDATE decisions SET current_key = ? WHERE decision_id = ?', [
    `${cycleId}/lisi`,
    ids[2]!,
  ]);
  for (const id of ids) {
    const { facts } = await one(person('lisi'));
    const payload = { cycleId, decisionId: id, userId: 'lisi', facts };
    await db.transaction((tx) => house.deps.notice.tell(tx, decisionCard, [payload]));
  }
  await db.transaction((tx) => house.deps.notice.takeBack(tx, ids[1]!));
  expect((await one(person('lisi'))).facts.earlierOffers).toBe(1);
});
