import { readDuration } from '../clock/shanghai.ts';

export const REPLAY_MODES = ['duplicate', 'reorder', 'delay', 'drop', 'off'] as const;
export type ReplayMode = (typeof REPLAY_MODES)[number];

/** What `POST /_sim/events/replay` understands, after reading. */
export interface Replay {
  mode: ReplayMode;
  /** Events that it concerns. */
  count: number;
  /** An event type, or its beginning followed by `*`; undefined: all. */
  match: string | undefined;
  /** For `delay`, ms of real time. */
  delayMs: number;
}

const MOST_EVENTS = 1_000;
const USUAL_DELAY_MS = 5_000;

/** @throws RangeError with a sentence for the caller */
export function readReplay({ mode, count, match, by }: Record<string, unknown>): Replay {
  if (!REPLAY_MODES.includes(mode as ReplayMode)) {
    throw new RangeError(`mode 只能是 ${REPLAY_MODES.join('、')}`);
  }
  const number = count ?? (mode === 'reorder' ? 2 : 1);
  if (!Number.isSafeInteger(number) || (number as number) < 1 || (number as number) > MOST_EVENTS) {
    throw new RangeError(`count 应为 1 到 ${MOST_EVENTS} 的整数`);
  }
  if (match !== undefined && match !== null && typeof match !== 'string') {
    throw new RangeError('match 应为事件类型，或以 * 结尾的开头');
  }
  const delayMs = by === undefined ? USUAL_DELAY_MS : typeof by === 'string' ? readDuration(by) : undefined;
  if (delayMs === undefined) throw new RangeError('by 应为 ISO 时长，例如 PT5S');
  return { mode: mode as ReplayMode, count: number as number, match: match ?? undefined, delayMs };
}

export const matchesType = (match: string | undefined, type: string): boolean =>
  match === undefined || (match.endsWith('*') ? type.startsWith(match.slice(0, -1)) : type === match);
