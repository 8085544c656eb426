import type { Random } from './random.ts';

/** What customers write, by how satisfied they are. Strong sides first, then what happened. */
const PRAISE = [
  '沟通高效，需求说一遍就清楚了',
  '响应及时，问题当天就有人处理',
  '方案专业，报价单写得很明白',
  '服务态度很好，进度会主动告诉我们',
  '对我们行业很了解，给的建议都用得上',
  '交接清楚，换人之后也没有断档',
  '合同条款讲解得很仔细，签得放心',
  '遇到急事能马上协调其他部门',
  '技术上的问题也能找对人，一次说明白',
  '续签前专门来做了回访，很用心',
  '资料准备得很齐，办理速度比预想的快',
  '答应的时间都做到了，值得信赖',
];
const PRAISE_MORE = [
  '会继续合作',
  '推荐给了同行',
  '明年还找他',
  '整体很满意',
  '希望一直由他负责',
  '谢谢支持',
];
const MIXED = [
  '整体不错，就是报价偏慢',
  '服务态度好，但流程有点长',
  '事情办成了，中间催过两次',
  '响应及时，不过方案改了好几版',
  '沟通顺畅，希望培训再多一些',
  '专业度可以，节假日联系不太上',
  '价格合理，后续回访少了一点',
  '对接还算顺利，资料要求可以一次说清',
];
const COMPLAINT = [
  '无法解决技术问题，等了一周才有答复',
  '回复太慢，同一个问题反复说',
  '对我们的业务不了解，方案不合适',
  '承诺的上线时间推迟了两次',
  '换了对接人，之前说好的事情没人知道',
  '发票信息错了，更正拖了很久',
  '遇到问题就说要问别的部门，之后没有消息',
  '报价前后不一致，沟通成本高',
];
const CONTEXT = [
  '这次办理',
  '年度服务里',
  '对接过程中',
  '上线之后',
  '这个季度',
  '签约前后',
  '日常咨询时',
  '处理问题时',
];

/** From here on a customer only praises; below the second bound only complains. */
const PRAISE_FROM_TENTHS = 88;
const MIXED_FROM_TENTHS = 78;

/** A sentence or two that fit the score. `scoreTenths` 0–100. */
export function feedbackText(random: Random, scoreTenths: number): string {
  const context = random.chance(55) ? `${random.pick(CONTEXT)}，` : '';
  if (scoreTenths >= PRAISE_FROM_TENTHS) {
    return `${context}${random.pick(PRAISE)}${random.chance(50) ? `，${random.pick(PRAISE_MORE)}` : ''}。`;
  }
  if (scoreTenths >= MIXED_FROM_TENTHS) {
    return `${context}${random.pick(MIXED)}${random.chance(30) ? `。${random.pick(PRAISE)}` : ''}。`;
  }
  return `${context}${random.pick(COMPLAINT)}。`;
}
