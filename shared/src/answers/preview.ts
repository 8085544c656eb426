import type { Tier } from '../messages/words.ts';

/** GET /api/v1/cycles/{cycleId}/preview: exactly what publication would send, to whom. */
export interface PublishPreview {
  cycleId: string;
  period: string;
  /** Texts of why it cannot be published yet; empty: it can. */
  obstacles: readonly string[];
  /** By whom it may be published: false when the viewer's scope does not cover everyone. */
  mayPublish: boolean;
  people: number;
  tiers: readonly PreviewTier[];
  managers: readonly PreviewManager[];
  hrPeople: readonly PreviewPerson[];
  approvers: readonly PreviewApprover[];
  /** People for whose change nobody can be asked. */
  withoutApprover: readonly string[];
  replyDueOn: string;
  earliestEffectiveOn: string;
  /** Metered DingTalk calls: cards, approvals, to-dos, delivery questions. */
  meteredCalls: MeteredCalls;
  /** Metered calls of the running month, in an organisation of the standard edition. */
  monthlyQuota: MonthlyQuota;
  /** One real card per tier, word for word. */
  samples: readonly PreviewSample[];
  /** Everybody who gets something, in order of userid. */
  recipients: readonly PreviewRecipient[];
}

export interface PreviewPerson {
  userId: string;
  name: string;
}

export interface PreviewManager extends PreviewPerson {
  reports: number;
}

export interface PreviewApprover {
  name: string;
  count: number;
}

export interface MeteredCalls {
  cards: number;
  approvals: number;
  todos: number;
  deliveries: number;
}

export interface MonthlyQuota {
  limit: number;
  used: number;
  left: number;
}

export interface PreviewTier {
  tier: Tier | 'later' | 'left';
  people: number;
  cards: number;
  approvals: number;
  approvalsWaiting: number;
  trainingPlans: number;
}

export interface PreviewSample {
  tier: Tier;
  name: string;
  title: string;
  markdown: string;
  button: string;
}

export interface PreviewRecipient extends PreviewPerson {
  tier: Tier | 'later';
  /** The sentence that the card opens with; null: no card. */
  title: string | null;
  action: PreviewAction;
  approverName: string | null;
}

export type PreviewAction = 'approval' | 'approval_waits' | 'training' | 'none';
