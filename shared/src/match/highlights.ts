import { growsByTime } from '../metric/format.ts';
import type { IndicatorExplanation, MatchExplanation } from './explain.ts';

/** An indicator that has a value. */
export interface Measured extends IndicatorExplanation {
  readonly value: number;
  readonly attainment: number;
  readonly points: number;
  readonly fullPoints: number;
}

const measuredOf = (explained: MatchExplanation): Measured[] =>
  explained.dimensions
    .flatMap((dimension) => dimension.indicators)
    .filter(
      (row): row is Measured =>
        row.value !== null && row.attainment !== null && row.points !== null && row.fullPoints !== null,
    );

/** Indicators with the highest attainment above nothing, by points among equals. */
export const strongestOf = (explained: MatchExplanation, count: number): Measured[] =>
  measuredOf(explained)
    .filter((row) => row.attainment > 0)
    .sort((a, b) => b.attainment - a.attainment || b.points - a.points)
    .slice(0, count);

const gap = (row: Measured): number => row.fullPoints - row.points;

/** The indicator with most points still to be got; null: all are full. */
export const largestGapOf = (explained: MatchExplanation): Measured | null => largest(measuredOf(explained));

/** The same among those that one can work on; what only time can bring comes last. */
export const workableGapOf = (explained: MatchExplanation): Measured | null =>
  largest(measuredOf(explained).filter((row) => !growsByTime(row.metric))) ?? largestGapOf(explained);

const largest = (rows: readonly Measured[]): Measured | null =>
  rows.reduce<Measured | null>((found, row) => (gap(row) > (found ? gap(found) : 0) ? row : found), null);
