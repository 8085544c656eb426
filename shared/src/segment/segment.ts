import type { Segment } from '../messages/words.ts';

/** Lower bounds of `medium` and `large` in fen, both included; below `mediumFromFen` is `small` (setting `segments`). */
export interface SegmentBounds {
  readonly mediumFromFen: number;
  readonly largeFromFen: number;
}

/** The parts of a deal that place it in a segment. */
export interface SegmentedDeal {
  readonly status: 'open' | 'won' | 'lost';
  /** Null while an open deal has no amount yet. */
  readonly amountFen: number | null;
  /** What the source said; believed where it says anything. */
  readonly statedSegment: Segment | null;
}

/** Segment of an amount by the bounds of the setting: ¥4,999.99 small, ¥5,000 medium, ¥10,000 large by default. */
export function segmentByAmount(amountFen: number, bounds: SegmentBounds): Segment {
  if (amountFen >= bounds.largeFromFen) return 'large';
  return amountFen >= bounds.mediumFromFen ? 'medium' : 'small';
}

/**
 * The segment that a deal counts in. The stated one wins over the rule; a deal without amount, or lost at 0, that
 * states none has no segment and counts in no rate. Source: docs/domain.md §2.
 */
export function segmentOf(deal: SegmentedDeal, bounds: SegmentBounds): Segment | null {
  if (deal.statedSegment !== null) return deal.statedSegment;
  if (deal.amountFen === null) return null;
  if (deal.status === 'lost' && deal.amountFen === 0) return null;
  return segmentByAmount(deal.amountFen, bounds);
}

/** Whether the stated segment contradicts the amount rule (import warning `segment_mismatch`; amounts above 0 only). */
export function contradictsAmount(deal: SegmentedDeal, bounds: SegmentBounds): boolean {
  if (deal.statedSegment === null || deal.amountFen === null || deal.amountFen <= 0) return false;
  return segmentByAmount(deal.amountFen, bounds) !== deal.statedSegment;
}
