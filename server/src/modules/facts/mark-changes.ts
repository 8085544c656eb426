import type { DirtyMarks } from './dirty-marks.ts';
import {
  columnReader,
  NO_QUARTER,
  type Concern,
  type Kind,
  type Related,
  type RowChange,
} from './kinds/kind.ts';

export interface MarkInput {
  readonly changes: readonly RowChange[];
  readonly related: ReadonlyMap<string, Related>;
  readonly marks: DirtyMarks;
  readonly currentQuarter: number;
  readonly lockedQuarters: ReadonlySet<number>;
}

/**
 * Marks what the changes make stale, both by the old and by the new row.
 * @returns positions of the changes that touch a locked quarter
 */
export function markChanges(kind: Pick<Kind<never>, 'columns' | 'concern'>, input: MarkInput): number[] {
  const inLockedPeriods: number[] = [];
  const reader = columnReader(kind.columns);
  for (const { position, row, previous } of input.changes) {
    let touchesLocked = false;
    for (const side of previous ? [row, previous] : [row]) {
      if (mark(kind.concern(reader(side), input), input)) touchesLocked = true;
    }
    if (touchesLocked) inLockedPeriods.push(position);
  }
  return inLockedPeriods;
}

function mark(concern: Concern, { marks, lockedQuarters }: MarkInput): boolean {
  let touchesLocked = false;
  for (const userId of concern.userIds) {
    for (const each of concern.profile) if (each !== NO_QUARTER) marks.add('profile', userId, each);
  }
  for (const each of concern.statement) {
    if (each === NO_QUARTER) continue;
    for (const userId of concern.userIds) marks.add('statement', userId, each);
    for (const userId of concern.creditIds ?? []) marks.add('statement', userId, each);
    if (lockedQuarters.has(each)) touchesLocked = true;
  }
  return touchesLocked;
}
