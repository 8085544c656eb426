import type { outcomeNames } from '../messages/screens/screens.ts';
import type { EvidenceKind } from '../metric/records.ts';
import type { AnswerHead } from './session.ts';

/** GET /api/v1/me/evidence?period=2026Q3&metric=satisfaction_avg[&after=N]: at most 200 records from row N on. */
export interface EvidenceAnswer extends AnswerHead, EvidencePage {}

/** What both evidence answers say. */
export interface EvidencePage {
  period: string;
  indicator: EvidenceIndicator;
  windowFrom: string;
  windowTo: string;
  total: number;
  /** Newest first. */
  records: readonly EvidenceRecord[];
  /** Pass as `after` for the next page; null at the end. */
  next: number | null;
}

export interface EvidenceIndicator {
  metric: string;
  name: string;
  valueTenThousandths: number | null;
  n: number;
  targetTenThousandths: number | null;
  direction: 'up' | 'down';
  teamAverageTenThousandths: number | null;
}

/** One record behind an indicator; only the fields of its kind are set, the others are null. */
export interface EvidenceRecord {
  kind: EvidenceKind;
  /** The natural key in the source, e.g. the deal id. */
  id: string;
  /** The day that places it in the window: closed_on (open deal: opened_on), given_on, requested_at, due_on … */
  on: string;
  /** Customer, department asked, course, dimension or role name. */
  title: string | null;
  outcome: EvidenceOutcome | null;
  amountFen: number | null;
  scoreTenths: number | null;
  /** Days a deal took or has been followed. */
  days: number | null;
  /** Hours from request to response. */
  hoursHundredths: number | null;
  /** Feedback text or the request's subject. */
  text: string | null;
}

export type EvidenceOutcome = keyof typeof outcomeNames;

/** GET /api/v1/cycles/{cycleId}/people/{userId}/evidence?metric=…[&after=N]: the same of another person. */
export type CycleEvidenceAnswer = EvidencePage;
