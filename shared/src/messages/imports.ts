/** Sheet names of the import kinds (docs/formats.md §1). */
export const importKindNames = {
  roles: '岗位履历',
  deals: '成交',
  receipts: '回款',
  renewals: '续约',
  feedback: '客户反馈',
  collaborations: '跨部门协作',
  trainings: '培训',
  assessments: '能力测评',
  attendance: '考勤',
} as const;
export type ImportKind = keyof typeof importKindNames;
export const importKinds = Object.keys(importKindNames) as ImportKind[];

/** What a column holds: how a cell is read, and how the template formats it. */
export type ImportColumnType =
  | 'id'
  | 'text'
  | 'employee'
  | 'day'
  | 'moment'
  | 'amount'
  | 'decimal'
  | 'whole'
  | 'yes_no'
  | 'choice'
  | 'credits';

export interface ImportColumn {
  readonly name: string;
  readonly title: string;
  readonly type: ImportColumnType;
  readonly required: boolean;
  /** For the template's field dictionary. */
  readonly note: string;
}

const column = (name: string, title: string, type: ImportColumnType, note: string): ImportColumn => ({
  name: name.replace('*', ''),
  title,
  type,
  required: name.endsWith('*'),
  note,
});

const PERSON = '填工号、userid 或姓名；重名时请填工号。离职人员的记录也可以导入。';
const DAY = '如 2026-07-01、2026/7/1、2026年7月1日，或 Excel 日期。';
const MOMENT = '如 2026-07-01 14:05，北京时间。';
const YES_NO = '是 或 否。';
const CREDITS =
  '几个人分业绩时填，如 zhangsan:7000;lisi:3000，合计 10000（万分之一为单位）；不填则全部归本人。';

/** Columns of every kind, English and Chinese, in the order of the template. */
export const importColumns: Readonly<Record<ImportKind, readonly ImportColumn[]>> = {
  roles: [
    column('employee*', '员工', 'employee', PERSON),
    column('role*', '销售岗位', 'choice', '中小客户销售、大客户销售 或 销售支持。'),
    column('valid_from*', '生效日期', 'day', `任这个岗位的第一天，${DAY}`),
  ],
  deals: [
    column('deal_id*', '商机编号', 'id', '每个商机唯一；再次导入同一编号会更新原来的记录。'),
    column('customer', '客户', 'text', '客户名称。'),
    column('employee*', '销售', 'employee', PERSON),
    column('amount', '金额', 'amount', '元，如 150000、150,000.00、15万；进行中的商机可以不填。'),
    column('status*', '状态', 'choice', '进行中、赢单 或 输单。'),
    column('opened_on', '开始日期', 'day', `商机开始的日期，${DAY}`),
    column('closed_on', '结束日期', 'day', '赢单或输单的日期，不早于开始日期；进行中的商机不填。'),
    column('segment', '客户类型', 'choice', '小客户、中客户 或 大客户；不填则按金额判断。'),
    column('contract_years', '合同年限', 'whole', '整数，如 2。'),
    column('product', '产品', 'text', '产品或服务名称。'),
    column('credits', '业绩归属', 'credits', CREDITS),
    column('collected_amount', '已回款', 'amount', '元；分期回款请用“回款”表。'),
    column('collected_on', '回款日期', 'day', DAY),
    column('refunded_amount', '退款金额', 'amount', '元，不超过金额。'),
    column('refunded_on', '退款日期', 'day', DAY),
  ],
  receipts: [
    column('receipt_id*', '回款编号', 'id', '每笔回款唯一。'),
    column('deal_id*', '商机编号', 'id', '“成交”表里的商机编号。'),
    column('received_on*', '回款日期', 'day', DAY),
    column('amount*', '金额', 'amount', '元；负数表示退款。'),
  ],
  renewals: [
    column('renewal_id*', '续约编号', 'id', '每个到期合同唯一。'),
    column('customer', '客户', 'text', '客户名称。'),
    column('employee*', '销售', 'employee', PERSON),
    column('due_on*', '到期日期', 'day', DAY),
    column('renewed*', '是否续约', 'yes_no', YES_NO),
    column('renewed_on', '续约日期', 'day', '续约了必填。'),
    column('amount', '续约金额', 'amount', '元，续约了必填。'),
    column('years', '续约年限', 'whole', '整数，不填按 1 年。'),
    column('credits', '业绩归属', 'credits', CREDITS),
  ],
  feedback: [
    column('feedback_id*', '反馈编号', 'id', '每条反馈唯一。'),
    column('customer', '客户', 'text', '客户名称。'),
    column('employee*', '销售', 'employee', PERSON),
    column('given_on*', '反馈日期', 'day', DAY),
    column('score', '满意度', 'decimal', '0 到 10，一位小数；满意度和评价内容至少填一项。'),
    column('text', '评价内容', 'text', '客户的原话。'),
  ],
  collaborations: [
    column('collaboration_id*', '协作编号', 'id', '每次协作唯一。'),
    column('employee*', '发起人', 'employee', PERSON),
    column('to_department', '协作部门', 'text', '请求协助的部门。'),
    column('subject', '事项', 'text', '协作的内容。'),
    column('requested_at*', '发起时间', 'moment', MOMENT),
    column('responded_at', '响应时间', 'moment', '不早于发起时间。'),
    column('resolved_at', '办结时间', 'moment', '不早于响应时间。'),
    column('solved', '是否解决', 'yes_no', '办结了必填：是 或 否。'),
  ],
  trainings: [
    column('employee*', '员工', 'employee', PERSON),
    column('course*', '课程', 'text', '课程名称，与岗位能力模型里的写法一致。'),
    column('finished_on*', '完成日期', 'day', DAY),
    column('passed*', '是否通过', 'yes_no', YES_NO),
  ],
  assessments: [
    column('employee*', '员工', 'employee', PERSON),
    column('dimension*', '维度', 'text', '测评维度，如 insight，与岗位能力模型里的写法一致。'),
    column('taken_on*', '测评日期', 'day', DAY),
    column('score*', '得分', 'decimal', '0 到 100。'),
  ],
  attendance: [
    column('employee*', '员工', 'employee', PERSON),
    column('date*', '日期', 'day', DAY),
    column('scheduled*', '应出勤', 'decimal', '天，0 到 1。'),
    column('worked*', '出勤', 'decimal', '天，0 到 1。'),
    column('leave', '请假', 'decimal', '天，0 到 1，不填按 0。'),
  ],
};

/** Why a row is refused, and what is worth a look in one that is not (docs/imports.md). */
export const importIssueTexts = {
  required: '“{field}”没有填',
  type: '“{field}”认不出来：{hint}',
  range: '“{field}”超出范围：{hint}',
  date: '“{field}”不是有效的日期或时间，请写成 {hint}',
  order: '“{field}”早于{hint}',
  enum: '“{field}”只能是 {hint}',
  unknown_employee: '“{field}”没有找到这位员工，请填工号、userid 或姓名',
  ambiguous_employee: '“{field}”对应多位员工（{hint}），请改用工号或 userid',
  unknown_deal: '没有这个商机编号，请先导入成交',
  duplicate_in_file: '和第 {hint} 行重复',
  credits_sum: '业绩归属合计 {hint}，应为 10,000',
  too_long: '“{field}”太长，最多 {hint} 个字符',
  segment_mismatch: '写的是“{hint}”，和金额对不上，已按文件里的写法导入，请确认口径',
  future_date: '“{field}”晚于今天',
  ignored_column: '不认识这一列，没有导入',
  closed_period: '所在季度的激励明细已锁定，这次改动会以差额显示',
  not_employed: '这位员工在 {hint} 不在职',
  no_credit: '业绩归属里没有这条记录的销售本人',
  no_segment: '输单、金额为 0 又没写客户类型，不计入任何成交率',
  amount_jump: '金额达到本文件同类客户中位数的 100 倍以上，请核对是否多写了 0',
} as const;
export type ImportIssueCode = keyof typeof importIssueTexts;

/** The sentence of an issue with its parts filled in. */
export const importIssueText = (
  code: ImportIssueCode,
  parts: { field?: string; hint?: string } = {},
): string => importIssueTexts[code].replace('{field}', parts.field ?? '').replace('{hint}', parts.hint ?? '');
