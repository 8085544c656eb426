import type { Log } from '../log.ts';
import { whileRenewing } from '../while-renewing.ts';
import type { Outbox, OutboxRow } from './outbox.ts';

/** What sending a row came to. `retryAt` is real ms; `parked`: its sender put it back to wait for something else. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly result: object }
  | { readonly kind: 'retry'; readonly error: string; readonly retryAt?: number }
  | { readonly kind: 'dead'; readonly error: string }
  | { readonly kind: 'parked' };

/** Sends rows of one kind. A row with `attempts > 1` may have gone out before: the sender first finds out. */
export interface OutboxSender {
  readonly kind: string;
  send(row: OutboxRow): Promise<SendOutcome>;
}

const BATCH = 20;
const KEEP_ALIVE_MS = 2_500;

/** Takes due rows and hands each to the sender of its kind, in order, one at a time. */
export class OutboxRelay {
  readonly #outbox: Outbox;
  readonly #senders: ReadonlyMap<string, OutboxSender>;
  readonly #log: Log;

  constructor(outbox: Outbox, senders: readonly OutboxSender[], log: Log) {
    this.#outbox = outbox;
    this.#senders = new Map(senders.map((sender) => [sender.kind, sender]));
    this.#log = log;
  }

  get kinds(): string[] {
    return [...this.#senders.keys()];
  }

  /** Sends until nothing is due; returns how many rows were handled. */
  async drain(owner: string): Promise<number> {
    if (this.kinds.length === 0) return 0;
    let handled = 0;
    for (;;) {
      const rows = await this.#outbox.claim(owner, this.kinds, BATCH);
      if (rows.length === 0) return handled;
      for (const row of rows) {
        await this.#sendOne(row, owner);
        handled += 1;
      }
    }
  }

  async #sendOne(row: OutboxRow, owner: string): Promise<void> {
    const sender = this.#senders.get(row.kind);
    // The lease of a row late in its batch may have run out while earlier ones were sent.
    if (!sender || !(await this.#outbox.extend(row.id, owner))) return;
    const renew = (): Promise<boolean> => this.#outbox.extend(row.id, owner);
    await whileRenewing(KEEP_ALIVE_MS, renew, async () => {
      try {
        await this.#settle(row, owner, await sender.send(row));
      } catch (error) {
        this.#log.error({ err: error, outboxId: row.id, kind: row.kind }, 'outbox row failed');
        await this.#outbox.retry(row, owner, String(error));
      }
    });
  }

  async #settle(row: OutboxRow, owner: string, outcome: SendOutcome): Promise<void> {
    if (outcome.kind === 'sent') return this.#outbox.finish(row.id, owner, outcome.result);
    if (outcome.kind === 'parked') return;
    this.#log.warn({ outboxId: row.id, kind: row.kind, error: outcome.error }, `outbox row ${outcome.kind}`);
    if (outcome.kind === 'dead') return this.#outbox.abandon(row.id, owner, outcome.error);
    return this.#outbox.retry(row, owner, outcome.error, outcome.retryAt);
  }
}
