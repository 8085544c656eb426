import { shanghaiDay } from '@shigang/shared';
import { sqlInstant, type Clock } from '../../platform/clock.ts';
import type { Sql, SqlScalar } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import type { Log } from '../../platform/log.ts';
import type { ApiCall } from './calls.ts';

export interface LedgerEntry {
  readonly call: ApiCall;
  readonly purpose: string;
  readonly isMetered: boolean;
  /** `ok` or the trouble. */
  readonly outcome: string;
  readonly errorCode: string | null;
  readonly tookMs: number;
}

const COLUMNS = [
  'id',
  'called_at',
  'month',
  'host',
  'method',
  'path',
  'purpose',
  'metered',
  'outcome',
  'error_code',
  'took_ms',
];
/** Exempt calls are written in batches; a crash may lose this much of them, never a metered one. */
const FLUSH_MS = 1_000;
const FLUSH_ROWS = 200;

/** Every call that left, with its purpose: the budget is counted from here (business months, as DingTalk counts). */
export class CallLedger {
  readonly #db: Sql;
  readonly #clock: Clock;
  readonly #log: Log;
  #rows: SqlScalar[][] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(db: Sql, clock: Clock, log: Log) {
    this.#db = db;
    this.#clock = clock;
    this.#log = log;
  }

  /** A metered call is on disk when this returns; exempt ones follow within {@link FLUSH_MS}. */
  async record(entry: LedgerEntry): Promise<void> {
    const now = this.#clock.now();
    const { call } = entry;
    this.#rows.push([
      newId(),
      sqlInstant(now),
      shanghaiDay(now).slice(0, 7),
      call.host,
      call.method,
      call.path,
      entry.purpose,
      entry.isMetered,
      entry.outcome,
      entry.errorCode?.slice(0, 96) ?? null,
      Math.round(entry.tookMs),
    ]);
    if (entry.isMetered || this.#rows.length >= FLUSH_ROWS) return this.flush();
    if (!this.#timer) {
      this.#timer = setTimeout(() => void this.flush(), FLUSH_MS);
      this.#timer.unref();
    }
  }

  /** Writes what is waiting; rows stay when the database cannot take them, and go with the next flush. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(() => this.#write());
    return this.#writing;
  }

  async #write(): Promise<void> {
    const rows = this.#rows;
    if (rows.length === 0) return;
    this.#rows = [];
    try {
      // A batch whose outcome stayed unknown goes again: rows that arrived are kept.
      await this.#db.insertMany('call_ledger', COLUMNS, rows, { update: [] });
    } catch (error) {
      this.#rows = [...rows, ...this.#rows];
      this.#log.error({ err: error, rows: rows.length }, 'call ledger could not be written');
    }
  }
}
