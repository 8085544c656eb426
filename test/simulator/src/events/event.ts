/**
 * What became of an event: `held` or `delayed` by a disturbance, `dropped` by one, `pushed` and not yet acknowledged,
 * `waiting` for its next try, `acknowledged`, or `failed` for good (it stands in the failed list).
 */
export type EventState = 'held' | 'delayed' | 'dropped' | 'pushed' | 'waiting' | 'acknowledged' | 'failed';

/** Something that happened in DingTalk and is told to the app. */
export interface SimulatedEvent {
  id: string;
  type: string;
  /** Business time, ms. */
  bornAt: number;
  /** The event's own object, as the Stream's `data` holds it. */
  data: Record<string, unknown>;
  /** Counts against the month's pushes. */
  isMetered: boolean;
  state: EventState;
  /** Times that it went out. */
  pushes: number;
}

/** Pushes about the address book are free. */
const FREE_BEGINNINGS = ['user_', 'org_', 'label_'];

export const isMeteredEvent = (type: string): boolean =>
  !FREE_BEGINNINGS.some((beginning) => type.startsWith(beginning));

/** The one who hears what happens. */
export interface EventSink {
  emit: (type: string, data: Record<string, unknown>) => void;
}
