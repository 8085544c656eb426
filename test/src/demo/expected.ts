/**
 * What must come out of the demo company for 2026Q3, business date 2026-10-12: the figures of the worked example.
 * Read by the workbook's own test (from the rows alone) and by the acceptance tests (through the public commands).
 */
export type ExpectedTier = 'transition' | 'train' | 'reassign';

export interface ExpectedPerson {
  readonly name: string;
  readonly userid: string;
  readonly team: '销售一部' | '销售二部';
  readonly hiredOn: string;
  /** Two decimals. */
  readonly score: string;
  readonly tier: ExpectedTier;
  /** Percent, two decimals. */
  readonly coverage: string;
  /** Stored value with four decimals and sample size; null: absent. `n` null: not told. */
  readonly metrics: Readonly<
    Record<ExpectedMetric, { readonly value: string; readonly n: number | null } | null>
  >;
  /** With the weights of the version valid from 2026Q4 (coordination 40, insight 30). */
  readonly next: { readonly score: string; readonly tier: ExpectedTier };
}

export type ExpectedMetric =
  | 'assessment:insight'
  | 'satisfaction_avg'
  | 'large_deal_win_rate'
  | 'collaborations_per_month'
  | 'collaboration_response_hours'
  | 'collaboration_solved_rate'
  | 'renewal_rate'
  | 'large_followup_days'
  | 'large_account_tenure_months';

export const EXPECTED_PERIOD = '2026Q3';

type Share = readonly [part: number, whole: number];
type Line = readonly [
  name: string,
  userid: string,
  team: '一' | '二',
  hiredOn: string,
  score: string,
  tier: ExpectedTier,
  insight: number,
  satisfaction: readonly [mean: string, n: number],
  largeWon: Share,
  collaborations: readonly [count: number, aMonth: string],
  responseHours: string | null,
  solved: Share | null,
  renewed: Share,
  followupDays: number,
  tenureMonths: string,
  nextScore: string,
  nextTier: ExpectedTier,
];

// prettier-ignore
const LINES: readonly Line[] = [
  ['王五', 'wangwu', '一', '2022-05-09', '88.64', 'transition', 80, ['9.1', 20], [6, 26], [96, '8'], '8.3694', [62, 70], [17, 20], 34, '24.0164', '90.69', 'transition'],
  ['张三', 'zhangsan', '一', '2023-04-01', '85.20', 'transition', 82, ['9.2', 23], [3, 10], [55, '4.5833'], '11.8103', [24, 30], [6, 8], 25, '18.5955', '86.06', 'transition'],
  ['赵敏', 'zhaomin', '一', '2022-11-14', '83.75', 'transition', 81, ['8.9', 18], [3, 12], [108, '9'], '9.3065', [55, 64], [9, 12], 28, '10.0862', '85.64', 'transition'],
  ['孙浩', 'sunhao', '二', '2022-09-01', '81.06', 'transition', 50, ['9.1', 19], [4, 11], [62, '5.1667'], '24.6358', [41, 50], [10, 12], 27, '16.2957', '82.09', 'transition'],
  ['周婷', 'zhouting', '二', '2023-06-12', '80.00', 'transition', 80, ['9.0', 21], [4, 12], [54, '4.5'], '38.3491', [30, 38], [9, 11], 26, '15.6715', '78.59', 'train'],
  ['吴磊', 'wulei', '一', '2021-08-02', '78.42', 'train', 96, ['9.2', 16], [0, 7], [96, '8'], '10.6316', [40, 48], [10, 12], 36, '2.6283', '81.39', 'train'],
  ['郑洁', 'zhengjie', '二', '2023-10-09', '75.10', 'train', 78, ['9.0', 15], [3, 10], [50, '4.1667'], '27.4183', [28, 35], [8, 10], 16, '9.8891', '74.61', 'train'],
  ['冯涛', 'fengtao', '一', '2023-02-20', '72.88', 'train', 56, ['9.0', 17], [2, 8], [84, '7'], '23.4169', [38, 50], [7, 10], 21, '9.4620', '74.46', 'train'],
  ['陈晨', 'chenchen', '二', '2022-02-21', '70.35', 'train', 80, ['8.8', 14], [3, 11], [52, '4.3333'], '29.4853', [26, 33], [4, 10], 22, '11.4990', '70.12', 'train'],
  ['褚云', 'chuyun', '二', '2025-07-21', '67.90', 'train', 78, ['8.8', 13], [2, 9], [55, '4.5833'], '29.5294', [16, 36], [8, 12], 20, '9.2649', '67.04', 'train'],
  ['卫东', 'weidong', '二', '2025-08-04', '65.12', 'train', 79, ['8.8', 12], [1, 12], [49, '4.0833'], '30.3673', [24, 33], [8, 13], 21, '8.5092', '65.86', 'train'],
  ['蒋欣', 'jiangxin', '二', '2025-11-10', '61.47', 'train', 77, ['8.9', 10], [2, 9], [18, '1.6822'], '31.4556', [12, 16], [6, 9], 15, '6.2423', '59.23', 'reassign'],
  ['李四', 'lisi', '一', '2022-03-07', '60.00', 'train', 93, ['9.0', 14], [0, 5], [12, '1'], '10', [8, 10], [4, 5], 10, '0', '59.93', 'reassign'],
  ['沈悦', 'shenyue', '一', '2025-07-07', '58.73', 'reassign', 70, ['8.5', 12], [1, 10], [29, '2.4167'], '14.1264', [18, 25], [16, 25], 11, '7.3922', '59.86', 'reassign'],
  ['韩磊', 'hanlei', '二', '2022-07-18', '56.20', 'reassign', 72, ['8.6', 11], [1, 8], [44, '3.6667'], '25.6250', [20, 31], [2, 9], 16, '10.3491', '56.82', 'reassign'],
  ['杨帆', 'yangfan', '一', '2025-07-14', '53.94', 'reassign', 40, ['8.0', 10], [1, 9], [60, '5'], '26.6125', [20, 32], [5, 9], 12, '8.3121', '57.46', 'reassign'],
  ['尤佳', 'youjia', '二', '2025-08-11', '50.08', 'reassign', 60, ['8.7', 13], [1, 9], [30, '2.5'], '26.3533', [15, 27], [4, 11], 13, '5.7166', '49.86', 'reassign'],
  ['朱林', 'zhulin', '二', '2026-01-05', '46.50', 'reassign', 38, ['8.2', 8], [1, 8], [26, '2.9309'], '23.9981', [12, 20], [3, 8], 12, '4.4353', '48.24', 'reassign'],
  ['秦川', 'qinchuan', '二', '2024-05-13', '41.33', 'reassign', 58, ['8.3', 9], [1, 8], [13, '1.0833'], '29.1205', [3, 7], [3, 9], 11, '3.4825', '39.67', 'reassign'],
  ['许强', 'xuqiang', '一', '2021-06-15', '37.60', 'reassign', 76, ['8.6', 11], [1, 6], [0, '0'], null, null, [0, 3], 20, '19.8111', '30.71', 'reassign'],
];

/** `9.1` → `9.1000`. */
const fourDecimals = (text: string): string => {
  const [whole = '0', decimals = ''] = text.split('.');
  return `${whole}.${decimals.padEnd(4, '0')}`;
};

/** A rate of at most 1, rounded half up to four decimals. */
function ratio([part, whole]: Share): string {
  const tenThousandths = Math.floor((2 * part * 10_000 + whole) / (2 * whole));
  return `${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, '0')}`;
}

export const EXPECTED_PEOPLE: readonly ExpectedPerson[] = LINES.map((line) => {
  const [name, userid, team, hiredOn, score, tier, insight, satisfaction, largeWon, collaborations, ...rest] =
    line;
  const [responseHours, solved, renewed, followupDays, tenureMonths, nextScore, nextTier] = rest;
  return {
    name,
    userid,
    team: team === '一' ? '销售一部' : '销售二部',
    hiredOn,
    score,
    tier,
    coverage: userid === 'xuqiang' ? '82.00' : '100.00',
    metrics: {
      'assessment:insight': { value: fourDecimals(String(insight)), n: 1 },
      satisfaction_avg: { value: fourDecimals(satisfaction[0]), n: satisfaction[1] },
      large_deal_win_rate: { value: ratio(largeWon), n: largeWon[1] },
      collaborations_per_month: { value: fourDecimals(collaborations[1]), n: collaborations[0] },
      collaboration_response_hours:
        responseHours === null ? null : { value: fourDecimals(responseHours), n: collaborations[0] },
      collaboration_solved_rate: solved === null ? null : { value: ratio(solved), n: solved[1] },
      renewal_rate: { value: ratio(renewed), n: renewed[1] },
      large_followup_days: { value: fourDecimals(String(followupDays)), n: null },
      large_account_tenure_months: { value: fourDecimals(tenureMonths), n: null },
    },
    next: { score: nextScore, tier: nextTier },
  };
});

export const EXPECTED_COUNTS = { transition: 5, train: 8, reassign: 7 } as const;
export const EXPECTED_NEXT_COUNTS = { transition: 4, train: 7, reassign: 9 } as const;

/** Mean of collaborations a month of the people of a team. */
export const EXPECTED_TEAM_AVERAGES = [
  { team: '销售一部', people: 9, metric: 'collaborations_per_month', value: '5.0000' },
  { team: '销售二部', people: 11, metric: 'collaborations_per_month', value: '3.5179' },
] as const;

/** Zhang San's statement of 2026Q3, amounts in fen. */
export const EXPECTED_STATEMENT = {
  userid: 'zhangsan',
  plan: { id: 'sales', version: 2 },
  totalFen: 930_000,
  oldPlanTotalFen: 150_000,
  components: [
    { id: 'deal', kind: 'revenue_commission', lines: 1, fen: 120_000 },
    { id: 'satisfaction', kind: 'satisfaction_bonus', lines: 1, fen: 500_000 },
    { id: 'renewal', kind: 'renewal_commission', lines: 1, fen: 150_000 },
    { id: 'coordination', kind: 'coordination_reward', lines: 8, fen: 160_000 },
  ],
  contract: { customer: '恒远医疗', amount: '150000.00', openedOn: '2026-06-30', closedOn: '2026-09-12' },
  renewal: { amount: '150000.00', dueOn: '2026-09-30', renewedOn: '2026-09-18', years: '2' },
} as const;

/** Li Si's small deals in the window: what he is good at. */
export const EXPECTED_LISI = {
  userid: 'lisi',
  small: { won: 32, closed: 40, rate: '0.8000', cycleDays: '7.0000' },
  largeTried: 5,
} as const;

/** First large deals ever won, with which tenure begins. */
export const EXPECTED_FIRST_LARGE = { wangwu: '2024-09-29', zhangsan: '2025-03-13' } as const;

/** The seven `reassign` and the role that the demo's HR chose for each. */
export const EXPECTED_REASSIGN = {
  shenyue: 'sales_support',
  xuqiang: 'sales_support',
  qinchuan: 'sales_support',
  hanlei: 'small_account',
  yangfan: 'small_account',
  youjia: 'small_account',
  zhulin: 'small_account',
} as const;

/** Moved to large accounts in the quarter: priced by `sales` up to the day before, by `large` from that day on. */
export const EXPECTED_MOVE = { userid: 'wulei', role: 'large_account', on: '2026-07-12' } as const;

/** Leavers ÷ mean headcount. `openingOn` is the day before the window's first day. */
export const EXPECTED_TURNOVER = [
  { of: 'sales', openingOn: '2024-09-30', to: '2025-09-30', leavers: 7, headcount: '20.0000' },
  { of: 'sales', openingOn: '2025-09-30', to: '2026-09-30', leavers: 2, headcount: '20.0000' },
  { of: 'company', openingOn: '2025-06-30', to: '2025-09-30', leavers: 6, headcount: '24.0000' },
  { of: 'company', openingOn: '2026-06-30', to: '2026-09-30', leavers: 2, headcount: '25.0000' },
] as const;

/**
 * 2026Q2, scored and closed before the demo's cycle with nobody told: score and coverage of everyone who was employed on
 * 2026-06-30 (金浩 left afterwards), so that changes against the last quarter show. Computed by the oracle from the workbook.
 */
export const EXPECTED_PREVIOUS = {
  period: '2026Q2',
  scores: {
    zhangsan: ['79.21', '100.00'],
    wangwu: ['85.95', '100.00'],
    lisi: ['58.56', '100.00'],
    shenyue: ['58.31', '100.00'],
    wulei: ['77.42', '100.00'],
    fengtao: ['73.68', '100.00'],
    zhaomin: ['80.53', '100.00'],
    yangfan: ['53.64', '100.00'],
    xuqiang: ['39.20', '82.00'],
    zhouting: ['71.90', '100.00'],
    sunhao: ['74.58', '100.00'],
    zhengjie: ['69.77', '100.00'],
    chenchen: ['65.80', '100.00'],
    chuyun: ['63.46', '100.00'],
    weidong: ['66.32', '100.00'],
    jiangxin: ['56.71', '100.00'],
    hanlei: ['56.24', '100.00'],
    youjia: ['50.77', '100.00'],
    zhulin: ['48.45', '100.00'],
    qinchuan: ['43.48', '100.00'],
    jinhao: ['40.76', '100.00'],
  } as Readonly<Record<string, readonly [score: string, coverage: string]>>,
} as const;
