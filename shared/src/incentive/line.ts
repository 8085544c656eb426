import type { DayString } from '../period/day.ts';
import { periodOfDay } from '../period/quarter.ts';
import type { ComponentKind, IndexMetric } from './plan/plan.ts';

export type LineKind = ComponentKind | 'clawback';
export type SourceKind = 'deal' | 'renewal' | 'collaboration' | 'period';

/** What the lines of one component and plan version have in common; stored once per group of lines. */
export class LineHead {
  /**
   * @param order position of the component in its plan
   * @param component id of the component (of a clawback: of the line that it corrects)
   * @param price the stored rate: bp for commissions and their clawbacks, fen each for a reward, base in fen for an
   *   index bonus, 0 for a satisfaction bonus (its step stands in the line)
   */
  // eslint-disable-next-line max-params -- one constructor per shape, all keys in one order (measured)
  constructor(
    readonly planId: string,
    readonly planVersion: number,
    readonly order: number,
    readonly component: string,
    readonly kind: LineKind,
    readonly price: number,
  ) {}
}

/* One class per shape of line: `anchorOn` places it in time, `sourceId` names its record, `amountFen` is what it pays,
   the rest are the inputs of its formula. Every constructor sets every key in the same order. */
/* eslint-disable max-params */

/** Share of a signed deal × rate. Source: the deal. */
export class DealLine {
  constructor(
    readonly head: LineHead,
    readonly anchorOn: DayString,
    readonly sourceId: string,
    readonly amountFen: number,
    readonly dealFen: number,
    readonly shareBp: number,
    readonly shareFen: number,
  ) {}
  get kind(): 'revenue_commission' {
    return 'revenue_commission';
  }
}

/** Share of a renewed contract × rate × years. Source: the renewal. */
export class RenewalLine {
  constructor(
    readonly head: LineHead,
    readonly anchorOn: DayString,
    readonly sourceId: string,
    readonly amountFen: number,
    readonly contractFen: number,
    readonly shareBp: number,
    readonly shareFen: number,
    readonly years: number,
  ) {}
  get kind(): 'renewal_commission' {
    return 'renewal_commission';
  }
}

/** One solved collaboration. Source: the collaboration. */
export class RewardLine {
  constructor(
    readonly head: LineHead,
    readonly anchorOn: DayString,
    readonly sourceId: string,
    readonly amountFen: number,
  ) {}
  get kind(): 'coordination_reward' {
    return 'coordination_reward';
  }
}

/** The highest step that the mean score of the period reaches. Source: the period. */
export class SatisfactionLine {
  constructor(
    readonly head: LineHead,
    readonly anchorOn: DayString,
    readonly sourceId: string,
    readonly amountFen: number,
    readonly count: number,
    readonly sumTenths: number,
    readonly atLeastHundredths: number,
  ) {}
  get kind(): 'satisfaction_bonus' {
    return 'satisfaction_bonus';
  }
}

/** Base × weighted attainment of the period. Source: the period. */
export class IndexLine {
  constructor(
    readonly head: LineHead,
    readonly anchorOn: DayString,
    readonly sourceId: string,
    readonly amountFen: number,
    readonly readings: readonly IndexReading[],
  ) {}
  get kind(): 'weighted_index_bonus' {
    return 'weighted_index_bonus';
  }
}

/** One indicator of an index bonus as measured; values in ten-thousandths, null without records (it counts 0). */
export class IndexReading {
  constructor(
    readonly metric: IndexMetric,
    readonly weight: number,
    readonly floorTenThousandths: number,
    readonly targetTenThousandths: number,
    readonly valueTenThousandths: number | null,
    readonly n: number,
  ) {}
}

/** What one refund takes back of one paid line. Source: the deal; `originOn` and the identity name the paid line. */
export class ClawbackLine {
  constructor(
    readonly head: LineHead,
    readonly anchorOn: DayString,
    readonly sourceId: string,
    readonly amountFen: number,
    /** Receipt id, or `refund` for the deal's own columns. */
    readonly refundRef: string,
    readonly originOn: DayString,
    readonly paidFen: number,
    readonly baseFen: number,
    /** Refunded so far, this refund included, at most `baseFen`. */
    readonly refundedFen: number,
    /** Taken back before by earlier refunds of the deal. */
    readonly clawedFen: number,
  ) {}
  get kind(): 'clawback' {
    return 'clawback';
  }
}
/* eslint-enable max-params */

export type Line = DealLine | RenewalLine | RewardLine | SatisfactionLine | IndexLine | ClawbackLine;

const sourceKinds: Readonly<Record<LineKind, SourceKind>> = {
  revenue_commission: 'deal',
  renewal_commission: 'renewal',
  coordination_reward: 'collaboration',
  satisfaction_bonus: 'period',
  weighted_index_bonus: 'period',
  clawback: 'deal',
};

export const sourceKindOf = (line: Line): SourceKind => sourceKinds[line.kind];

/**
 * A line's identity as text: employee, statement quarter, plan id (without version), component, source kind, source id,
 * bracket (0), and for a clawback its refund; parts are separated by `/` and safe within it. Source: docs/domain.md §1.
 */
export function lineId(userId: string, line: Line): string {
  const parts = [userId, periodOfDay(line.anchorOn), line.head.planId, line.head.component];
  parts.push(sourceKindOf(line), line.sourceId, '0');
  if (line.kind === 'clawback') parts.push(`clawback-${line.refundRef}`);
  return parts.map(escapePart).join('/');
}

/** Identity of the paid line that a clawback corrects. */
export const correctedLineId = (userId: string, line: ClawbackLine): string =>
  [userId, periodOfDay(line.originOn), line.head.planId, line.head.component, 'deal', line.sourceId, '0']
    .map(escapePart)
    .join('/');

const escapePart = (part: string): string => part.replace(/[%/]/g, (sign) => (sign === '%' ? '%25' : '%2F'));

/**
 * The order of a statement's lines: anchor date, plan, component, source id, then paid before clawed back, refunds by
 * their reference (source ids compare by code units).
 */
export function compareLines(a: Line, b: Line): number {
  if (a.anchorOn !== b.anchorOn) return a.anchorOn < b.anchorOn ? -1 : 1;
  if (a.head.planId !== b.head.planId) return a.head.planId < b.head.planId ? -1 : 1;
  if (a.head.order !== b.head.order) return a.head.order - b.head.order;
  if (a.sourceId !== b.sourceId) return a.sourceId < b.sourceId ? -1 : 1;
  const [refA, refB] = [refundOf(a), refundOf(b)];
  return refA === refB ? 0 : refA < refB ? -1 : 1;
}

const refundOf = (line: Line): string => (line.kind === 'clawback' ? `1${line.refundRef}` : '0');
