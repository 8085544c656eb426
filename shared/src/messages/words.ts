/** Sales roles and their Chinese names (spec "words"). */
export const salesRoleNames = {
  small_account: '中小客户销售',
  large_account: '大客户销售',
  sales_support: '销售支持',
} as const;
export type SalesRole = keyof typeof salesRoleNames;
export const salesRoles = Object.keys(salesRoleNames) as SalesRole[];

/** Tiers and their Chinese names (spec "words"). */
export const tierNames = {
  transition: '直接转型',
  train: '培训后转型',
  reassign: '调整岗位',
  insufficient_data: '数据不足',
} as const;
export type Tier = keyof typeof tierNames;
export const tiers = Object.keys(tierNames) as Tier[];

/** Deal segments and their Chinese names (spec "segments"). */
export const segmentNames = { small: '小客户', medium: '中客户', large: '大客户' } as const;
export type Segment = keyof typeof segmentNames;
export const segments = Object.keys(segmentNames) as Segment[];

/** Statement states. */
export const statementStatusNames = { open: '未结', locked: '已锁定', paid: '已发放' } as const;
export type StatementStatus = keyof typeof statementStatusNames;

/** States of a review cycle and what the screens call them, in their order. */
export const cycleStateNames = {
  draft: '草稿',
  computing: '计算中',
  review: '复核中',
  published: '已发布',
  closed: '已关闭',
} as const;
export type CycleState = keyof typeof cycleStateNames;

/** What moves a cycle, as messages name it. */
export const cycleStepNames = {
  compute: '计算',
  finish_compute: '完成计算',
  recompute: '重新计算',
  decide: '决定',
  publish: '发布',
  close: '关闭',
} as const;
export type CycleStepName = keyof typeof cycleStepNames;
