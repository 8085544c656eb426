import type { DevelopmentAnswer, DevelopmentNotice, TeamAnswer, TeamApproval } from '@shigang/shared/answers';
import { home, homeOfManager } from './fixtures.ts';

/** 张三 on 2026-10-12 09:41, an hour after the publication of 2026Q3. */
const { viewer, nowAt, dataAt } = home;
const CONSENT =
  '我同意从双方都同意后的次月 1 日起，由中小客户销售转为大客户销售，不早于 2026年11月1日；从同一天起按“大客户激励方案 V1”计算激励。';

const notice: DevelopmentNotice = {
  period: '2026Q3',
  decisionId: '0b6f1f5e-7c0a-4a51-9f3a-1f2e3d4c5b6a',
  publishedOn: '2026-10-12',
  tier: 'transition',
  presentRole: 'small_account',
  offeredRole: 'large_account',
  headline: '你可以接大客户了',
  summary: '你的客户满意度和协作解决率都很扎实，我们建议你转为大客户销售。',
  reasons: [
    '客户满意度 9.2 分，超过岗位目标 9 分',
    '协作解决率 80%，达到岗位目标',
    '还能更好：大客户赢单率从 30% 到 40%',
  ],
  reached: [true, true, false],
  nextStep: '10月19日前说说你的想法；陈立审批通过后，双方同意的次月 1 日生效，激励方案同一天切换。',
  reply: {
    consentText: CONSENT,
    consentHash: 'a'.repeat(64),
    dueOn: '2026-10-19',
    workingDaysLeft: 5,
    isOpen: true,
    answer: null,
    text: null,
    repliedAt: null,
  },
  timeline: [
    {
      kind: 'recommended',
      state: 'done',
      title: '盘点给出建议',
      at: '2026-10-09T16:20:00+08:00',
      detail: '匹配度 85.20',
    },
    {
      kind: 'confirmed',
      state: 'done',
      title: 'HR 已确认',
      at: '2026-10-12T09:00:00+08:00',
      detail: '周敏',
    },
    {
      kind: 'replied',
      state: 'current',
      title: '等你回复',
      at: '2026-10-19',
      detail: '没有回复不算同意',
    },
    {
      kind: 'approved',
      state: 'ahead',
      title: '陈立审批',
      at: null,
      detail: '钉钉审批已发出',
    },
    {
      kind: 'effective',
      state: 'ahead',
      title: '生效',
      at: null,
      detail: '岗位和激励方案同一天切换',
    },
  ],
  training: null,
  file: [
    { kind: 'explanation', at: '2026-10-09T16:20:00+08:00', title: '评分说明', detail: null, by: null },
    {
      kind: 'notice',
      at: '2026-10-12T09:00:00+08:00',
      title: '结果通知 · 已送达',
      detail: '工作通知',
      by: null,
    },
  ],
};

const head = { viewer, nowAt, dataAt, periods: ['2026Q3'] } as const;
export const development: DevelopmentAnswer = { ...head, notice };
export const developmentEmpty: DevelopmentAnswer = { ...head, periods: [], notice: null };

/** The same person after the reply. */
export const developmentAnswered: DevelopmentAnswer = {
  ...head,
  notice: {
    ...notice,
    reply: {
      ...notice.reply!,
      isOpen: false,
      answer: 'agree',
      text: '希望头两个月能和王老师一起跑恒远医疗。',
      repliedAt: '2026-10-12T09:45:00+08:00',
    },
    timeline: notice.timeline.map((step) => {
      if (step.kind === 'replied')
        return {
          ...step,
          state: 'done',
          title: '你已回复：我愿意',
          at: '2026-10-12T09:45:00+08:00',
          detail: null,
        };
      return step.kind === 'approved' ? { ...step, state: 'current', title: '等陈立审批' } : step;
    }),
    file: [
      ...notice.file,
      {
        kind: 'reply',
        at: '2026-10-12T09:45:00+08:00',
        title: '本人回复：我愿意',
        detail: null,
        by: '张三',
      },
    ],
  },
};

/** Nobody answered in time; the change is back with HR. */
export const developmentOver: DevelopmentAnswer = {
  ...head,
  nowAt: '2026-10-20T09:00:00+08:00',
  notice: {
    ...notice,
    tier: 'reassign',
    headline: '我们想和你聊聊更适合你的岗位',
    offeredRole: 'sales_support',
    reply: { ...notice.reply!, isOpen: false, workingDaysLeft: 0 },
  },
};

/** 李四: courses, no reply. */
export const developmentTrain: DevelopmentAnswer = {
  ...head,
  notice: {
    ...notice,
    tier: 'train',
    offeredRole: null,
    headline: '离大客户只差一步',
    summary: '小单赢单率 80%、平均 7 天成交，底子很好。',
    nextStep: '先继续做你擅长的中小客户，11月15日前完成建议的课程，下季可以重新测评。',
    reply: null,
    timeline: notice.timeline.slice(0, 2),
    training: {
      dueOn: '2026-11-15',
      courses: [
        { name: '大客户资源协调', dimensionName: '资源协调', dueOn: '2026-11-15', passedOn: null },
        {
          name: '大客户需求洞察',
          dimensionName: '客户洞察',
          dueOn: '2026-11-15',
          passedOn: '2026-10-11',
        },
      ],
    },
  },
};

const approval: TeamApproval = {
  userId: 'zhangsan',
  name: '张三',
  fromRole: 'small_account',
  toRole: 'large_account',
  tier: 'transition',
  scoreHundredths: 8520,
  state: 'open',
  approvalState: 'running',
  isMine: true,
  startedAt: '2026-10-12T09:02:00+08:00',
  settledAt: null,
  remark: null,
  answer: null,
  replyDueOn: '2026-10-19',
  effectiveOn: null,
};

/** 陈立, manager of 销售一部. */
export const team: TeamAnswer = {
  viewer: homeOfManager.viewer,
  nowAt,
  dataAt,
  period: '2026Q3',
  publishedOn: '2026-10-12',
  counts: { transition: 3, train: 3, reassign: 3, insufficientData: 0, later: 0, left: 1 },
  approvals: [
    approval,
    { ...approval, userId: 'wangwu', name: '王五', scoreHundredths: 8864, answer: 'agree' },
    {
      ...approval,
      userId: 'xuqiang',
      name: '许强',
      tier: 'reassign',
      toRole: 'sales_support',
      scoreHundredths: 3760,
      approvalState: 'waiting',
      isMine: false,
      startedAt: null,
    },
    {
      ...approval,
      userId: 'zhaomin',
      name: '赵敏',
      scoreHundredths: 8375,
      state: 'agreed',
      approvalState: 'agreed',
      answer: 'agree',
      settledAt: '2026-10-12T09:30:00+08:00',
      remark: '手上的老客户 10 月交接完',
      effectiveOn: '2026-11-01',
    },
  ],
  people: [
    { userId: 'wangwu', name: '王五', tier: 'transition', scoreHundredths: 8864 },
    { userId: 'zhangsan', name: '张三', tier: 'transition', scoreHundredths: 8520 },
    { userId: 'zhaomin', name: '赵敏', tier: 'transition', scoreHundredths: 8375 },
    { userId: 'wulei', name: '吴磊', tier: 'train', scoreHundredths: 7842 },
    { userId: 'fengtao', name: '冯涛', tier: 'train', scoreHundredths: 7288 },
    { userId: 'lisi', name: '李四', tier: 'train', scoreHundredths: 6000 },
    { userId: 'shenyue', name: '沈悦', tier: 'reassign', scoreHundredths: 5873 },
    { userId: 'yangfan', name: '杨帆', tier: 'reassign', scoreHundredths: 5394 },
    { userId: 'xuqiang', name: '许强', tier: 'reassign', scoreHundredths: 3760 },
  ],
};
export const teamEmpty: TeamAnswer = {
  ...team,
  period: null,
  publishedOn: null,
  counts: { transition: 0, train: 0, reassign: 0, insufficientData: 0, later: 0, left: 0 },
  approvals: [],
  people: [],
};
