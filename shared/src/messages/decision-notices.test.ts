import fc from 'fast-check';
import {
  consentText,
  decisionNotice,
  type DecisionNoticeFacts,
  type NoticeReading,
} from './decision-notices.ts';
import { teamSummaryNotice } from './notices.ts';
import { supplyHints } from './screens/screens.ts';
import { salesRoles, tierNames, tiers } from './words.ts';

const satisfaction: NoticeReading = {
  metric: 'satisfaction_avg',
  name: '客户满意度',
  value: 92_000,
  target: 90_000,
  direction: 'up',
  n: 23,
};
const solved: NoticeReading = {
  ...satisfaction,
  metric: 'collaboration_solved_rate',
  name: '协作解决率',
  value: 8_000,
  target: 8_000,
  n: 10,
};
const wins: NoticeReading = {
  ...solved,
  metric: 'large_deal_win_rate',
  name: '大单赢单率',
  value: 3_000,
  target: 4_000,
};
const consent = {
  dueOn: '2026-10-19',
  earliestOn: '2026-11-01',
  notBefore: null,
  planName: '大客户激励方案',
  approverName: '陈立',
};
/** 张三 of the worked example. */
const zhangsan: DecisionNoticeFacts = {
  recipientName: '张三',
  period: '2026Q3',
  role: 'large_account',
  publishedOn: '2026-10-12',
  tier: 'transition',
  presentRole: 'small_account',
  offeredRole: 'large_account',
  scoreHundredths: 8_520,
  previousScoreHundredths: 7_878,
  strengths: [satisfaction, solved],
  gap: wins,
  required: null,
  consent,
  training: null,
  missing: [],
  earlierOffers: 0,
  wording: 1,
};
const stay: DecisionNoticeFacts = { ...zhangsan, tier: 'reassign', offeredRole: null, consent: null };

test('says of each reason whether the target is reached', () => {
  expect(decisionNotice(zhangsan).reached).toEqual([true, true, false]);
  const growing = { ...zhangsan, strengths: [satisfaction, wins], gap: null };
  expect(decisionNotice(growing).reached).toEqual([true, false]);
});

test('transition: the whole card of the worked example', () => {
  expect(decisionNotice(zhangsan)).toEqual({
    title: '你的第三季度盘点可以看了（10月12日）',
    button: '说说我的想法',
    headline: '你可以接大客户了',
    summary: '这一季你的匹配度是 85.20，比上季提高 6.42。我们建议你转为大客户销售。',
    reasons: [
      '客户满意度 9.2 分（23 条），超过岗位目标 9 分',
      '协作解决率 80%（10 条），达到岗位目标',
      '还能更好：大单赢单率 30%（10 条），岗位目标 40%',
    ],
    reached: [true, true, false],
    nextStep:
      '10月19日前说说你的想法。陈立在钉钉里审批，没有回复不算同意。双方都同意后，从次月 1 日起生效，最早 11月1日，激励同一天按“大客户激励方案”计算。',
    markdown: [
      '### 张三，你可以接大客户了',
      '这一季你的匹配度是 85.20，比上季提高 6.42。我们建议你转为大客户销售。',
      '- 客户满意度 9.2 分（23 条），超过岗位目标 9 分\n- 协作解决率 80%（10 条），达到岗位目标\n- 还能更好：大单赢单率 30%（10 条），岗位目标 40%',
      '**下一步** 10月19日前说说你的想法。陈立在钉钉里审批，没有回复不算同意。双方都同意后，从次月 1 日起生效，最早 11月1日，激励同一天按“大客户激励方案”计算。',
    ].join('\n\n'),
  });
});

test('a score that did not grow stands alone, and who is in the role already is asked nothing', () => {
  const { summary, headline, nextStep } = decisionNotice({
    ...zhangsan,
    previousScoreHundredths: 9_000,
    presentRole: 'large_account',
    offeredRole: null,
    consent: null,
  });
  expect(summary).toBe('这一季你的匹配度是 85.20。继续负责大客户销售。');
  expect(headline).toBe('大客户这一块，你做得很稳');
  expect(nextStep).toBe('继续做你现在的大客户，岗位和激励方案都不变。');
});

test('train: courses with their day, reassessment next quarter', () => {
  const training = { courses: ['大客户资源协调'], dueOn: '2026-11-15' };
  const text = decisionNotice({ ...stay, tier: 'train', training });
  expect(text.headline).toBe('离大客户只差一步');
  expect(text.button).toBe('看看学习计划');
  expect(text.nextStep).toBe(
    '先继续做你擅长的中小客户，同时完成《大客户资源协调》，11月15日前。通过后，下季可以重新测评。',
  );
  const none = decisionNotice({ ...stay, tier: 'train', presentRole: 'large_account' });
  expect(none.headline).toBe('再学一课，大客户会更顺手');
  expect(none.nextStep).toContain('下季会重新测评');
});

test('a requirement that alone stands in the way is named', () => {
  const required = { metric: 'large_account_tenure_months', name: '大客户从业时长', atLeast: 60_000 };
  const { reasons } = decisionNotice({ ...stay, tier: 'train', required });
  expect(reasons.at(-1)).toBe('大客户从业时长满 6 个月，就可以直接转型');
});

test('reassign to another role: strengths, the role, the day, and that nothing happens without a yes', () => {
  const text = decisionNotice({ ...zhangsan, tier: 'reassign', offeredRole: 'sales_support' });
  expect(text.headline).toBe('我们想和你聊聊更适合你的岗位');
  expect(text.summary).toBe('你的长处是客户满意度 9.2 分、协作解决率 80%。我们建议的岗位是销售支持。');
  expect(text.nextStep).toMatch(
    /^10月19日前说说你的想法。你同意之后才会请陈立审批，没有回复不算同意，现在的工作照常。/,
  );
  expect(text.markdown).not.toContain('85.20');
});

test('reassign with the present role: a hint for development, no reply period, no approval', () => {
  const text = decisionNotice(stay);
  expect(text.headline).toBe('继续做你擅长的中小客户');
  expect(text.nextStep).toContain('想再往前一步，可以从“大单赢单率”开始');
  expect(text.markdown).not.toMatch(/审批|生效|前说说|回复/);
});

test('too little data: what is missing, how to supply it, and no score', () => {
  const missing = [
    { name: '需求洞察测评', suppliedBy: 'assessment' },
    { name: '续约率', suppliedBy: 'renewals' },
    { name: '客户满意度', suppliedBy: 'feedback' },
    { name: '出勤率', suppliedBy: 'attendance' },
  ] as const;
  const text = decisionNotice({ ...stay, tier: 'insufficient_data', missing });
  expect(text.reasons).toEqual([
    '还差“需求洞察测评”，做一次能力测评就有了',
    '还差“续约率”，有合同到期后就有了',
    '还差“客户满意度”，有客户评价后就有了；另有 1 项见“看看依据”',
  ]);
  expect(text.markdown).not.toContain('85.20');
  expect(decisionNotice({ ...stay, tier: 'insufficient_data' }).nextStep).toContain('在岗的时间再长一些');
});

test('less is better: the target is named as a limit', () => {
  const hours: NoticeReading = {
    ...satisfaction,
    metric: 'collaboration_response_hours',
    name: '协作响应时长',
    value: 60_000,
    target: 80_000,
    direction: 'down',
    n: 4,
  };
  const { reasons } = decisionNotice({ ...zhangsan, strengths: [hours], gap: { ...hours, value: 200_000 } });
  expect(reasons).toEqual([
    '协作响应时长 6 小时（4 条），好于岗位目标 8 小时',
    '还能更好：协作响应时长 20 小时（4 条），岗位目标 8 小时以内',
  ]);
});

test('an offer made again says so, in title and body', () => {
  const text = decisionNotice({ ...zhangsan, earlierOffers: 1 });
  expect(text.title).toBe('你的第三季度盘点有新的安排了（10月12日）');
  expect(text.markdown).toContain('这是第 2 次安排，替换之前的那一份。');
});

test('the text of the consent: role, plan by name and version, when, and what silence means', () => {
  const facts = {
    recipientName: '张三',
    toRole: 'large_account',
    plan: { name: '大客户激励方案', version: 1 },
    notBefore: '2026-12-01',
  } as const;
  expect(consentText(facts)).toBe(
    '张三转为大客户销售。本人回复“我愿意”、主管审批同意，两者都有之后，从较晚一天的次月 1 日起生效，不早于 2026年12月1日。从生效那天起，激励按“大客户激励方案”第 1 版计算。没有回复不算同意，岗位和激励方案都不变。',
  );
  expect(consentText({ ...facts, plan: null, notBefore: null })).not.toMatch(/不早于|第/);
});

test("a manager's summary: counts in the body, nothing but the quarter in the title", () => {
  const counts = { transition: 3, train: 3, reassign: 3, insufficient_data: 0, later: 0, left: 0 };
  const { role, period, publishedOn } = zhangsan;
  const facts = { recipientName: '陈立', role, period, publishedOn, counts, approvals: 2, wording: 1 };
  const text = teamSummaryNotice(facts);
  expect(text.title).toBe('你团队的第三季度盘点可以看了（10月12日）');
  expect(text.markdown).toContain(
    '你的团队有 9 人：\n\n- 直接转型：3 人\n- 培训后转型：3 人\n- 调整岗位：3 人',
  );
  expect(text.markdown).toContain('有 2 件转岗等你在钉钉里审批。');
  expect(text.button).toBe('看团队');
  expect(teamSummaryNotice({ ...facts, wording: 2 }).markdown).not.toBe(text.markdown);
});

/* ------------------------------------------------------------------ rules for every text ------------------------ */

/** Words that are never said to a person. */
const NEVER = /不胜任|不合格|淘汰|末位|劣势|失败|落后|太差|过低|太低|排名|下降|[!！]/;
const METRICS = [
  'satisfaction_avg',
  'renewal_rate',
  'collaboration_response_hours',
  'assessment:insight',
  'course:x',
];
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 });
const reading = fc.record({
  metric: fc.constantFrom(...METRICS),
  name,
  value: fc.nat(10_000_000),
  target: fc.nat(10_000_000),
  direction: fc.constantFrom('up', 'down'),
  n: fc.nat(100_000),
});
const dayOf = fc.constantFrom('2026-10-12', '2027-01-04', '2026-12-31');
const hundredths = fc.option(fc.integer({ min: 0, max: 10_000 }));
const facts: fc.Arbitrary<DecisionNoticeFacts> = fc.record({
  recipientName: name,
  period: fc.constantFrom('2026Q1', '2026Q3', '2026Q4'),
  role: fc.constantFrom(...salesRoles),
  publishedOn: dayOf,
  tier: fc.constantFrom(...tiers),
  presentRole: fc.constantFrom(...salesRoles),
  offeredRole: fc.option(fc.constantFrom(...salesRoles)),
  scoreHundredths: hundredths,
  previousScoreHundredths: hundredths,
  strengths: fc.array(reading, { maxLength: 2 }),
  gap: fc.option(reading),
  required: fc.option(fc.record({ metric: fc.constantFrom(...METRICS), name, atLeast: fc.nat(10_000_000) })),
  consent: fc.option(
    fc.record({
      dueOn: dayOf,
      earliestOn: dayOf,
      notBefore: fc.option(dayOf),
      planName: fc.option(name),
      approverName: fc.option(name),
    }),
  ),
  training: fc.option(fc.record({ courses: fc.array(name, { maxLength: 40 }), dueOn: dayOf })),
  missing: fc.array(
    fc.record({
      name,
      suppliedBy: fc.constantFrom(...(Object.keys(supplyHints) as (keyof typeof supplyHints)[])),
    }),
    { maxLength: 12 },
  ),
  earlierOffers: fc.nat(3),
  wording: fc.integer({ min: 1, max: 4 }),
});

const bytesOf = ({ title, markdown, button }: ReturnType<typeof decisionNotice>): number =>
  Buffer.byteLength(
    JSON.stringify({
      msgtype: 'action_card',
      action_card: {
        title,
        markdown,
        single_title: button,
        single_url: `https://${'h'.repeat(100)}/development`,
      },
    }),
  );

test('every text fits into a message of DingTalk, whatever people and courses are called', () => {
  fc.assert(fc.property(facts, (one) => bytesOf(decisionNotice(one)) <= 2_048));
});

test('no title tells a score, an amount or a tier, and all are dated', () => {
  fc.assert(
    fc.property(facts, (one) => {
      const { title, headline } = decisionNotice(one);
      const bare = title.replace(/（\d+月\d+日）$/, '');
      expect(bare).not.toBe(title);
      expect(bare).not.toMatch(/\d|[¥%]/);
      for (const tier of Object.values(tierNames)) expect(title).not.toContain(tier);
      expect(title).not.toContain(headline);
    }),
  );
});

test('nothing is said that frightens or ranks; at most three reasons', () => {
  const plain = facts.map((one) => ({
    ...one,
    recipientName: '张三',
    gap: one.gap && { ...one.gap, name: '续约率' },
  }));
  fc.assert(
    fc.property(plain, (one) => {
      const named = { ...one, strengths: one.strengths.map((row) => ({ ...row, name: '客户满意度' })) };
      const rest = { consent: one.consent && { ...consent }, training: null, missing: [], required: null };
      const text = decisionNotice({ ...named, ...rest });
      expect(text.markdown).not.toMatch(NEVER);
      expect(text.reasons.length).toBeLessThanOrEqual(3);
    }),
  );
});

test('other wordings are other texts with the same content', () => {
  fc.assert(
    fc.property(facts, (one) => {
      const texts = [1, 2, 3].map((wording) => decisionNotice({ ...one, wording }));
      expect(new Set(texts.map((text) => text.markdown)).size).toBe(3);
      for (const text of texts) {
        expect(text.reasons).toEqual(texts[0]?.reasons);
        for (const part of [text.headline, text.summary, text.nextStep, ...text.reasons])
          expect(text.markdown).toContain(part);
      }
    }),
  );
});

test('no name breaks the markdown of a card', () => {
  const recipientName = '张\n# 三 [点我](https://x) **';
  const [heading, ...rest] = decisionNotice({ ...zhangsan, recipientName }).markdown.split('\n');
  expect(heading).toBe('### 张 ＃ 三 ［点我］(https://x) ＊＊，你可以接大客户了');
  expect(rest.join('')).not.toContain('[');
});
