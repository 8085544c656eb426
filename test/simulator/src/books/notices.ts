import type { SimulatorClock } from '../clock/clock.ts';
import { DAY_MS, dayOf, isoOf } from '../clock/shanghai.ts';
import type { Directory } from '../org/directory.ts';

/** Codes of `forbidden_list` for a message that a sending limit swallowed. */
const PER_MINUTE = 143103;
const PER_DAY = 143105;
const SAME_CONTENT = 143106;

/** Messages of one app to one person on one day. */
const PERSON_DAY_LIMIT = 500;
/** People whom one app reaches within a minute. */
const MINUTE_LIMIT = 5_000;
const ALL_USERS_DAY_LIMIT = 3;
const MINUTE_MS = 60_000;
/** Results, progress and recall: this long after sending. */
const RESULT_LIFE_MS = DAY_MS;
const FIRST_TASK_ID = 256_271_667_526;

/** `delivered`, `failed` (never arrived), `invalid` (nobody of this id), or the code of the limit that swallowed it. */
export type Delivery = 'delivered' | 'failed' | 'invalid' | number;

/** A work notice as it was accepted, one entry per call. */
export interface NoticeEntry {
  /** The task id, as text. */
  id: string;
  /** Business time, Shanghai. */
  at: string;
  recipients: string[];
  content: Record<string, unknown>;
  state: 'sent' | 'read' | 'recalled';
  /** The same for all recipients, else `mixed`. */
  delivery: Delivery | 'mixed';
  deliveries: Record<string, Delivery>;
  readBy: string[];
}

interface Notice {
  taskId: number;
  agentId: number;
  at: number;
  sentAt: number;
  content: Record<string, unknown>;
  deliveries: Map<string, Delivery>;
  readBy: Set<string>;
  isRecalled: boolean;
}

export interface NoticeRequest {
  agentId: number;
  userids: string[];
  content: Record<string, unknown>;
  isUndelivered: boolean;
}

export class NoticeBook {
  readonly #clock: SimulatorClock;
  readonly #directory: Directory;
  readonly #notices = new Map<number, Notice>();
  /** `day/userid` → count; `day/userid/content` → seen. */
  readonly #perPersonDay = new Map<string, number>();
  readonly #seen = new Set<string>();
  readonly #toAllPerDay = new Map<string, number>();
  #reached: number[] = [];

  constructor(clock: SimulatorClock, directory: Directory) {
    this.#clock = clock;
    this.#directory = directory;
  }

  /** @returns the task id; whether anything arrived is told by the result only */
  send(request: NoticeRequest): number {
    const at = this.#clock.now();
    const taskId = FIRST_TASK_ID + this.#notices.size;
    const deliveries = new Map<string, Delivery>();
    for (const userid of new Set(request.userids)) deliveries.set(userid, this.#deliver(userid, request));
    this.#notices.set(taskId, {
      taskId,
      agentId: request.agentId,
      at,
      sentAt: this.#clock.real(),
      content: request.content,
      deliveries,
      readBy: new Set(),
      isRecalled: false,
    });
    return taskId;
  }

  #deliver(userid: string, request: NoticeRequest): Delivery {
    const person = this.#directory.person(userid);
    if (person === undefined || !this.#directory.isPresent(person)) return 'invalid';
    if (request.isUndelivered) return 'failed';
    const day = dayOf(this.#clock.now());
    const content = `${day}/${userid}/${sortedJson(request.content)}`;
    if (this.#seen.has(content)) return SAME_CONTENT;
    const count = this.#perPersonDay.get(`${day}/${userid}`) ?? 0;
    if (count >= PERSON_DAY_LIMIT) return PER_DAY;
    const now = this.#clock.now();
    this.#reached = this.#reached.filter((at) => at > now - MINUTE_MS && at <= now);
    if (this.#reached.length >= MINUTE_LIMIT) return PER_MINUTE;
    this.#reached.push(now);
    this.#seen.add(content);
    this.#perPersonDay.set(`${day}/${userid}`, count + 1);
    return 'delivered';
  }

  /** @returns whether one more message to everybody is allowed today; counts it if so */
  takeToAll(): boolean {
    const day = dayOf(this.#clock.now());
    const count = this.#toAllPerDay.get(day) ?? 0;
    if (count >= ALL_USERS_DAY_LIMIT) return false;
    this.#toAllPerDay.set(day, count + 1);
    return true;
  }

  /** @returns the notice while DingTalk still tells about it, as the app that sent it */
  find(agentId: number, taskId: number): Notice | undefined {
    const notice = this.#notices.get(taskId);
    if (notice === undefined || notice.agentId !== agentId) return undefined;
    return this.#clock.now() - notice.at <= RESULT_LIFE_MS ? notice : undefined;
  }

  recall(notice: Notice): void {
    notice.isRecalled = true;
  }

  /** The person has seen the message. @returns whether there was one to see */
  read(id: string, userid: string): boolean {
    const notice = this.#notices.get(Number(id));
    if (notice?.deliveries.get(userid) !== 'delivered' || notice.isRecalled) return false;
    notice.readBy.add(userid);
    return true;
  }

  entries(): NoticeEntry[] {
    return [...this.#notices.values()].map((notice) => ({
      id: String(notice.taskId),
      at: isoOf(notice.at),
      recipients: [...notice.deliveries.keys()],
      content: notice.content,
      state: notice.isRecalled ? 'recalled' : notice.readBy.size > 0 ? 'read' : 'sent',
      delivery: summary([...notice.deliveries.values()]),
      deliveries: Object.fromEntries(notice.deliveries),
      readBy: [...notice.readBy],
    }));
  }
}

/** The thresholds that `forbidden_list` names beside the codes. */
export const THRESHOLDS: Record<number, number> = {
  [PER_MINUTE]: MINUTE_LIMIT,
  [PER_DAY]: PERSON_DAY_LIMIT,
  [SAME_CONTENT]: 1,
};

function summary(deliveries: Delivery[]): Delivery | 'mixed' {
  const first = deliveries[0];
  if (first === undefined) return 'invalid';
  return deliveries.every((delivery) => delivery === first) ? first : 'mixed';
}

/** The same content in whatever order its fields come. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_key, field: unknown) =>
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field,
  );
}
