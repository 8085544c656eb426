/** Sales roles and their Chinese names (docs/domain.md §1). */
export const salesRoleNames = {
  small_account: '中小客户销售',
  large_account: '大客户销售',
  sales_support: '销售支持',
} as const;
export type SalesRole = keyof typeof salesRoleNames;
export const salesRoles = Object.keys(salesRoleNames) as SalesRole[];
/** The role that people are reviewed for where neither a cycle nor a command says another. */
export const REVIEWED_ROLE: SalesRole = 'large_account';

/** Tiers and their Chinese names (docs/domain.md §1). */
export const tierNames = {
  transition: '直接转型',
  train: '培训后转型',
  reassign: '调整岗位',
  insufficient_data: '数据不足',
} as const;
export type Tier = keyof typeof tierNames;
export const tiers = Object.keys(tierNames) as Tier[];

/** Deal segments and their Chinese names (docs/domain.md §2). */
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

/** What an employee can answer to an offered role. */
export const replyAnswerNames = { agree: '我愿意', talk: '想先聊聊', decline: '暂不调整' } as const;
export type ReplyAnswer = keyof typeof replyAnswerNames;
export const replyAnswers = Object.keys(replyAnswerNames) as ReplyAnswer[];

/** States of an offered role change. */
export const roleChangeStateNames = {
  open: '等双方同意',
  returned: '退回 HR',
  agreed: '双方已同意',
  effective: '已生效',
  kept: '保持现岗',
  replaced: '已有新的决定',
  cancelled: '已取消',
} as const;
export type RoleChangeState = keyof typeof roleChangeStateNames;
export const roleChangeStates = Object.keys(roleChangeStateNames) as RoleChangeState[];

/** Why a role change came back to HR. */
export const returnReasonNames = {
  talk: '本人想先聊聊',
  decline: '本人暂不调整',
  overdue: '本人到期没有回复',
  refused: '审批没有同意',
  withdrawn: '审批被撤回',
  no_approver: '没有可以审批的人',
} as const;
export type ReturnReason = keyof typeof returnReasonNames;

/** States of the manager's approval. */
export const approvalStateNames = {
  waiting: '等前提齐备',
  starting: '正在发起',
  running: '审批中',
  agreed: '已同意',
  refused: '没有同意',
  terminated: '已被撤回',
  withdrawn: '已撤回',
  impossible: '没有审批人',
  cancelled: '不再发起',
} as const;
export type ApprovalState = keyof typeof approvalStateNames;

/** What keeps a published cycle from being closed. */
export const openMatterNames = {
  reply: '等本人回复',
  approval: '审批没有结束',
  day: '还没有到生效日',
} as const;
export type OpenMatter = keyof typeof openMatterNames;
