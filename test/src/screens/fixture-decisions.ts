import type { CycleState, Tier } from '@shigang/shared';
import type {
  ConfirmRequest,
  CycleAnswer,
  CycleDecision,
  CyclePeopleAnswer,
  CyclePersonAnswer,
  DecideRequest,
  PersonChange,
  PersonFileAnswer,
  PublishPreview,
} from '@shigang/shared/answers';
import { cycle, people, personOf } from './fixture-desk.ts';
import { development } from './fixture-development.ts';
import type { Answered, Asked } from './fixture-server.ts';

const TIERS: readonly Tier[] = ['transition', 'train', 'reassign', 'insufficient_data'];
const REASSIGN = 2;
const OPEN = 0;
const RETURNED = 1;

/** A cycle that remembers what is decided, as far as the screens can tell it from the real one. */
export interface DecisionDesk {
  api: (asked: Asked) => Answered | null;
  readonly asked: Asked[];
  cycle: CycleAnswer;
  /** By userid. */
  readonly decisions: Map<string, CycleDecision>;
  readonly columns: { -readonly [Name in keyof CyclePeopleAnswer['columns']]: number[] | string[] };
  /** What the next write is refused with. */
  refusal: { status: number; code: string; title: string } | null;
  obstacles: string[];
  /** Metered calls of the month that are left. */
  callsLeft: number;
}

export function decisionDesk(state: CycleState): DecisionDesk {
  const isReview = state === 'review' || state === 'computing';
  const desk: DecisionDesk = {
    asked: [],
    cycle: {
      ...cycle,
      state,
      decided: 0,
      publishedOn: isReview ? null : '2026-10-12',
      unreached: isReview ? [] : ['陈立'],
    },
    decisions: new Map(),
    columns: structuredClone(people.columns) as DecisionDesk['columns'],
    refusal: null,
    obstacles: [],
    callsLeft: 3_796,
    api: (asked) => {
      desk.asked.push(asked);
      return answer(desk, asked);
    },
  };
  if (isReview) desk.columns.decision = people.columns.decision.map(() => -1);
  else publish(desk);
  return desk;
}

function answer(desk: DecisionDesk, { method, path, body }: Asked): Answered | null {
  const ok = (answered: unknown): Answered => ({ status: 200, body: answered });
  if (!path.startsWith('/cycles')) return null;
  const [, , , part, userId = '', leaf] = (path.split('?')[0] ?? '').split('/');
  if (method === 'POST' && desk.refusal) {
    const { status, code, title } = desk.refusal;
    desk.refusal = null;
    return { status, body: { type: 'about:blank', title, status, code, requestId: 'R-1' } };
  }
  if (part === undefined) return path === '/cycles' ? null : ok(desk.cycle);
  if (part === 'decisions') return ok(decide(desk, body as DecideRequest));
  if (part === 'confirmations') return ok(confirm(desk, body as ConfirmRequest));
  if (part === 'preview') return ok(preview(desk));
  if (part === 'publication') {
    publish(desk);
    return ok({ state: 'published' });
  }
  if (userId === '') return ok({ ...people, columns: desk.columns });
  if (leaf === undefined) return ok(personNow(desk, userId));
  if (leaf === 'file') return ok(fileOf(desk, userId));
  if (leaf === 'resolutions') {
    setColumn(desk, 'change', userId, (body as { action: string }).action === 'keep' ? 4 : OPEN);
    return ok({ state: 'kept' });
  }
  return leaf === 'notices' ? ok({ noticeId: 'n2' }) : null;
}

const rowOf = (userId: string): number => people.columns.userId.indexOf(userId);
function setColumn(
  desk: DecisionDesk,
  name: 'decision' | 'change' | 'notice',
  userId: string,
  code: number,
): void {
  desk.columns[name] = (desk.columns[name] as number[]).map((one, row) =>
    row === rowOf(userId) ? code : one,
  );
}

function put(
  desk: DecisionDesk,
  { userId, tier, targetRole, effectiveOn, reason }: Omit<DecideRequest, 'replaces'>,
): string {
  const decisionId = `d${desk.decisions.size + 1}-${userId}`;
  desk.decisions.set(userId, {
    decisionId,
    kind: tier === 'later' ? 'later' : 'decided',
    tier: tier === 'later' ? null : tier,
    targetRole: targetRole ?? null,
    effectiveOn: effectiveOn ?? null,
    reason: reason ?? null,
    decidedByName: '周敏',
    decidedAt: desk.cycle.nowAt,
  });
  setColumn(desk, 'decision', userId, tier === 'later' ? 4 : TIERS.indexOf(tier));
  desk.cycle = { ...desk.cycle, decided: desk.decisions.size };
  return decisionId;
}

const decide = (desk: DecisionDesk, request: DecideRequest) => ({
  decisionId: put(desk, request),
  status: 'created',
});

function confirm(desk: DecisionDesk, { userIds }: ConfirmRequest) {
  const asked = (userIds ?? people.columns.userId).filter((userId) => !desk.decisions.has(userId));
  const isAlone = (userId: string): boolean => people.columns.suggestedTier[rowOf(userId)] === REASSIGN;
  const confirmed = asked.filter((userId) => !isAlone(userId));
  for (const userId of confirmed)
    put(desk, { userId, tier: TIERS[people.columns.suggestedTier[rowOf(userId)] ?? 3] ?? 'train' });
  return {
    confirmed: confirmed.length,
    left: asked.filter(isAlone).map((userId) => ({ userId, tier: 'reassign' })),
  };
}

function publish(desk: DecisionDesk): void {
  desk.cycle = {
    ...desk.cycle,
    ...{ state: 'published', publishedOn: '2026-10-12', decided: 20, unreached: ['陈立'] },
  };
  const tiers = people.columns.suggestedTier;
  desk.columns.decision = [...tiers];
  desk.columns.change = tiers.map((tier) => (tier === 0 ? OPEN : tier === REASSIGN ? RETURNED : -1));
  desk.columns.notice = tiers.map((_, row) => (row === 3 ? 2 : 1));
}

function personNow(desk: DecisionDesk, userId: string): CyclePersonAnswer {
  const person = personOf(userId);
  const suggestedTier = TIERS[people.columns.suggestedTier[rowOf(userId)] ?? 3] ?? 'train';
  const target = { transition: 'large_account', reassign: 'small_account' } as const;
  return {
    ...person,
    state: desk.cycle.state,
    suggestedTier,
    suggestedTargetRole: suggestedTier in target ? target[suggestedTier as keyof typeof target] : null,
    decision: desk.decisions.get(userId) ?? (desk.cycle.state === 'published' ? standing(userId) : null),
  };
}

/** What was published: the suggestion. */
function standing(userId: string): CycleDecision {
  const tier = TIERS[people.columns.suggestedTier[rowOf(userId)] ?? 3] ?? 'train';
  return {
    decisionId: `d-${userId}`,
    kind: 'decided',
    tier,
    targetRole: tier === 'reassign' ? 'sales_support' : null,
    effectiveOn: null,
    reason: tier === 'reassign' ? '服务客户是长处' : null,
    decidedByName: '周敏',
    decidedAt: '2026-10-09T17:05:00+08:00',
  };
}

const change: PersonChange = {
  state: 'returned',
  fromRole: 'small_account',
  toRole: 'sales_support',
  returnedWhy: 'talk',
  returnedRemark: null,
  isForAdmin: false,
  consentText: development.notice?.reply?.consentText ?? '',
  replyDueOn: '2026-10-19',
  answer: 'talk',
  answerText: '想知道收入怎么算，手上 12 个客户怎么交接。',
  ground: null,
  approval: {
    state: 'waiting',
    starterName: '周敏',
    approverName: '陈立',
    startedAt: null,
    settledAt: null,
    remark: null,
  },
  missing: ['agreement'],
  effectiveOn: null,
};

function fileOf(desk: DecisionDesk, userId: string): PersonFileAnswer {
  const isReturned = desk.columns.change[rowOf(userId)] === RETURNED;
  const isTroubled = desk.columns.notice[rowOf(userId)] === 2;
  return {
    cycleId: desk.cycle.cycleId,
    period: desk.cycle.period,
    userId,
    name: people.columns.name[rowOf(userId)] ?? '',
    decisionId: `d-${userId}`,
    change: isReturned
      ? change
      : { ...change, state: 'open', returnedWhy: null, answer: null, answerText: null },
    notices: [
      {
        noticeId: 'n1',
        title: '你的第三季度盘点可以看了（10月12日）',
        state: isTroubled ? 'swallowed' : 'delivered',
        sentAt: '2026-10-12T09:02:00+08:00',
        seenAt: isTroubled ? null : '2026-10-12T09:20:00+08:00',
        mayResend: isTroubled,
      },
    ],
    training: null,
    entries: [
      ...(development.notice?.file ?? []),
      {
        kind: 'decision',
        at: '2026-10-09T17:05:00+08:00',
        title: 'HR 决定：调整岗位，转销售支持',
        detail: '客户满意度 8.6 分，服务客户是长处；销售支持更能用上他的长处。',
        by: '周敏',
      },
      {
        kind: 'reply',
        at: '2026-10-15T10:42:00+08:00',
        title: '本人回复：想先聊聊',
        detail: change.answerText,
        by: people.columns.name[rowOf(userId)] ?? '',
      },
    ],
    contentHash: '8d41c07e5b92f3a60e7d19c4a85b632ff1920b7dce46835a27c9e018d35fb64c',
    may: { keep: isReturned, offerAgain: isReturned, ground: isReturned },
  };
}

const card = (name: string, sentence: string): string =>
  [
    `### ${sentence}`,
    `${name}，这一季你的客户满意度和协作解决率都很扎实。`,
    '- 客户满意度 9.2 分，超过岗位目标 9 分\n- 还能更好：大客户赢单率 **30%** 到 40%',
    '**下一步** 10月19日前说说你的想法。',
  ].join('\n\n');

const preview = (desk: DecisionDesk): PublishPreview => ({
  cycleId: desk.cycle.cycleId,
  period: desk.cycle.period,
  obstacles: desk.obstacles,
  mayPublish: true,
  people: 20,
  tiers: [
    { tier: 'transition', people: 5, cards: 5, approvals: 5, approvalsWaiting: 0, trainingPlans: 0 },
    { tier: 'train', people: 8, cards: 8, approvals: 0, approvalsWaiting: 0, trainingPlans: 8 },
    { tier: 'reassign', people: 7, cards: 7, approvals: 0, approvalsWaiting: 7, trainingPlans: 0 },
  ],
  managers: [
    { userId: 'mgr01', name: '陈立', reports: 9 },
    { userId: 'mgr02', name: '高远', reports: 11 },
  ],
  hrPeople: [{ userId: 'hr01', name: '周敏' }],
  approvers: [
    { name: '陈立', count: 6 },
    { name: '高远', count: 6 },
  ],
  withoutApprover: [],
  replyDueOn: '2026-10-19',
  earliestEffectiveOn: '2026-11-01',
  meteredCalls: { cards: 23, approvals: 5, todos: 8, deliveries: 3 },
  monthlyQuota: { limit: 5_000, used: 5_000 - desk.callsLeft, left: desk.callsLeft },
  samples: [
    {
      tier: 'transition',
      name: '张三',
      title: '你的第三季度盘点可以看了（10月12日）',
      markdown: card('张三', '你可以接大客户了'),
      button: '说说我的想法',
    },
    {
      tier: 'train',
      name: '李四',
      title: '你的第三季度盘点可以看了（10月12日）',
      markdown: card('李四', '离大客户只差一步'),
      button: '开始学习',
    },
    {
      tier: 'reassign',
      name: '沈悦',
      title: '你的第三季度盘点可以看了（10月12日）',
      markdown: card('沈悦', '我们想和你聊聊更适合你的岗位'),
      button: '说说我的想法',
    },
  ],
  recipients: people.columns.userId.map((userId, row) => {
    const tier = TIERS[people.columns.suggestedTier[row] ?? 3] ?? 'train';
    const actions = {
      transition: 'approval',
      train: 'training',
      reassign: 'approval_waits',
      insufficient_data: 'none',
    } as const;
    return {
      userId,
      name: people.columns.name[row] ?? '',
      tier,
      title: '你可以接大客户了',
      action: actions[tier],
      approverName: tier === 'train' ? null : '陈立',
    };
  }),
});
