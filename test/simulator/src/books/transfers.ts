import type { SimulatorClock } from '../clock/clock.ts';
import { isoOf } from '../clock/shanghai.ts';

/** A transfer as it was accepted. */
export interface TransferEntry {
  id: string;
  /** Business time, Shanghai. */
  at: string;
  recipients: string[];
  /** The request's body. */
  content: Record<string, unknown>;
  state: 'done';
  delivery: 'delivered';
  userId: string;
  /** The main department afterwards. */
  deptId: number | null;
  position: string | null;
  level: string | null;
}

type Transfer = Pick<TransferEntry, 'content' | 'userId' | 'deptId' | 'position' | 'level'>;

export class TransferBook {
  readonly #clock: SimulatorClock;
  readonly #entries: TransferEntry[] = [];

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
  }

  add(transfer: Transfer): void {
    this.#entries.push({
      id: `transfer-${this.#entries.length + 1}`,
      at: isoOf(this.#clock.now()),
      recipients: [transfer.userId],
      state: 'done',
      delivery: 'delivered',
      ...transfer,
    });
  }

  entries(): TransferEntry[] {
    return [...this.#entries];
  }
}
