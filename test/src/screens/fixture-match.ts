import type {
  IndicatorPoint,
  MatchDimension,
  MatchExplanation,
  MatchIndicator,
} from '@shigang/shared/answers';

type Row = [
  string,
  string,
  number | null,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number | null,
];

/** metric, name, value, n, floor, target, weight, attainment, points, full points, team average. */
const indicator = (row: Row): MatchIndicator => ({
  metric: row[0],
  name: row[1],
  valueTenThousandths: row[2],
  n: row[3],
  floorTenThousandths: row[4],
  targetTenThousandths: row[5],
  direction: row[4] > row[5] ? 'down' : 'up',
  weight: row[6],
  attainmentHundredths: row[2] === null ? null : row[7],
  pointsHundredths: row[2] === null ? null : row[8],
  fullPointsHundredths: row[2] === null ? null : row[9],
  teamAverageTenThousandths: row[10],
  evidenceCount: row[3],
});

/** 张三 in 2026Q3 under the default model: 85.20. */
export const zhangsanDimensions: MatchDimension[] = [
  {
    id: 'insight',
    name: '客户洞察',
    weight: 40,
    scoreHundredths: 8530,
    indicators: [
      indicator(['assessment:insight', '客户洞察测评', 820000, 1, 0, 1000000, 40, 8200, 1312, 1600, 795556]),
      indicator(['satisfaction_avg', '客户满意度', 92000, 23, 60000, 90000, 30, 10000, 1200, 1200, 88556]),
      indicator(['large_deal_win_rate', '大单赢单率', 3000, 10, 0, 4000, 30, 7500, 900, 1200, 1593]),
    ],
  },
  {
    id: 'coordination',
    name: '资源协调',
    weight: 30,
    scoreHundredths: 9381,
    indicators: [
      indicator([
        'collaborations_per_month',
        '月均协作次数',
        45833,
        55,
        0,
        50000,
        40,
        9167,
        1100,
        1200,
        50000,
      ]),
      indicator([
        'collaboration_response_hours',
        '协作响应时长',
        118103,
        54,
        480000,
        80000,
        30,
        9047,
        814,
        900,
        142310,
      ]),
      indicator(['collaboration_solved_rate', '协作解决率', 8000, 30, 0, 8000, 30, 10000, 900, 900, 7612]),
    ],
  },
  {
    id: 'care',
    name: '长期维护',
    weight: 30,
    scoreHundredths: 7647,
    indicators: [
      indicator(['renewal_rate', '续约率', 7500, 8, 0, 8000, 40, 9375, 1125, 1200, null]),
      indicator(['large_followup_days', '大单跟进天数', 250000, 11, 70000, 300000, 30, 7826, 704, 900, null]),
      indicator([
        'large_account_tenure_months',
        '大客户从业时长',
        185955,
        1,
        0,
        360000,
        30,
        5165,
        465,
        900,
        null,
      ]),
    ],
  },
];

export const thresholds = { transitionHundredths: 8000, trainHundredths: 6000 };

export const zhangsanExplanation: MatchExplanation = {
  model: { role: 'large_account', version: 1, name: '大客户销售岗位能力模型' },
  scoreHundredths: 8520,
  coverageHundredths: 10000,
  tier: 'transition',
  presentRole: 'small_account',
  targetRole: 'large_account',
  thresholds,
  dimensions: zhangsanDimensions,
  missing: [],
  mustHave: [
    {
      metric: 'large_account_tenure_months',
      name: '大客户从业时长',
      atLeastTenThousandths: 60000,
      valueTenThousandths: 185955,
      isMet: true,
    },
  ],
  windowFrom: '2025-10-01',
  windowTo: '2026-09-30',
};

/** 李四: 60.00, on the line. */
export const lisiExplanation: MatchExplanation = {
  ...zhangsanExplanation,
  scoreHundredths: 6000,
  tier: 'train',
  dimensions: [
    {
      id: 'insight',
      name: '客户洞察',
      weight: 40,
      scoreHundredths: 6720,
      indicators: [
        indicator([
          'assessment:insight',
          '客户洞察测评',
          930000,
          1,
          0,
          1000000,
          40,
          9300,
          1488,
          1600,
          795556,
        ]),
        indicator(['satisfaction_avg', '客户满意度', 90000, 14, 60000, 90000, 30, 10000, 1200, 1200, 88556]),
        indicator(['large_deal_win_rate', '大单赢单率', 0, 5, 0, 4000, 30, 0, 0, 1200, 1593]),
      ],
    },
    {
      id: 'coordination',
      name: '资源协调',
      weight: 30,
      scoreHundredths: 6650,
      indicators: [
        indicator([
          'collaborations_per_month',
          '月均协作次数',
          10000,
          12,
          0,
          50000,
          40,
          2000,
          240,
          1200,
          50000,
        ]),
        indicator([
          'collaboration_response_hours',
          '协作响应时长',
          100000,
          12,
          480000,
          80000,
          30,
          9500,
          855,
          900,
          142310,
        ]),
        indicator(['collaboration_solved_rate', '协作解决率', 8000, 10, 0, 8000, 30, 10000, 900, 900, 7612]),
      ],
    },
    {
      id: 'care',
      name: '长期维护',
      weight: 30,
      scoreHundredths: 4391,
      indicators: [
        indicator(['renewal_rate', '续约率', 8000, 5, 0, 8000, 40, 10000, 1200, 1200, null]),
        indicator([
          'large_followup_days',
          '大单跟进天数',
          100000,
          5,
          70000,
          300000,
          30,
          1304,
          117,
          900,
          null,
        ]),
        indicator(['large_account_tenure_months', '大客户从业时长', 0, 1, 0, 360000, 30, 0, 0, 900, null]),
      ],
    },
  ],
  mustHave: [
    {
      metric: 'large_account_tenure_months',
      name: '大客户从业时长',
      atLeastTenThousandths: 60000,
      valueTenThousandths: 0,
      isMet: false,
    },
  ],
};

/** An indicator of the explanation as the home shows it. */
export function pointOf(metric: string): IndicatorPoint {
  const found = zhangsanDimensions.flatMap((one) => one.indicators).find((one) => one.metric === metric);
  if (!found) throw new Error(metric);
  return {
    metric,
    name: found.name,
    valueTenThousandths: found.valueTenThousandths ?? 0,
    targetTenThousandths: found.targetTenThousandths,
    attainmentHundredths: found.attainmentHundredths ?? 0,
    pointsHundredths: found.pointsHundredths ?? 0,
    fullPointsHundredths: found.fullPointsHundredths ?? 0,
  };
}
