import type { DayString, Segment, SalesRole } from '@shigang/shared';

/** Kinds of facts, named as the sheets of an import (spec "files: import kinds"). */
export type FactKind =
  | 'roles'
  | 'deals'
  | 'receipts'
  | 'renewals'
  | 'feedback'
  | 'collaborations'
  | 'trainings'
  | 'assessments'
  | 'attendance';

/** Share of one employee in a record, in basis points; the shares of one record sum to 10,000. */
export interface StatedCredit {
  readonly userId: string;
  readonly bp: number;
}

export interface RoleFact {
  readonly userId: string;
  readonly validFrom: DayString;
  readonly role: SalesRole;
}

export interface DealFact {
  readonly dealId: string;
  readonly userId: string;
  readonly customer: string | null;
  /** Null only while open. */
  readonly amountFen: number | null;
  readonly status: 'open' | 'won' | 'lost';
  readonly openedOn: DayString | null;
  /** Null while open: a forecast is no closing day. */
  readonly closedOn: DayString | null;
  readonly statedSegment: Segment | null;
  readonly contractYears: number | null;
  readonly product: string | null;
  /** Null: the employee alone. */
  readonly credits: readonly StatedCredit[] | null;
  readonly collectedFen: number | null;
  readonly collectedOn: DayString | null;
  readonly refundedFen: number | null;
  readonly refundedOn: DayString | null;
}

export interface ReceiptFact {
  readonly receiptId: string;
  readonly dealId: string;
  readonly receivedOn: DayString;
  /** Negative: a refund. */
  readonly amountFen: number;
}

export interface RenewalFact {
  readonly renewalId: string;
  readonly userId: string;
  readonly customer: string | null;
  readonly dueOn: DayString;
  readonly renewed: boolean;
  /** Set exactly when renewed. */
  readonly renewedOn: DayString | null;
  readonly amountFen: number | null;
  readonly years: number;
  readonly credits: readonly StatedCredit[] | null;
}

export interface FeedbackFact {
  readonly feedbackId: string;
  readonly userId: string;
  readonly customer: string | null;
  readonly givenOn: DayString;
  /** 0–100 for 0.0–10.0. */
  readonly scoreTenths: number | null;
  readonly text: string | null;
}

export interface CollaborationFact {
  readonly collaborationId: string;
  readonly userId: string;
  readonly toDepartment: string | null;
  readonly subject: string | null;
  /** Wall time in Asia/Shanghai, `2026-07-01 14:05:09`, as all three. */
  readonly requestedAt: string;
  readonly respondedAt: string | null;
  readonly resolvedAt: string | null;
  readonly solved: boolean | null;
}

export interface TrainingFact {
  readonly userId: string;
  readonly course: string;
  readonly finishedOn: DayString;
  readonly passed: boolean;
}

export interface AssessmentFact {
  readonly userId: string;
  readonly dimension: string;
  readonly takenOn: DayString;
  /** 0–1,000,000 for 0–100. */
  readonly scoreTenThousandths: number;
}

export interface AttendanceFact {
  readonly userId: string;
  readonly day: DayString;
  /** Decimal days 0–1 in ten-thousandths, as all three. */
  readonly scheduledTenThousandths: number;
  readonly workedTenThousandths: number;
  readonly leaveTenThousandths: number;
}

export interface FactTypes {
  roles: RoleFact;
  deals: DealFact;
  receipts: ReceiptFact;
  renewals: RenewalFact;
  feedback: FeedbackFact;
  collaborations: CollaborationFact;
  trainings: TrainingFact;
  assessments: AssessmentFact;
  attendance: AttendanceFact;
}

export type Fact = FactTypes[FactKind];
