/** Something that one module tells and others may want to know; declared in the face of the module that tells. */
export interface Event<Payload extends object = object> {
  /** `<module>.<what happened>`, in the past tense; nothing else has this name. */
  readonly name: string;
  /** What makes the news the only one of its kind: the same told twice is heard once. */
  key(payload: Payload): string;
  /** The cycle that is not closed before the news was heard; absent: none. */
  cycleId?(payload: Payload): string | null;
  /** Only there to carry the type. */
  readonly types?: Payload;
}

export const declareEvent =
  <Payload extends object>() =>
  (event: Omit<Event<Payload>, 'types'>): Event<Payload> =>
    event;

/** Who hears an event. Its trouble is its own: other listeners of the event have heard it all the same. */
export interface Listener {
  readonly event: Event;
  /** `<module>.<what it does>`; no other listener has this name. */
  readonly name: string;
  /** Outbox kind under which an earlier release wrote down the same. */
  readonly formerly: string | null;
  hear(payload: object): Promise<void>;
}

/**
 * A listener in the module that hears. `hear` is a transaction of its own and safe to repeat: it is called again after a
 * crash, and after an error with growing pauses.
 */
export const listener = <Payload extends object>(
  event: Event<Payload>,
  name: string,
  hear: (payload: Payload) => Promise<void>,
  formerly: string | null = null,
): Listener => ({ event, name, formerly, hear });
