import type { Kind } from './story/rows.ts';

/** How a cell of a column is written: days and times as real dates, amounts and scores as numbers. */
export type CellType = 'text' | 'day' | 'time' | 'yuan' | 'whole' | 'decimal';

export interface Column {
  /** Name of the column of the import file, English. */
  readonly key: string;
  /** Its Chinese name: the header of the sheet. */
  readonly title: string;
  readonly type: CellType;
  readonly width: number;
  readonly required: boolean;
  /** What a person should know to fill the column; a note on the header and a line of the field dictionary. */
  readonly note: string;
}

type Line = [key: string, title: string, type: CellType, width: number, note: string];

/** A title that ends in `*` is required. */
const columns = (lines: readonly Line[]): Column[] =>
  lines.map(([key, title, type, width, note]) => ({
    key,
    title: title.replace('*', ''),
    type,
    width,
    required: title.endsWith('*'),
    note,
  }));

export const SHEETS: Readonly<
  Record<Kind, { readonly title: string; readonly about: string; readonly columns: readonly Column[] }>
> = {
  roles: {
    title: '岗位履历',
    about: '每人每次换岗一行；离职员工的履历也保留',
    columns: columns([
      ['employee', '员工*', 'text', 12, '姓名、工号或钉钉 userid'],
      ['role', '销售岗位*', 'text', 16, '中小客户销售、大客户销售、销售支持'],
      ['valid_from', '生效日期*', 'day', 13, '从这一天起担任该岗位'],
    ]),
  },
  deals: {
    title: '成交',
    about: '每个商机一行，包括进行中、赢单和输单',
    columns: columns([
      ['deal_id', '商机编号*', 'text', 15, '不重复；同一编号再次导入即更新'],
      ['customer', '客户', 'text', 13, '客户简称'],
      ['employee', '销售*', 'text', 10, '姓名、工号或钉钉 userid'],
      ['product', '产品', 'text', 20, '成交或在谈的产品'],
      [
        'segment',
        '客户类型',
        'text',
        11,
        '小客户、中客户、大客户；默认 5,000 元以下为小，10,000 元及以上为大',
      ],
      ['amount', '金额', 'yuan', 14, '单位元；进行中的商机可以暂缺'],
      ['status', '状态*', 'text', 9, '进行中、赢单、输单'],
      ['opened_on', '开始日期', 'day', 13, '商机建立的日期'],
      ['closed_on', '结束日期', 'day', 13, '赢单或输单的日期；进行中留空'],
      ['contract_years', '合同年限', 'whole', 10, '整数年'],
      [
        'credits',
        '业绩归属',
        'text',
        24,
        '多人分享时填，如 赵敏:7000;冯涛:3000，万分之几，合计 10000；留空即全归销售本人',
      ],
      ['collected_amount', '已回款', 'yuan', 14, '单位元'],
      ['collected_on', '回款日期', 'day', 13, '最近一次回款的日期'],
      ['refunded_amount', '退款金额', 'yuan', 14, '单位元，不超过金额'],
      ['refunded_on', '退款日期', 'day', 13, '退款的日期'],
    ]),
  },
  renewals: {
    title: '续约',
    about: '每份到期的合同一行，续没续都要记',
    columns: columns([
      ['renewal_id', '续约编号*', 'text', 15, '不重复；同一编号再次导入即更新'],
      ['customer', '客户', 'text', 13, '客户简称'],
      ['employee', '销售*', 'text', 10, '姓名、工号或钉钉 userid'],
      ['due_on', '到期日期*', 'day', 13, '原合同到期的日期；续约率按它归入季度'],
      ['renewed', '是否续约*', 'text', 10, '是、否'],
      ['renewed_on', '续约日期', 'day', 13, '续约了才填；续约提成按它归入季度'],
      ['amount', '续约金额', 'yuan', 14, '单位元；续约了才填'],
      ['years', '续约年限', 'whole', 10, '整数年，默认 1'],
    ]),
  },
  feedback: {
    title: '客户反馈',
    about: '每次客户评价一行',
    columns: columns([
      ['feedback_id', '反馈编号*', 'text', 15, '不重复；同一编号再次导入即更新'],
      ['customer', '客户', 'text', 13, '客户简称'],
      ['employee', '销售*', 'text', 10, '姓名、工号或钉钉 userid'],
      ['given_on', '反馈日期*', 'day', 13, '客户评价的日期'],
      ['score', '满意度', 'decimal', 9, '0.0–10.0，一位小数'],
      ['text', '评价内容', 'text', 56, '客户原话；满意度和评价内容至少填一项'],
    ]),
  },
  collaborations: {
    title: '跨部门协作',
    about: '销售向其他部门提出的每个请求一行',
    columns: columns([
      ['collaboration_id', '协作编号*', 'text', 15, '不重复；同一编号再次导入即更新'],
      ['employee', '发起人*', 'text', 10, '姓名、工号或钉钉 userid'],
      ['to_department', '协作部门', 'text', 13, '被请求的部门'],
      ['subject', '事项', 'text', 20, '请求做什么'],
      ['requested_at', '发起时间*', 'time', 18, '北京时间'],
      ['responded_at', '响应时间', 'time', 18, '对方第一次答复的时间'],
      ['resolved_at', '办结时间', 'time', 18, '没有办结就留空'],
      ['solved', '是否解决', 'text', 10, '是、否；办结了才填'],
    ]),
  },
  trainings: {
    title: '培训',
    about: '每人每门课每次结业一行',
    columns: columns([
      ['employee', '员工*', 'text', 10, '姓名、工号或钉钉 userid'],
      ['course', '课程*', 'text', 20, '课程名称'],
      ['finished_on', '完成日期*', 'day', 13, '结业的日期'],
      ['passed', '是否通过*', 'text', 10, '是、否'],
    ]),
  },
  assessments: {
    title: '能力测评',
    about: '每人每个维度每次测评一行',
    columns: columns([
      ['employee', '员工*', 'text', 10, '姓名、工号或钉钉 userid'],
      ['dimension', '维度*', 'text', 14, 'insight 客户洞察、coordination 资源协调、care 长期维护'],
      ['taken_on', '测评日期*', 'day', 13, '提交测评的日期'],
      ['score', '得分*', 'whole', 8, '0–100'],
    ]),
  },
};

/** The sheet that explains the others; an import leaves it out. */
export const DICTIONARY_SHEET = '字段说明';
