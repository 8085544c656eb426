import { randomOf } from './random.ts';

const NAMES = [
  '鼎盛',
  '华信',
  '锦程',
  '东篱',
  '天衡',
  '瑞丰',
  '明德',
  '启航',
  '云帆',
  '嘉禾',
  '远景',
  '博文',
  '同济',
  '百川',
  '江南',
  '宏图',
  '安泰',
  '永兴',
  '新源',
  '金桥',
  '长青',
  '卓越',
  '正阳',
  '四海',
  '利群',
  '海纳',
  '晨光',
  '万象',
  '德润',
  '凯旋',
];
const TRADES = [
  '医疗',
  '物流',
  '商贸',
  '食品',
  '科技',
  '教育',
  '建材',
  '餐饮',
  '广告',
  '机电',
  '服饰',
  '物业',
];

/** 360 customer names, all different, in an order that shows no pattern. */
const CUSTOMERS: readonly string[] = (() => {
  const all = NAMES.flatMap((name) => TRADES.map((trade) => `${name}${trade}`));
  const random = randomOf('customers');
  for (let at = all.length - 1; at > 0; at -= 1) {
    const other = random.int(0, at);
    [all[at], all[other]] = [all[other] ?? '', all[at] ?? ''];
  }
  return all;
})();

/** Customers a person looks after: twelve each, nobody's twice. */
const CUSTOMERS_EACH = 12;

/** The customers of the `index`-th salesperson. The customer of Zhang San's contract is nobody's: it is told by itself. */
export const customersOf = (index: number): string[] =>
  CUSTOMERS.slice(index * CUSTOMERS_EACH, (index + 1) * CUSTOMERS_EACH);

export type Segment = 'small' | 'medium' | 'large';

export const SEGMENT_NAMES: Readonly<Record<Segment, string>> = {
  small: '小客户',
  medium: '中客户',
  large: '大客户',
};

export const PRODUCTS: Readonly<Record<Segment, readonly string[]>> = {
  small: ['记账报税年度包', '社保代办年度包', '工商注册套餐', '商标注册套餐', '电子发票基础版'],
  medium: ['财税顾问标准版', '人事外包部门版', '资质申报服务', '电子合同企业版'],
  large: ['年度综合服务合同', '财税一体化服务', '人力资源整体外包', '集团代账服务'],
};

/** Lowest and highest usual amount in steps of ¥20. */
export const AMOUNTS: Readonly<Record<Segment, { readonly from: number; readonly to: number }>> = {
  small: { from: 1_880, to: 4_680 },
  medium: { from: 5_280, to: 9_680 },
  large: { from: 10_800, to: 38_800 },
};

export const DEPARTMENT_SUBJECTS: readonly (readonly [department: string, subjects: readonly string[]])[] = [
  ['技术支持部', ['接口联调方案', '客户系统对接评估', '开票系统故障排查', '数据迁移支持', '演示环境准备']],
  ['法务部', ['补充协议审阅', '合同条款修改', '保密协议审核', '付款条件确认']],
  ['财务部', ['分期付款方案核算', '报价成本核算', '发票信息更正', '回款对账']],
  ['交付部', ['上线排期协调', '驻场人员安排', '交付范围确认', '服务团队交接']],
  ['产品部', ['定制需求评估', '功能排期确认', '行业方案整理']],
  ['客服部', ['客户投诉跟进', '续约前回访', '使用培训安排']],
];

/** Courses that the role model names, one per dimension, and those that everybody takes. */
export const COURSES = {
  model: ['大客户需求洞察', '大客户资源协调', '大客户长期经营'],
  newcomer: ['新人销售基础', '产品知识认证'],
  general: ['商务谈判技巧', '客户沟通表达', '合同与合规要点', '数据分析入门'],
} as const;
