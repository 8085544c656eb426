/** Weights of the default model's three dimensions, insight, coordination and care. */
export type DimensionWeights = readonly [number, number, number];

/**
 * The default role model for large_account as a file, written out for the rules' own tests; the one that people apply
 * lies in `examples/`.
 */
export const defaultModelFile = (validFrom: string, weights: DimensionWeights = [40, 30, 30]) => ({
  role: 'large_account',
  name: '大客户销售岗位能力模型',
  validFrom,
  lookbackQuarters: 4,
  thresholds: { transition: 80, train: 60 },
  minCoverage: 75,
  minEmployedDays: 90,
  dimensions: [
    {
      id: 'insight',
      name: '客户洞察',
      weight: weights[0],
      indicators: [
        { metric: 'assessment:insight', floor: 0, target: 100, weight: 40 },
        { metric: 'satisfaction_avg', floor: 6, target: 9, weight: 30 },
        { metric: 'large_deal_win_rate', floor: 0, target: 0.4, weight: 30 },
      ],
      courses: ['大客户需求洞察'],
    },
    {
      id: 'coordination',
      name: '资源协调',
      weight: weights[1],
      indicators: [
        { metric: 'collaborations_per_month', floor: 0, target: 5, weight: 40 },
        { metric: 'collaboration_response_hours', floor: 48, target: 8, weight: 30 },
        { metric: 'collaboration_solved_rate', floor: 0, target: 0.8, weight: 30 },
      ],
      courses: ['大客户资源协调'],
    },
    {
      id: 'care',
      name: '长期维护',
      weight: weights[2],
      indicators: [
        { metric: 'renewal_rate', floor: 0, target: 0.8, weight: 40 },
        { metric: 'large_followup_days', floor: 7, target: 30, weight: 30 },
        { metric: 'large_account_tenure_months', floor: 0, target: 36, weight: 30 },
      ],
      courses: ['续约与客户成功'],
    },
  ],
  mustHave: [{ metric: 'large_account_tenure_months', atLeast: 6 }],
});
