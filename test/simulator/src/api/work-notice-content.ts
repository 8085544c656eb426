import { invalidArgument, OldApiError } from './gateway/answer-errors.ts';

type Json = Record<string, unknown>;

/** The whole message as JSON, in bytes of UTF-8. */
const MESSAGE_BYTES = 2_048;
const TITLE_CHARS = 20;
const SINGLE_URL_CHARS = 500;
const ACTION_URL_CHARS = 700;
const BUTTONS_CHARS = 1_000;

/** Fields that each type of message must have. */
const REQUIRED: Record<string, string[]> = {
  text: ['content'],
  image: ['media_id'],
  file: ['media_id'],
  voice: ['media_id', 'duration'],
  link: ['messageUrl', 'picUrl', 'title', 'text'],
  markdown: ['title', 'text'],
  oa: ['message_url', 'head', 'body'],
  action_card: ['markdown'],
};

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isFilled = (value: unknown): boolean => (typeof value === 'string' ? value !== '' : isObject(value));
const isShort = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value !== '' && [...value].length <= most;

/**
 * @param msg an object, or in a form its JSON
 * @returns the message
 * @throws OldApiError when it is too long, of no known type, or lacks what its type needs
 */
export function checkMessage(msg: unknown): Json {
  const message = typeof msg === 'string' ? parsed(msg) : msg;
  if (!isObject(message)) throw invalidArgument();
  const type = typeof message.msgtype === 'string' ? message.msgtype : '';
  const required = REQUIRED[type];
  const content = message[type];
  if (required === undefined || !isObject(content)) throw invalidArgument();
  if (!required.every((field) => isFilled(content[field]))) throw invalidArgument();
  if (type === 'action_card') checkActionCard(content);
  if (Buffer.byteLength(JSON.stringify(message), 'utf8') > MESSAGE_BYTES) {
    throw new OldApiError(40035, `不合法的参数：msg超过${MESSAGE_BYTES}字节`);
  }
  return message;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new OldApiError(47001, '解析JSON内容错误');
  }
}

/** One of two styles: the whole card jumps, or buttons do. */
function checkActionCard(card: Json): void {
  const hasSingle = card.single_title !== undefined || card.single_url !== undefined;
  const hasButtons = card.btn_json_list !== undefined || card.btn_orientation !== undefined;
  if (hasSingle === hasButtons) throw invalidArgument();
  if (hasSingle) {
    if (!isShort(card.single_title, TITLE_CHARS) || !isShort(card.single_url, SINGLE_URL_CHARS)) {
      throw invalidArgument();
    }
    return;
  }
  const buttons = card.btn_json_list;
  if (card.btn_orientation !== '0' && card.btn_orientation !== '1') throw invalidArgument();
  if (!Array.isArray(buttons) || buttons.length === 0 || JSON.stringify(buttons).length > BUTTONS_CHARS) {
    throw invalidArgument();
  }
  for (const button of buttons) {
    if (!isObject(button) || !isShort(button.title, TITLE_CHARS)) throw invalidArgument();
    if (!isShort(button.action_url, ACTION_URL_CHARS)) throw invalidArgument();
  }
}
