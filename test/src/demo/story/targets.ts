import type { Day } from './calendar.ts';

/**
 * What the records of the scoring window (2025-10-01 to 2026-09-30) must add up to, person by person. The scores of
 * 2026Q3 come out of these sums by the rules; no score is written anywhere in the story.
 */
export interface WindowTarget {
  readonly userid: string;
  /** Self-assessment 客户洞察 of the round of 2026Q3, 0–100. */
  readonly insight: number;
  /** Every score is near the mean; the mean is exact. */
  readonly feedback: { readonly count: number; readonly meanTenths: number };
  readonly large: {
    readonly won: number;
    readonly closed: number;
    /** Sum of days opened → closed of the closed ones and opened → 2026-09-30 of the open ones. */
    readonly followupDays: number;
    /** Days since opening of those still open on 2026-09-30. */
    readonly openDays: readonly number[];
    /** The first large deal ever won; with it tenure begins. */
    readonly firstWonOn: Day | null;
  };
  readonly small: { readonly won: number; readonly closed: number; readonly cycleDays: number };
  readonly collaborations: {
    readonly requested: number;
    readonly responseMinutes: number;
    readonly resolved: number;
    readonly solved: number;
  };
  readonly renewals: { readonly renewed: number; readonly due: number };
}

type Line = [
  userid: string,
  insight: number,
  feedback: [count: number, meanTenths: number],
  large: [won: number, closed: number, followupDays: number, openDays: number[], firstWonOn: Day | null],
  small: [won: number, closed: number, cycleDays: number],
  collaborations: [requested: number, responseMinutes: number, resolved: number, solved: number],
  renewals: [renewed: number, due: number],
];

// prettier-ignore
const LINES: Line[] = [
  ['wangwu', 80, [20, 91], [6, 26, 952, [30, 38], '2024-09-29'], [21, 29, 178], [96, 48208, 70, 62], [17, 20]],
  ['zhangsan', 82, [23, 92], [3, 10, 300, [20, 20], '2025-03-13'], [18, 26, 158], [55, 38974, 30, 24], [6, 8]],
  ['zhaomin', 81, [18, 89], [3, 12, 364, [28], '2025-11-27'], [17, 25, 151], [108, 60306, 64, 55], [9, 12]],
  ['wulei', 96, [16, 92], [0, 7, 360, [36, 36, 36], null], [22, 31, 207], [96, 61238, 48, 40], [10, 12]],
  ['fengtao', 56, [17, 90], [2, 8, 189, [21], '2025-12-16'], [19, 30, 165], [84, 118021, 50, 38], [7, 10]],
  ['lisi', 93, [14, 90], [0, 5, 50, [], null], [32, 40, 224], [12, 7200, 10, 8], [4, 5]],
  ['shenyue', 70, [12, 85], [1, 10, 110, [], '2026-02-17'], [14, 26, 139], [29, 24580, 25, 18], [16, 25]],
  ['yangfan', 40, [10, 80], [1, 9, 120, [12], '2026-01-20'], [12, 25, 113], [60, 95805, 32, 20], [5, 9]],
  ['xuqiang', 76, [11, 86], [1, 6, 120, [], '2025-02-04'], [13, 24, 121], [0, 0, 0, 0], [0, 3]],
  ['sunhao', 50, [19, 91], [4, 11, 324, [27], '2025-05-22'], [18, 26, 158], [62, 91645, 50, 41], [10, 12]],
  ['zhouting', 80, [21, 90], [4, 12, 338, [26], '2025-06-10'], [19, 27, 161], [54, 124251, 38, 30], [9, 11]],
  ['zhengjie', 78, [15, 90], [3, 10, 176, [16], '2025-12-03'], [20, 29, 172], [50, 82255, 35, 28], [8, 10]],
  ['chenchen', 80, [14, 88], [3, 11, 264, [22], '2025-10-15'], [17, 28, 150], [52, 91994, 33, 26], [4, 10]],
  ['chuyun', 78, [13, 88], [2, 9, 200, [20], '2025-12-22'], [16, 27, 147], [55, 97447, 36, 16], [8, 12]],
  ['weidong', 79, [12, 88], [1, 12, 273, [21], '2026-01-14'], [15, 26, 141], [49, 89280, 33, 24], [8, 13]],
  ['jiangxin', 77, [10, 89], [2, 9, 150, [15], '2026-03-24'], [13, 22, 118], [18, 33972, 16, 12], [6, 9]],
  ['hanlei', 72, [11, 86], [1, 8, 144, [16], '2025-11-19'], [14, 27, 138], [44, 67650, 31, 20], [2, 9]],
  ['youjia', 60, [13, 87], [1, 9, 130, [13], '2026-04-09'], [15, 28, 140], [30, 47436, 27, 15], [4, 11]],
  ['zhulin', 38, [8, 82], [1, 8, 108, [12], '2026-05-18'], [10, 21, 104], [26, 37437, 20, 12], [3, 8]],
  ['qinchuan', 58, [9, 83], [1, 8, 99, [11], '2026-06-16'], [12, 25, 119], [13, 22714, 7, 3], [3, 9]],
];

export const WINDOW_TARGETS: readonly WindowTarget[] = LINES.map(
  ([userid, insight, feedback, large, small, collaborations, renewals]) => ({
    userid,
    insight,
    feedback: { count: feedback[0], meanTenths: feedback[1] },
    large: {
      won: large[0],
      closed: large[1],
      followupDays: large[2],
      openDays: large[3],
      firstWonOn: large[4],
    },
    small: { won: small[0], closed: small[1], cycleDays: small[2] },
    collaborations: {
      requested: collaborations[0],
      responseMinutes: collaborations[1],
      resolved: collaborations[2],
      solved: collaborations[3],
    },
    renewals: { renewed: renewals[0], due: renewals[1] },
  }),
);

/**
 * Zhang San's quarter, told to the fen in his statement of 2026Q3: one large contract won and nothing else, one
 * renewal renewed, eight collaborations resolved and all solved, every feedback 9.2.
 */
export const ZHANGSAN = {
  userid: 'zhangsan',
  customer: '恒远医疗',
  contract: { openedOn: '2026-06-30', closedOn: '2026-09-12', amount: 150_000, product: '年度综合服务合同' },
  renewal: { dueOn: '2026-09-30', renewedOn: '2026-09-18', amount: 150_000, years: 2 },
  /** What the customer of the contract wrote, in place of the last feedback of the window. */
  feedback: '接口问题当天就拉上技术一起开会，沟通高效，我们很放心。',
  /** From here on he wins nothing but the contract. */
  noOtherWinFrom: '2026-07-01',
  solvedInQuarter: 8,
} as const;

/** The person of the demo who asks nobody for anything. */
export const NEVER_ASKS = 'xuqiang';
/** Those who have never won a large deal, in no quarter. */
export const NEVER_WON_LARGE: readonly string[] = WINDOW_TARGETS.filter(
  (t) => t.large.firstWonOn === null,
).map((t) => t.userid);
/** Moved to large accounts, and has won none since. */
export const MOVED = { userid: 'wulei', role: 'large_account', on: '2026-07-12' } as const;
