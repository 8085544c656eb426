// The only place of dingtalk-jsapi. The platforms are registered one by one: the package's own entries also load
// the whole SDK surface (20 KB gz), of which three calls are used. The desktop's frame protocol is loaded where it is
// needed (`ready`), so that phones do without its 8 KB.
import 'dingtalk-jsapi/platform/android';
import 'dingtalk-jsapi/platform/ios';
import 'dingtalk-jsapi/platform/harmony';
import { setTitle$ } from 'dingtalk-jsapi/api/biz/navigation/setTitle';
import { requestAuthCode$ as requestAuthCode } from 'dingtalk-jsapi/api/union/requestAuthCode';
import { requestAuthCode$ as requestOldAuthCode } from 'dingtalk-jsapi/api/runtime/permission/requestAuthCode';

/** A client with DingTalk's name but no bridge object never answers: nothing waits longer than this. */
const BRIDGE_TIMEOUT_MS = 8_000;

/** Why no code came: outside DingTalk, the client stayed silent, or it refused. */
export type BridgeFailure = 'outside' | 'timeout' | 'refused';
export class BridgeError extends Error {
  readonly failure: BridgeFailure;
  constructor(failure: BridgeFailure, cause: unknown) {
    super(failure, { cause });
    this.failure = failure;
  }
}

/**
 * A one-time code (five minutes) that proves to the server who opened the page. Clients before 7.0.45 know only the
 * older call, which takes no client id.
 * @throws BridgeError
 */
export async function authCode(corpId: string, clientId: string): Promise<string> {
  await ready();
  try {
    return (await inTime(requestAuthCode({ corpId, clientId }))).code;
  } catch (error) {
    if (failureOf(error) !== 'refused') throw asBridgeError(error);
    try {
      return (await inTime(requestOldAuthCode({ corpId }))).code;
    } catch (second) {
      throw asBridgeError(second);
    }
  }
}

/** The client's title bar. A client that has none (PC main window, plain browser) refuses; the document's title stays. */
export async function setTitle(title: string): Promise<void> {
  await ready();
  await inTime(setTitle$({ title })).catch(() => undefined);
}

/** The SDK tells a desktop client by a container id in the window's name or by the client's own object. */
async function ready(): Promise<void> {
  if (window.name.includes('containerId') || 'dingtalk' in window) await import('dingtalk-jsapi/platform/pc');
}

function inTime<T>(answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new BridgeError('timeout', null)), BRIDGE_TIMEOUT_MS);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

const asBridgeError = (error: unknown): BridgeError =>
  error instanceof BridgeError ? error : new BridgeError(failureOf(error), error);

function failureOf(error: unknown): BridgeFailure {
  if (error instanceof BridgeError) return error.failure;
  return error instanceof Error && error.message.includes('4040') ? 'outside' : 'refused';
}
