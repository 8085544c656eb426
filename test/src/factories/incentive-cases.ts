import {
  DEFAULT_CLAWBACK_MONTHS,
  parsePlan,
  period,
  PlanBook,
  priceStatement,
  splitCredits,
  type CreditedDeal,
  type CreditedRenewal,
  type DayString,
  type EmployeeFacts,
  type PersonHistory,
  type PlanVersion,
  type Statement,
} from '@shigang/shared';

/* Small makers for tests of incentives; days are plain texts here. */

export const day = (text: string): DayString => text as DayString;

export const noFacts: EmployeeFacts = {
  deals: [],
  renewals: [],
  scores: [],
  collaborations: [],
  dueRenewals: [],
};

export const salesComponents = [
  { id: 'deal', kind: 'revenue_commission', rateBp: 80, basis: 'signed' },
  {
    id: 'satisfaction',
    kind: 'satisfaction_bonus',
    period: 'quarter',
    minCount: 1,
    steps: [{ atLeast: 9, amountFen: 500_000 }],
  },
  { id: 'renewal', kind: 'renewal_commission', rateBp: 50 },
  { id: 'coordination', kind: 'coordination_reward', amountFen: 20_000 },
];

export const indexComponent = {
  id: 'index',
  kind: 'weighted_index_bonus',
  period: 'quarter',
  baseFen: 300_000,
  indicators: [
    { metric: 'revenue', floor: 0, target: 30_000_000, weight: 40 },
    { metric: 'satisfaction_avg', floor: 6, target: 9, weight: 30 },
    { metric: 'renewal_rate', floor: 0, target: 0.8, weight: 20 },
    { metric: 'collaboration_solved_rate', floor: 0, target: 0.8, weight: 10 },
  ],
};

export const oldPlan = {
  name: '原方案',
  components: [{ id: 'old', kind: 'revenue_commission', rateBp: 100, basis: 'signed' }],
};

/** The demo's `sales`, version 2, with overrides. */
export const salesFile = (over: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: 'sales',
  name: '销售激励方案',
  validFrom: '2026-07-01',
  roles: ['small_account', 'sales_support'],
  components: salesComponents,
  comparison: oldPlan,
  ...over,
});

/** The demo's `large`, with overrides. */
export const largeFile = (over: Record<string, unknown> = {}): Record<string, unknown> =>
  salesFile({
    id: 'large',
    name: '大客户激励方案',
    roles: ['large_account'],
    components: [...salesComponents, indexComponent],
    ...over,
  });

export const versionOf = (file: unknown, version = 1): PlanVersion => ({ ...parsePlan(file), version });

/** A won deal of one owner in yuan-free fen, with overrides. */
export const deal = (over: Partial<CreditedDeal> & { readonly dealId: string }): CreditedDeal => {
  const dealFen = over.dealFen ?? 15_000_000;
  const { shareBp = 10_000, shareFen = dealFen } = over;
  return { anchorOn: day('2026-09-12'), segment: 'large', refunds: [], ...over, dealFen, shareBp, shareFen };
};

export const renewal = (over: Partial<CreditedRenewal> & { readonly renewalId: string }): CreditedRenewal => {
  const contractFen = over.contractFen ?? 15_000_000;
  const { shareBp = 10_000, shareFen = contractFen, years = 1 } = over;
  return { anchorOn: day('2026-09-18'), ...over, contractFen, shareBp, shareFen, years };
};

export const smallAccount = (...lastWorkingDays: string[]): PersonHistory => ({
  roles: [{ role: 'small_account', validFrom: day('2023-04-01') }],
  lastWorkingDays: lastWorkingDays.map(day),
});

export interface Case {
  readonly plans: readonly PlanVersion[];
  readonly facts: Partial<EmployeeFacts>;
  readonly person?: PersonHistory;
  readonly period?: string;
  readonly clawbackMonths?: number;
}

export const price = (given: Case): Statement =>
  priceStatement({
    period: period(given.period ?? '2026Q3'),
    spans: new PlanBook(given.plans).spansOf(given.person ?? smallAccount()),
    facts: { ...noFacts, ...given.facts },
    clawbackMonths: given.clawbackMonths ?? DEFAULT_CLAWBACK_MONTHS,
  });

/** `userid:bp;userid:bp` as files write it → the share of one employee, null without one. */
export function shareOf(userId: string, owner: string, credits: string, amountFen: number) {
  const stated = credits === '' ? `${owner}:10000` : credits;
  const parsed = stated.split(';').map((part) => {
    const [who = '', bp = ''] = part.split(':');
    return { userId: who, bp: Number(bp) };
  });
  return splitCredits(amountFen, parsed).find((share) => share.userId === userId) ?? null;
}
