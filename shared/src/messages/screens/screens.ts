import type { SalesRole, Tier } from '../words.ts';

/*
 * What the screens say. Tone: an expert colleague; short sentences, strengths first, nothing that threatens.
 * `{name}` is a parameter, see `fill`. The sentences lie in staff-text.ts, development-text.ts
 * and desk-text.ts, apart so that a phone does not load the desk's words.
 */

/** Puts parameters into a sentence of the catalogue. A sentence is one string, so that it is one text node. */
export const fill = (text: string, params: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole));

/** What the title of an employee's card says about a tier (docs/domain.md §8, wording of the designs). */
export const tierTitles: Readonly<Record<Tier, string>> = {
  transition: '你可以接大客户了',
  train: '离大客户只差一步',
  reassign: '我们想和你聊聊更适合你的岗位',
  insufficient_data: '再攒一点数据，就能看到匹配度',
};

/** `reassign` with the present role as target means going on with what one is good at. */
export const stayTitles: Readonly<Record<SalesRole, string>> = {
  small_account: '继续做你擅长的中小客户',
  large_account: '继续做你擅长的大客户',
  sales_support: '继续做你擅长的销售支持',
};

/** Names of incentive components by kind, long and short (charts). */
export const componentNames = {
  revenue_commission: { name: '业绩提成', short: '业绩' },
  satisfaction_bonus: { name: '满意度奖', short: '满意度' },
  renewal_commission: { name: '续约提成', short: '续约' },
  coordination_reward: { name: '协作奖励', short: '协作' },
  weighted_index_bonus: { name: '综合指标奖', short: '综合' },
  clawback: { name: '退款扣回', short: '扣回' },
  adjustment: { name: '调整', short: '调整' },
  delta: { name: '往期更正', short: '更正' },
  guarantee: { name: '保底补足', short: '保底' },
  carried: { name: '上期结转', short: '结转' },
} as const;
/** Kinds of lines that a statement can show. */
export type ComponentName = keyof typeof componentNames;

/** What would supply an indicator without data. */
export const supplyHints = {
  assessment: '做一次能力测评就有了',
  deals: '有大单结单后就有了',
  feedback: '有客户评价后就有了',
  collaborations: '有跨部门协作记录后就有了',
  renewals: '有合同到期后就有了',
  trainings: '完成课程后就有了',
  attendance: '有考勤数据后就有了',
  roles: '登记岗位履历后就有了',
} as const;

/** What became of a record. */
export const outcomeNames = {
  won: '赢单',
  lost: '输单',
  open: '进行中',
  renewed: '已续约',
  not_renewed: '未续约',
  solved: '已解决',
  unsolved: '未解决',
  pending: '处理中',
  passed: '已通过',
  not_passed: '未通过',
  worked: '出勤',
  absent: '未出勤',
} as const;

/** What a record is called when it has no title of its own. */
export const recordNames = {
  deal: '商机',
  receipt: '回款',
  renewal: '续约',
  collaboration: '跨部门协作',
  feedback: '客户反馈',
  training: '培训',
  assessment: '能力测评',
  attendance: '考勤',
  role: '岗位履历',
  period: '整个季度',
  adjustment: '调整',
} as const;
