import { DingTalkError, troubleOfNewCode, troubleOfOldCode } from './errors.ts';

/** A JSON object as it came; its fields are read through the functions of this file only. */
export type Fields = Readonly<Record<string, unknown>>;

/** A JSON text or a long number inside a JSON text; texts are matched so that digits inside them stay as they are. */
const TEXT_OR_LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

/** Parses JSON; whole numbers beyond 2^53 (department orders) become texts instead of losing digits. */
export function parseExactJson(text: string): unknown {
  const exact = text.replace(TEXT_OR_LONG_NUMBER, (match) =>
    match.startsWith('"') || Number.isSafeInteger(Number(match)) ? match : `"${match}"`,
  );
  return JSON.parse(exact) as unknown;
}

export interface RawAnswer {
  readonly api: string;
  readonly status: number;
  readonly text: string;
  readonly permission: string | null;
}

/** Body of an answer as an object. @throws DingTalkError for HTML, truncated bodies and the IP block's page */
function bodyOf(answer: RawAnswer): Fields {
  const broken = (cause?: unknown): DingTalkError =>
    new DingTalkError({
      trouble: answer.status >= 500 ? 'busy' : 'broken_answer',
      dingtalkCode: String(answer.status),
      api: answer.api,
      message: answer.text.slice(0, 120),
      cause,
    });
  let body: unknown;
  try {
    body = parseExactJson(answer.text);
  } catch (cause) {
    throw broken(cause);
  }
  if (!isFields(body)) throw broken();
  if (String(body['status']) === '1111') {
    throw new DingTalkError({ trouble: 'ip_block', dingtalkCode: '1111', api: answer.api, message: 'IP' });
  }
  return body;
}

/** Answer of the old host: HTTP 200 always, `errcode` decides, 88 hides the real code in `sub_code` or the message. */
export function readOldAnswer(answer: RawAnswer): Fields {
  const body = bodyOf(answer);
  const code = oldCodeOf(body);
  if (code === '0' && answer.status < 400) return body;
  if (code === '' || code === '0') {
    const trouble = answer.status >= 500 ? 'busy' : 'broken_answer';
    throw new DingTalkError({
      trouble,
      dingtalkCode: String(answer.status),
      api: answer.api,
      message: 'no errcode',
    });
  }
  const message = textOf(body, 'sub_msg') ?? textOf(body, 'errmsg') ?? '';
  const trouble = troubleOfOldCode(code);
  const permission = trouble === 'permission' ? permissionIn(message, answer.permission) : undefined;
  throw new DingTalkError({ trouble, dingtalkCode: code, api: answer.api, message, permission });
}

function oldCodeOf(body: Fields): string {
  const code = body['errcode'];
  if (typeof code !== 'number' && typeof code !== 'string') return '';
  if (String(code) !== '88') return String(code);
  const hidden = body['sub_code'] ?? body['subCode'];
  if (typeof hidden === 'string' || typeof hidden === 'number') return String(hidden);
  return /subcode=(-?\d+)/.exec(textOf(body, 'errmsg') ?? '')?.[1] ?? '88';
}

const permissionIn = (message: string, fallback: string | null): string | undefined =>
  /\[([\w.]+)\]/.exec(message)?.[1] ?? fallback ?? undefined;

/** Answer of the new host to a call without its client: HTTP status decides. @throws DingTalkError */
export function readNewAnswer(answer: RawAnswer): Fields {
  const body = bodyOf(answer);
  if (answer.status >= 400) throw newFailure(answer, body);
  return body;
}

/** Failure of the new host: HTTP status and `code`, spelt in either case. */
export function newFailure(answer: RawAnswer, body: Fields, cause?: unknown): DingTalkError {
  const code = textOf(body, 'code') ?? textOf(body, 'Code') ?? '';
  const message = textOf(body, 'message') ?? textOf(body, 'Message') ?? '';
  const trouble = troubleOfNewCode(answer.status, code);
  const detail = body['accessdenieddetail'] ?? body['accessDeniedDetail'] ?? body['AccessDeniedDetail'];
  const scopes = isFields(detail) ? textsOf(detail, 'requiredScopes') : [];
  const permission = trouble === 'permission' ? (scopes[0] ?? answer.permission ?? undefined) : undefined;
  return new DingTalkError({ trouble, dingtalkCode: code, api: answer.api, message, permission, cause });
}

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A text; a number is taken as text, an empty text as absent (both occur for the same field). */
export function textOf(fields: Fields, name: string): string | null {
  const value = fields[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** A whole number, also when it came as text; null when absent or not one. */
export function numberOf(fields: Fields, name: string): number | null {
  const value = fields[name];
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null;
}

/** Yes or no, also as `"true"`; absent is no. */
export const flagOf = (fields: Fields, name: string): boolean => String(fields[name]) === 'true';

export function listOf(fields: Fields, name: string): Fields[] {
  const value = fields[name];
  return Array.isArray(value) ? value.filter(isFields) : [];
}

export function textsOf(fields: Fields, name: string): string[] {
  const value = fields[name];
  return Array.isArray(value)
    ? value.filter((item) => typeof item === 'string' && item !== '').map(String)
    : [];
}

export function numbersOf(fields: Fields, name: string): number[] {
  const value = fields[name];
  return Array.isArray(value) ? value.map(Number).filter((item) => Number.isSafeInteger(item)) : [];
}

/** The part of an answer without which it says nothing. @throws DingTalkError broken_answer when it is missing */
export function partOf(fields: Fields, name: string, api: string): Fields {
  const value = fields[name];
  if (isFields(value)) return value;
  throw missing(api, name);
}

/** A text that must be there. @throws DingTalkError broken_answer */
export function mustText(fields: Fields, name: string, api: string): string {
  const value = textOf(fields, name);
  if (value === null) throw missing(api, name);
  return value;
}

/** A list that must be there, its items whatever they are. @throws DingTalkError broken_answer */
export function mustList(fields: Fields, name: string, api: string): unknown[] {
  const value = fields[name];
  if (!Array.isArray(value)) throw missing(api, name);
  return value as unknown[];
}

const missing = (api: string, name: string): DingTalkError =>
  new DingTalkError({ trouble: 'broken_answer', dingtalkCode: '', api, message: `${name} is missing` });
