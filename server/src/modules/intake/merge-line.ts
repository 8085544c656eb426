import { MERGE_ROWS, type FactKind, type FactTypes, type MergeOutcome } from '../facts/index.ts';

type Merge = (facts: readonly FactTypes[FactKind][], rows: readonly number[]) => Promise<MergeOutcome>;
type Merged = (outcome: MergeOutcome, rows: readonly number[]) => void;

/**
 * Collects facts and merges them {@link MERGE_ROWS} at a time, one merge under way while the next rows are read: the
 * database works while the file is parsed. At most two batches are held.
 */
export class MergeLine {
  readonly #merge: Merge;
  readonly #merged: Merged;
  #facts: FactTypes[FactKind][] = [];
  #rows: number[] = [];
  #underWay: Promise<void> = Promise.resolve();

  constructor(merge: Merge, merged: Merged) {
    this.#merge = merge;
    this.#merged = merged;
  }

  /** Returns whether it is time to {@link send}: waiting after every row would cost more than reading it. */
  add(fact: FactTypes[FactKind], row: number): boolean {
    this.#facts.push(fact);
    this.#rows.push(row);
    return this.#facts.length >= MERGE_ROWS;
  }

  /** Merges what is left and waits for everything. */
  async drain(): Promise<void> {
    if (this.#facts.length > 0) await this.send();
    await this.#underWay;
  }

  /** Starts merging what was added, after the merge before: no two run at once on one connection. */
  async send(): Promise<void> {
    const [facts, rows] = [this.#facts, this.#rows];
    [this.#facts, this.#rows] = [[], []];
    await this.#underWay;
    this.#underWay = this.#merge(facts, rows).then((outcome) => this.#merged(outcome, rows));
    // The error is thrown where the merge is waited for; until then it must not end the process.
    this.#underWay.catch(() => undefined);
  }
}
