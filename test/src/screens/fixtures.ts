import type {
  AnswerHead,
  EvidenceAnswer,
  EvidenceRecord,
  HomeAnswer,
  MatchAnswer,
  PlanRef,
  StatementAnswer,
  StatementInput,
  StatementLine,
} from '@shigang/shared/answers';
import { pointOf, thresholds, zhangsanExplanation } from './fixture-match.ts';

/** 张三 on 2026-10-12 09:30, after the publication of 2026Q3: the worked example of the spec. */
const head: AnswerHead = {
  viewer: {
    userId: 'zhangsan',
    name: '张三',
    departmentName: '销售一部',
    abilities: { seesOwnFigures: true, opensDesk: false, managesTeam: false },
  },
  nowAt: '2026-10-12T09:41:00+08:00',
  dataAt: '2026-10-12T09:30:00+08:00',
};
const periods = ['2026Q3', '2026Q2'];

export const home: HomeAnswer = {
  ...head,
  period: '2026Q3',
  periods,
  statement: {
    status: 'open',
    totalFen: 930000,
    previousTotalFen: 38000,
    oldPlan: { name: '原方案', totalFen: 150000 },
    components: [
      { component: 'deal', kind: 'revenue_commission', amountFen: 120000 },
      { component: 'satisfaction', kind: 'satisfaction_bonus', amountFen: 500000 },
      { component: 'renewal', kind: 'renewal_commission', amountFen: 150000 },
      { component: 'coordination', kind: 'coordination_reward', amountFen: 160000 },
    ],
  },
  match: {
    state: 'published',
    result: {
      scoreHundredths: 8520,
      coverageHundredths: 10000,
      tier: 'transition',
      presentRole: 'small_account',
      targetRole: 'large_account',
      thresholds,
      strongest: [pointOf('satisfaction_avg'), pointOf('collaboration_solved_rate')],
      largestGap: pointOf('large_account_tenure_months'),
      missing: [],
    },
  },
  development: {
    reply: { dueOn: '2026-10-19', workingDaysLeft: 5 },
    change: { state: 'open', toRole: 'large_account', effectiveOn: null },
    trainingDueOn: null,
  },
};

export const homeBeforePublication: HomeAnswer = {
  ...home,
  match: { state: 'pending', result: null },
  development: null,
};
export const homeEmpty: HomeAnswer = {
  ...home,
  periods: ['2026Q3'],
  statement: null,
  match: { state: 'none', result: null },
  development: null,
};

export const homeOfManager: HomeAnswer = {
  ...homeEmpty,
  viewer: {
    userId: 'mgr01',
    name: '陈立',
    departmentName: '销售一部',
    abilities: { seesOwnFigures: false, opensDesk: false, managesTeam: true },
  },
  dataAt: null,
};
/** Twelve days into a quarter. */
export const homeRunning: HomeAnswer = { ...home, period: '2026Q4', periods: ['2026Q4', ...periods] };

const plan: PlanRef = { id: 'sales', version: 2, name: '销售激励方案', validFrom: '2026-07-01' };
const input = (name: string, unit: StatementInput['unit'], value: number): StatementInput => ({
  name,
  unit,
  value,
});

const collaborationDays = ['09-24', '09-16', '09-08', '08-27', '08-19', '08-05', '07-22', '07-09'];
const subjects = ['技术支持部 · 接口联调方案', '法务部 · 补充协议审阅', '交付部 · 上线排期'];
const collaborations: StatementLine[] = collaborationDays.map((day, row) => ({
  id: `zhangsan/2026Q3/sales/coordination/collaboration/XZ-${row}/0`,
  component: 'coordination',
  kind: 'coordination_reward',
  anchorOn: `2026-${day}`,
  amountFen: 20000,
  formula: '已解决协作 1 次 × 200.00 元 = 200.00 元',
  inputs: [input('n', 'count', 1), input('eachFen', 'fen', 20000)],
  source: { kind: 'collaboration', id: `XZ-${row}`, label: subjects[row % subjects.length] ?? '' },
  plan,
}));

export const statement: StatementAnswer = {
  ...head,
  period: '2026Q3',
  quarter: '2026Q3',
  periods,
  status: 'open',
  totalFen: 930000,
  oldPlan: { name: '原方案', totalFen: 150000 },
  groups: [
    {
      component: 'deal',
      kind: 'revenue_commission',
      amountFen: 120000,
      lines: [
        {
          id: 'zhangsan/2026Q3/sales/deal/deal/SJ-2026-0912/0',
          component: 'deal',
          kind: 'revenue_commission',
          anchorOn: '2026-09-12',
          amountFen: 120000,
          formula: '150,000.00 元 × 0.8% = 1,200.00 元',
          inputs: [
            input('amountFen', 'fen', 15000000),
            input('shareBp', 'bp', 10000),
            input('shareFen', 'fen', 15000000),
            input('rateBp', 'bp', 80),
          ],
          source: { kind: 'deal', id: 'SJ-2026-0912', label: '恒远医疗 · 年度服务合同' },
          plan,
        },
      ],
    },
    {
      component: 'satisfaction',
      kind: 'satisfaction_bonus',
      amountFen: 500000,
      lines: [
        {
          id: 'zhangsan/2026Q3/sales/satisfaction/period/2026Q3/0',
          component: 'satisfaction',
          kind: 'satisfaction_bonus',
          anchorOn: '2026-09-30',
          amountFen: 500000,
          formula: '55.2 分 ÷ 6 条评价 = 平均 9.20 分，达到 9.0 分，奖励 5,000.00 元',
          inputs: [
            input('sumTenths', 'tenths', 552),
            input('n', 'count', 6),
            input('meanTenThousandths', 'ten_thousandths', 92000),
            input('atLeastHundredths', 'hundredths', 900),
            input('stepFen', 'fen', 500000),
          ],
          source: { kind: 'period', id: '2026Q3', label: '2026 年第三季度' },
          plan,
        },
      ],
    },
    {
      component: 'renewal',
      kind: 'renewal_commission',
      amountFen: 150000,
      lines: [
        {
          id: 'zhangsan/2026Q3/sales/renewal/renewal/XY-2026-0187/0',
          component: 'renewal',
          kind: 'renewal_commission',
          anchorOn: '2026-09-18',
          amountFen: 150000,
          formula: '150,000.00 元 × 0.5% × 2 年 = 1,500.00 元',
          inputs: [
            input('amountFen', 'fen', 15000000),
            input('shareBp', 'bp', 10000),
            input('shareFen', 'fen', 15000000),
            input('rateBp', 'bp', 50),
            input('years', 'years', 2),
          ],
          source: { kind: 'renewal', id: 'XY-2026-0187', label: '恒远医疗 · 续约 2 年' },
          plan,
        },
      ],
    },
    { component: 'coordination', kind: 'coordination_reward', amountFen: 160000, lines: collaborations },
  ],
  corrections: [],
};

export const match: MatchAnswer = {
  ...head,
  period: '2026Q3',
  periods,
  state: 'published',
  explanation: zhangsanExplanation,
};

export const matchBeforePublication: MatchAnswer = {
  ...match,
  state: 'pending',
  explanation: {
    ...zhangsanExplanation,
    scoreHundredths: null,
    coverageHundredths: null,
    tier: null,
    targetRole: null,
    dimensions: zhangsanExplanation.dimensions.map((dimension) => ({
      ...dimension,
      scoreHundredths: null,
      indicators: dimension.indicators.map((one) => ({
        ...one,
        attainmentHundredths: null,
        pointsHundredths: null,
        fullPointsHundredths: null,
      })),
    })),
  },
};

const feedbackTexts = ['沟通高效，方案讲得清楚', '响应很快，续约时替我们省了不少事', '', '对接人很负责'];
const records: EvidenceRecord[] = Array.from({ length: 23 }, (_, row) => ({
  kind: 'feedback',
  id: `PJ-${String(row + 1).padStart(4, '0')}`,
  on: `2026-${String(9 - Math.floor(row / 3)).padStart(2, '0')}-${String(28 - (row % 3) * 9).padStart(2, '0')}`,
  title: ['恒远医疗', '北辰科技', '启明教育'][row % 3] ?? null,
  outcome: null,
  amountFen: null,
  scoreTenths: 92,
  days: null,
  hoursHundredths: null,
  text: feedbackTexts[row % 4] || null,
}));

export const evidence: EvidenceAnswer = {
  ...head,
  period: '2026Q3',
  indicator: {
    metric: 'satisfaction_avg',
    name: '客户满意度',
    valueTenThousandths: 92000,
    n: 23,
    targetTenThousandths: 90000,
    direction: 'up',
    teamAverageTenThousandths: 88556,
  },
  windowFrom: '2025-10-01',
  windowTo: '2026-09-30',
  total: 23,
  records,
  next: null,
};
