import type { SimulatorClock } from '../clock/clock.ts';
import { isoOf } from '../clock/shanghai.ts';

/** One request to DingTalk as it was answered. */
export interface CallRecord {
  /** Business time, Shanghai. */
  at: string;
  host: 'oapi' | 'api';
  method: string;
  path: string;
  /** HTTP status; failures of the old host are 200 as well, `code` tells. */
  status: number;
  /** errcode, sub_code or the code of the new host when the call failed. */
  code?: string;
  metered: boolean;
  /** What the call belongs to, guessed from its path. */
  purpose?: string;
  ms: number;
}

export interface CallTotals {
  calls: number;
  failed: number;
  metered: number;
  byPath: Record<string, number>;
  meteredByPurpose: Record<string, number>;
}

/** Old entries go, the totals stay. */
const KEPT_CALLS = 5_000;

export class CallLog {
  readonly #clock: SimulatorClock;
  #calls: CallRecord[] = [];
  readonly #totals: CallTotals = { calls: 0, failed: 0, metered: 0, byPath: {}, meteredByPurpose: {} };

  constructor(clock: SimulatorClock) {
    this.#clock = clock;
  }

  add(call: Omit<CallRecord, 'at'>): void {
    this.#calls.push({ at: isoOf(this.#clock.now()), ...call });
    if (this.#calls.length > 2 * KEPT_CALLS) this.#calls = this.#calls.slice(-KEPT_CALLS);
    const totals = this.#totals;
    totals.calls += 1;
    if (call.code !== undefined || call.status >= 400) totals.failed += 1;
    totals.byPath[call.path] = (totals.byPath[call.path] ?? 0) + 1;
    if (!call.metered) return;
    totals.metered += 1;
    const purpose = call.purpose ?? '其他';
    totals.meteredByPurpose[purpose] = (totals.meteredByPurpose[purpose] ?? 0) + 1;
  }

  /** @returns the latest calls, oldest first */
  calls(): CallRecord[] {
    return this.#calls.slice(-KEPT_CALLS);
  }

  totals(): CallTotals {
    return structuredClone(this.#totals);
  }
}
