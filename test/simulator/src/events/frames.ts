/** A text message from the gateway to a client. All header values are text. */
export interface Frame {
  specVersion?: '1.0';
  type: 'SYSTEM' | 'EVENT';
  headers: Record<string, string>;
  /** JSON as text. */
  data: string;
}

const JSON_TYPE = 'application/json';

export interface EventFrame {
  appId: string;
  connectionId: string;
  messageId: string;
  /** Instants in ms. */
  sentAt: number;
  bornAt: number;
  topic: string;
  eventType: string;
  eventId: string;
  corpId: string;
  unifiedAppId: string;
  data: Record<string, unknown>;
}

export const eventFrame = (event: EventFrame): Frame => ({
  specVersion: '1.0',
  type: 'EVENT',
  headers: {
    appId: event.appId,
    connectionId: event.connectionId,
    contentType: JSON_TYPE,
    messageId: event.messageId,
    time: String(event.sentAt),
    topic: event.topic,
    eventType: event.eventType,
    eventId: event.eventId,
    eventCorpId: event.corpId,
    eventBornTime: String(event.bornAt),
    eventUnifiedAppId: event.unifiedAppId,
  },
  data: JSON.stringify(event.data),
});

export const pingFrame = (messageId: string, sentAt: number): Frame => ({
  specVersion: '1.0',
  type: 'SYSTEM',
  headers: { topic: 'ping', messageId, contentType: JSON_TYPE, time: String(sentAt) },
  data: JSON.stringify({ opaque: messageId }),
});

export const disconnectFrame = (reason: string, sentAt: number): Frame => ({
  specVersion: '1.0',
  type: 'SYSTEM',
  headers: { topic: 'disconnect', contentType: JSON_TYPE, time: String(sentAt) },
  data: JSON.stringify({ reason }),
});

/** How a client answered a frame. */
export interface Acknowledgement {
  messageId: string;
  /** The event was taken in; anything else asks for it again. */
  isSuccess: boolean;
}

/**
 * @param text a message of a client
 * @returns undefined when it is no acknowledgement; the status stands as JSON text inside `data`, and a client that
 *   echoes the event with code 200 instead has taken it, too
 */
export function readAcknowledgement(text: string): Acknowledgement | undefined {
  const message = parse(text);
  const headers = objectOf(message.headers);
  if (typeof headers.messageId !== 'string') return undefined;
  const { status } = objectOf(parse(typeof message.data === 'string' ? message.data : ''));
  const isLater = typeof status === 'string' && status !== 'SUCCESS';
  return { messageId: headers.messageId, isSuccess: message.code === 200 && !isLater };
}

type Json = Record<string, unknown>;
const objectOf = (value: unknown): Json =>
  typeof value === 'object' && value !== null ? (value as Json) : {};

function parse(text: string): Json {
  try {
    return objectOf(JSON.parse(text));
  } catch {
    return {};
  }
}
