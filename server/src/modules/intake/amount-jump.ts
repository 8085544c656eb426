import type { Segment } from '@shigang/shared';

/** An amount so many times the median of its segment in the same file is likely to have a zero too many. */
const JUMP = 100;
const FIRST_CAPACITY = 1_024;

export interface Jump {
  readonly row: number;
  readonly amountFen: number;
}

/** Positive amounts of one segment with their rows, 12 bytes each. */
class Amounts {
  #fen = new Float64Array(FIRST_CAPACITY);
  #rows = new Int32Array(FIRST_CAPACITY);
  #length = 0;

  add(amountFen: number, row: number): void {
    if (this.#length === this.#fen.length) this.#grow();
    this.#fen[this.#length] = amountFen;
    this.#rows[this.#length] = row;
    this.#length += 1;
  }

  /** Amounts of at least {@link JUMP} medians. */
  jumps(): Jump[] {
    const sorted = this.#fen.slice(0, this.#length).sort();
    const middle = Math.floor(this.#length / 2);
    const upper = sorted[middle] ?? 0;
    const lower = this.#length % 2 === 0 ? (sorted[middle - 1] ?? 0) : upper;
    const found: Jump[] = [];
    for (let index = 0; index < this.#length; index += 1) {
      const amountFen = this.#fen[index] ?? 0;
      // Twice the median stays an integer.
      if (2 * amountFen >= JUMP * (lower + upper)) found.push({ row: this.#rows[index] ?? 0, amountFen });
    }
    return found;
  }

  #grow(): void {
    const [fen, rows] = [new Float64Array(this.#length * 2), new Int32Array(this.#length * 2)];
    fen.set(this.#fen);
    rows.set(this.#rows);
    this.#fen = fen;
    this.#rows = rows;
  }
}

/** Finds amounts that are 100 × the median of the file's amounts in their segment (docs/imports.md, `amount_jump`). */
export class JumpDetector {
  readonly #segments = new Map<Segment, Amounts>();

  /** Amounts of 0 say nothing about what is usual. */
  add(segment: Segment, amountFen: number, row: number): void {
    if (amountFen <= 0) return;
    let amounts = this.#segments.get(segment);
    if (!amounts) {
      amounts = new Amounts();
      this.#segments.set(segment, amounts);
    }
    amounts.add(amountFen, row);
  }

  /** In order of the file. */
  jumps(): Jump[] {
    return [...this.#segments.values()].flatMap((amounts) => amounts.jumps()).sort((a, b) => a.row - b.row);
  }
}
