import { baseSumNames } from './layout.ts';
import type { MetricSums } from './sums.ts';

/**
 * The mark of a row's layout: made of the names of the base sums in their order, so that it changes by itself when a
 * metric comes, goes or moves. Whoever changes what a sum means gives it another name.
 */
export const layoutMark = (names: readonly string[]): string => {
  let hash = 0x811c9dc5;
  for (const character of names.join()) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(36);
};

/** Mark of the rows of release 0.1, which were written without one. */
const UNMARKED = '1l6pyab';
const OWN = layoutMark(baseSumNames);

/**
 * A person's row to be stored: led by the mark of its layout, so that an earlier release refuses what it would misread;
 * bare where the layout is still that of release 0.1.
 */
export function writeSums(sums: MetricSums, person: number): string {
  const numbers = JSON.stringify(sums.row(person));
  return OWN === UNMARKED ? numbers : `${OWN}:${numbers}`;
}

/**
 * Loads a stored row.
 * @returns false, with nothing loaded, for a row of another layout: its numbers mean something else here
 */
export function readSums(sums: MetricSums, person: number, text: string): boolean {
  const [, mark, numbers] = /^(?:(\w+):)?(\[.*\])$/.exec(text) ?? [];
  if (numbers === undefined || (mark ?? UNMARKED) !== OWN) return false;
  const row = JSON.parse(numbers) as number[];
  if (row.length !== sums.layout.width) return false;
  sums.load(person, row);
  return true;
}
