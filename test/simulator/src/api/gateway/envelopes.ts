import { randomUUID } from 'node:crypto';
import type { Variation } from './variation.ts';
import type { NewApiError, OldApiError } from './answer-errors.ts';
import type { ApiRoute } from './route.ts';

/** What goes out: status, content type and text, and the code that the call log keeps of a failure. */
export interface Reply {
  status: number;
  body: Record<string, unknown>;
  code?: string;
}

const requestId = (): string => randomUUID().replaceAll('-', '').slice(0, 13);
const newRequestId = (): string => randomUUID().toUpperCase();
const isTopapi = (path: string): boolean => path.startsWith('/topapi/');

/** The old host puts errcode, errmsg and a request id around the answer; some samples lack one of the last two. */
export function success(route: ApiRoute, answer: Record<string, unknown>, variation: Variation): Reply {
  if (route.host === 'api') return { status: 200, body: answer };
  const errmsg = variation.form<string | undefined>('ok', undefined);
  const body = { errcode: variation.form<number | string>(0, '0'), errmsg, ...answer };
  return { status: 200, body: isTopapi(route.path) ? { ...body, request_id: requestId() } : body };
}

/** A failure of the old host is HTTP 200; a gateway error on `/topapi/*` is wrapped in errcode 88. */
export function oldFailure(path: string, error: OldApiError, variation: Variation): Reply {
  const code = String(error.errcode);
  const request_id = isTopapi(path) ? requestId() : undefined;
  if (!error.isGateway || !isTopapi(path)) {
    return { status: 200, code, body: { errcode: error.errcode, errmsg: error.message, request_id } };
  }
  const errmsg = `ding talk error[subcode=${code},submsg=${error.message}]`;
  const wrapped = { errcode: 88, sub_code: code, sub_msg: error.message, errmsg, request_id };
  const bare = { errcode: 88, errmsg, request_id };
  return { status: 200, code, body: variation.form<Record<string, unknown>>(wrapped, bare) };
}

const newBody = (code: string, message: string) => ({ code, requestid: newRequestId(), message });

export function newFailure(error: NewApiError): Reply {
  const body = { ...newBody(error.code, error.message), ...error.detail };
  return { status: error.status, code: error.code, body };
}

/** An unknown `/topapi` path names the method it looked for; other unrouted paths of either host differ. */
export function unknownPath(path: string): Reply {
  const uriMissing = '请求的URI地址不存在';
  if (path.startsWith('/v1.0/')) {
    return { status: 404, code: 'error.notFound', body: newBody('error.notFound', uriMissing) };
  }
  if (!isTopapi(path)) return { status: 200, code: '404', body: { errcode: 404, errmsg: uriMissing } };
  const method = `dingtalk.oapi.${path.slice('/topapi/'.length).replaceAll('/', '.')}`;
  const sub_msg = `不合法ApiName，ApiName = ${method}`;
  const errmsg = `Invalid method[submsg=${sub_msg}]`;
  return { status: 200, code: '22', body: { errcode: 22, sub_msg, errmsg, request_id: requestId() } };
}
