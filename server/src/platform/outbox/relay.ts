import type { Tx } from '../database.ts';
import type { Log } from '../log.ts';
import { whileRenewing } from '../while-renewing.ts';
import { MAX_ATTEMPTS, type Outbox, type OutboxRow } from './outbox.ts';
import type { Lane, Post } from './post.ts';

/** What sending a row came to. `retryAt` is real ms; `parked`: its sender put it back to wait for something else. */
export type SendOutcome<Result extends object = object> =
  | { readonly kind: 'sent'; readonly result: Result }
  | { readonly kind: 'retry'; readonly error: string; readonly retryAt?: number }
  | { readonly kind: 'dead'; readonly error: string }
  | { readonly kind: 'parked' };

/** What a row has gone through so far, for the books of whom it concerns. */
export interface Suffered {
  readonly tries: number;
  /** Of the last try; null: it went out. */
  readonly error: string | null;
  readonly isGivenUp: boolean;
}

/** Sends rows of one kind. A row with `attempts > 1` may have gone out before: the sender first finds out. */
export interface OutboxSender<Payload extends object = object, Result extends object = object> {
  readonly post: Post<Payload, Result>;
  /** Kinds under which an earlier release wrote the same; their rows are sent as well. */
  readonly formerly?: readonly string[];
  send(row: OutboxRow<Payload>): Promise<SendOutcome<Result>>;
  /** Writes down what the row suffered where it is remembered; in the transaction that settles the row. */
  keep?(tx: Tx, row: OutboxRow<Payload>, suffered: Suffered): Promise<void>;
}

const BATCH = 20;
const KEEP_ALIVE_MS = 2_500;

/** Takes due rows and hands each to the sender of its kind, in order, one at a time. */
export class OutboxRelay {
  readonly #outbox: Outbox;
  readonly #senders: ReadonlyMap<string, OutboxSender>;
  readonly #log: Log;

  /** @throws Error when two senders send one kind */
  constructor(outbox: Outbox, senders: readonly OutboxSender[], log: Log) {
    this.#outbox = outbox;
    this.#senders = byKind(senders);
    this.#log = log;
  }

  get kinds(): string[] {
    return [...this.#senders.keys()];
  }

  /** Sends until nothing is due, of one lane or of all; returns how many rows were handled. */
  async drain(owner: string, lane?: Lane): Promise<number> {
    if (this.kinds.length === 0) return 0;
    let handled = 0;
    for (;;) {
      const rows = await this.#outbox.claim(owner, this.kinds, BATCH, lane);
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
        await this.#settle(row, owner, sender, await sender.send(row));
      } catch (error) {
        this.#log.error({ err: error, outboxId: row.id, kind: row.kind }, 'outbox row failed');
        await this.#settle(row, owner, sender, { kind: 'retry', error: String(error) });
      }
    });
  }

  async #settle(row: OutboxRow, owner: string, sender: OutboxSender, outcome: SendOutcome): Promise<void> {
    if (outcome.kind === 'parked') return;
    const error = outcome.kind === 'sent' ? null : outcome.error;
    const isGivenUp = outcome.kind === 'dead' || (outcome.kind === 'retry' && row.attempts >= MAX_ATTEMPTS);
    const suffered: Suffered = { tries: row.attempts, error, isGivenUp };
    const also = sender.keep && ((tx: Tx) => sender.keep!(tx, row, suffered));
    if (outcome.kind === 'sent') return this.#outbox.finish(row.id, owner, outcome.result, also);
    this.#log.warn({ outboxId: row.id, kind: row.kind, error }, `outbox row ${outcome.kind}`);
    if (isGivenUp) return this.#outbox.abandon(row.id, owner, outcome.error, also);
    return this.#outbox.retry(row, owner, outcome, also);
  }
}

function byKind(senders: readonly OutboxSender[]): ReadonlyMap<string, OutboxSender> {
  const found = new Map<string, OutboxSender>();
  for (const sender of senders) {
    for (const kind of [sender.post.kind, ...(sender.formerly ?? [])]) {
      if (found.has(kind)) throw new Error(`two senders for the kind ${kind}`);
      found.set(kind, sender);
    }
  }
  return found;
}
