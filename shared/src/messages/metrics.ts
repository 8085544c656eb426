/** Chinese names of the metrics; those with a parameter are made by {@link metricName}. */
export const metricNames = {
  small_deal_win_rate: '小单赢单率',
  small_deal_cycle_days: '小单成交周期',
  large_deal_win_rate: '大单赢单率',
  large_followup_days: '大单跟进天数',
  large_account_tenure_months: '大客户从业时长',
  collaborations_per_month: '月均协作次数',
  collaboration_response_hours: '协作响应时长',
  collaboration_solved_rate: '协作解决率',
  renewal_rate: '续约率',
  satisfaction_avg: '客户满意度',
  training_passed: '通过的课程',
  visits_per_month: '月均拜访次数',
  attendance_rate: '出勤率',
} as const;

/** What stands behind the figure of a metric that is neither a percentage nor passed or not. */
export const metricUnitWords = {
  points: ' 分',
  days: ' 天',
  months: ' 个月',
  hours: ' 小时',
  times: ' 次',
  courses: ' 门',
} as const;

/** What the metric of one course says. */
export const courseResults = { passed: '已通过', notPassed: '未通过' } as const;

/**
 * The name a screen shows for a metric id: `satisfaction_avg` → 客户满意度, `course:X` → 课程《X》,
 * `assessment:<dimension>` → `<dimensionName>`测评.
 * @param dimensionName name of the role model's dimension of an assessment metric
 */
export function metricName(metric: string, dimensionName = '能力'): string {
  if (metric.startsWith('course:')) return `课程《${metric.slice('course:'.length)}》`;
  if (metric.startsWith('assessment:')) return `${dimensionName}测评`;
  return Object.hasOwn(metricNames, metric) ? metricNames[metric as keyof typeof metricNames] : metric;
}
