import type { Sql } from '../database.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { declarePost, type Post } from '../outbox/post.ts';
import type { OutboxSender } from '../outbox/relay.ts';
import type { Event, Listener } from './event.ts';

/** Everything that the modules of a house tell and hear. */
export interface Hearing {
  readonly told: readonly Event[];
  readonly listeners: readonly Listener[];
}

/** Inside the house: who tells does not know who hears. Every listener of an event gets a row of its own in the outbox. */
export class News {
  readonly #outbox: Outbox;
  #posts: ReadonlyMap<Event, readonly Post[]> | null = null;
  #senders: readonly OutboxSender[] = [];

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /**
   * Says who hears what; once, when all modules are built.
   * @throws Error for an event that nobody hears, a listener whose event nobody tells, and two of one name
   */
  connect({ told, listeners }: Hearing): void {
    assertDistinct('event', told);
    assertDistinct('listener', listeners);
    for (const { name, event } of listeners)
      if (!told.includes(event)) throw new Error(`${name} listens to ${event.name}, which nobody tells`);
    const heard = listeners.map((one) => ({ one, post: postOf(one) }));
    const posts = new Map(
      told.map((event) => [event, heard.filter(({ one }) => one.event === event).map(({ post }) => post)]),
    );
    for (const [event, ofEvent] of posts)
      if (ofEvent.length === 0) throw new Error(`nobody listens to ${event.name}`);
    this.#posts = posts;
    this.#senders = heard.map(({ one, post }) => senderOf(one, post));
  }

  /** Hands what was told to its listeners. */
  get senders(): readonly OutboxSender[] {
    return this.#senders;
  }

  /** Tells an event in the transaction of its cause. @throws Error when no module is known to tell it */
  tell<Payload extends object>(tx: Sql, event: Event<Payload>, payload: NoInfer<Payload>): Promise<void> {
    return this.tellAll(tx, event, [payload]);
  }

  /** As {@link tell}, of many at once. */
  async tellAll<Payload extends object>(
    tx: Sql,
    event: Event<Payload>,
    payloads: readonly NoInfer<Payload>[],
  ): Promise<void> {
    const posts = this.#posts?.get(event);
    if (!posts) throw new Error(`${event.name} is told, but no module says so`);
    const letters = payloads.map((payload) => ({ payload, cycleId: event.cycleId?.(payload) ?? null }));
    for (const post of posts) await this.#outbox.addMany(tx, post, letters);
  }
}

const postOf = ({ event, name }: Listener): Post =>
  declarePost<object, object>()({
    kind: `event:${event.name}:${name}`,
    lane: 'house',
    key: (payload) => event.key(payload),
  });

const senderOf = (one: Listener, post: Post): OutboxSender => ({
  post,
  formerly: one.formerly === null ? [] : [one.formerly],
  send: async ({ payload }) => {
    await one.hear(payload);
    return { kind: 'sent', result: {} };
  },
});

function assertDistinct(what: string, named: readonly { readonly name: string }[]): void {
  const names = named.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`two of one name: ${what} ${twice}`);
}
