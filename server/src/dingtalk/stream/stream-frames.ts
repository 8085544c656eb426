import { isFields, parseExactJson, textOf, type Fields } from '../calling/answer.ts';

/** Something that happened in DingTalk, as it was told; what it says about people is never believed, only read back. */
export interface DingTalkEvent {
  readonly eventId: string;
  readonly type: string;
  /** Instant, ms. */
  readonly bornAt: number;
  readonly corpId: string;
  readonly data: Fields;
}

/** A text message of the Stream. */
export interface StreamFrame {
  readonly type: string;
  readonly headers: Fields;
  /** JSON as text. */
  readonly data: string;
}

/** A frame that is none: null. */
export function readFrame(text: string): StreamFrame | null {
  const message = parsed(text);
  if (!isFields(message)) return null;
  // One sample of the documents spells it without its last letter.
  const headers = message['headers'] ?? message['header'];
  const data = message['data'];
  return {
    type: textOf(message, 'type') ?? '',
    headers: isFields(headers) ? headers : {},
    data: typeof data === 'string' ? data : JSON.stringify(data ?? {}),
  };
}

const DAY_MS = 86_400_000;
/** Further from our clock than this no event of ours is born; a demo's clock may be months apart for a moment. */
const LONGEST_APART_MS = 400 * DAY_MS;

/** Why an event is not taken. */
export type Refusal = 'malformed' | 'other_organisation' | 'absurd_time';

/** The event of an EVENT frame, or why it is none of ours. @param now business time, ms */
export function readEvent(
  frame: StreamFrame,
  expected: { corpId: string; now: number },
): DingTalkEvent | Refusal {
  const { headers } = frame;
  const eventId = textOf(headers, 'eventId');
  const type = textOf(headers, 'eventType');
  const data = parsed(frame.data);
  if (eventId === null || type === null || !isFields(data)) return 'malformed';
  const corpId = textOf(headers, 'eventCorpId');
  if (corpId !== expected.corpId) return 'other_organisation';
  const bornAt = Number(textOf(headers, 'eventBornTime') ?? Number.NaN);
  const isSound = Number.isSafeInteger(bornAt) && Math.abs(bornAt - expected.now) <= LONGEST_APART_MS;
  return isSound ? { eventId, type, bornAt, corpId, data } : 'absurd_time';
}

/** The answer to a frame; `data` goes back as JSON text. */
export const answerTo = (frame: StreamFrame, data: string): string =>
  JSON.stringify({
    code: 200,
    headers: { messageId: textOf(frame.headers, 'messageId') ?? '', contentType: 'application/json' },
    message: 'OK',
    data,
  });

function parsed(text: string): unknown {
  try {
    return parseExactJson(text);
  } catch {
    return null;
  }
}
