/** One entry of the error catalogue: HTTP status, and one clear sentence that says what to do. `{name}` is a parameter. */
export interface ErrorEntry {
  readonly status: number;
  readonly text: string;
}

/** code → status and sentence. Codes are stable: scripts and screens rely on them. */
export const errorCatalogue = {
  'internal': { status: 500, text: '系统出了点问题，数据没有丢失。请稍后再试；仍不行请把编号告诉管理员。' },
  'usage': { status: 400, text: '命令用法不对：{detail}' },
  'config.invalid': { status: 500, text: '启动设置有问题：{detail}' },
  'service.unavailable': { status: 503, text: '{service}暂时连不上，请稍后再试。' },
  'arithmetic.not_integer': { status: 500, text: '计算中出现了非整数或过大的数（{what}：{value}）。' },
  'arithmetic.bad_denominator': { status: 500, text: '计算中出现了无效的除数（{value}）。' },
  'period.invalid': { status: 422, text: '“{value}”不是有效的期间，请写成 2026Q3。' },
  'day.invalid': { status: 422, text: '“{value}”不是有效的日期，请写成 2026-07-01。' },
  'auth.required': { status: 401, text: '请从钉钉工作台重新打开本应用。' },
  'access.denied': { status: 403, text: '没有权限或内容不存在。' },
  'not_found': { status: 404, text: '没有权限或内容不存在。' },
  'request.invalid': { status: 422, text: '提交的内容有误，请按提示修改。' },
  'request.origin': { status: 403, text: '请求来源不被允许，请从钉钉内打开页面再试。' },
  'request.too_many': { status: 429, text: '操作太频繁，请稍后再试。' },
  'plan.invalid': { status: 422, text: '方案文件的“{field}”有误：{detail}。' },
  'plan.component_unsupported': { status: 422, text: '方案的“{field}”用到了本版本还不能计算的内容（{feature}），请去掉后再提交。' },
  'plan.role_overlap': { status: 409, text: '从 {on} 起，岗位“{role}”会同时适用方案“{id}”和“{otherId}”，请调整适用岗位或生效日期。' },
  'plan.locked_period': { status: 409, text: '{period} 的激励明细已锁定，从 {validFrom} 起生效的方案会改动它，请改用更晚的生效日期。' },
  'plan.not_found': { status: 404, text: '没有找到方案“{id}”。' },
  'incentive.credits_sum': { status: 422, text: '业绩归属合计应为 10000，现在是 {sum}。' },
  'incentive.document_unknown': { status: 500, text: '激励明细的存储格式无法识别（{format}）。' },
  'statement.not_found': { status: 404, text: '没有权限或内容不存在。' },
  'model.invalid': { status: 422, text: '岗位能力模型的“{path}”有误：{problem}。' },
  'model.metric_unsupported': { status: 422, text: '本版本还不能计算指标“{metric}”，请从岗位能力模型里去掉。' },
  'model.not_found': { status: 404, text: '{period} 没有生效的{role}岗位能力模型，请先提交一版。' },
  'cycle.not_found': { status: 404, text: '没有权限或内容不存在。' },
  'cycle.person_not_found': { status: 404, text: '没有权限或内容不存在。' },
  'cycle.wrong_state': { status: 409, text: '盘点现在是“{state}”，不能做“{step}”。' },
  'cycle.changed': { status: 409, text: '这次盘点刚刚被别人改动过，请刷新后再试。' },
  'cycle.undecided': { status: 409, text: '还有 {count} 人没有决定（{names}），决定后才能发布。' },
  'cycle.blocked': { status: 409, text: '发布前还有 {count} 项要处理：{blockers}。' },
  'cycle.scope_too_small': { status: 403, text: '你的范围没有覆盖盘点里的所有人，请由 HR 管理员发布。' },
  'cycle.still_open': { status: 409, text: '还有没办完的事，现在不能关闭：{open}。' },
  'cycle.not_past': { status: 422, text: '{period} 还没有结束，只有过去的季度能按历史盘点。' },
  'decision.reason_required': { status: 422, text: '“{tier}”需要写明理由。' },
  'decision.reason_too_long': { status: 422, text: '理由不能超过 {max} 个字。' },
  'decision.no_target': { status: 422, text: '“{tier}”没有目标岗位和生效日期，请去掉。' },
  'decision.role_unknown': { status: 422, text: '没有“{role}”这个销售岗位。' },
  'decision.has_left': { status: 409, text: '{name} 已离职，不需要决定。' },
  'metric.unknown': { status: 404, text: '没有“{metric}”这项指标。' },
  'employee.unknown': { status: 404, text: '找不到员工“{userId}”，请检查 userid。' },
  'command.as_required': { status: 403, text: '生产环境中请用 --as 写明是谁在操作。' },
  'command.not_in_production': { status: 403, text: '这个命令不能用于生产环境。' },
  'redis.eviction': { status: 500, text: 'Redis 的淘汰策略是 {policy}，请改为 noeviction，否则任务会丢失。' },
  'database.not_migrated': { status: 500, text: '数据库还差 {count} 个迁移，请先运行 npx shigang migrate。' },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
