import type { Subscription } from '../events/stream-gate.ts';
import type { World } from '../world.ts';
import { NewApiError } from './gateway/answer-errors.ts';
import { integer, isObject } from './gateway/parameters.ts';
import type { ApiCall, ApiRoute } from './gateway/route.ts';

const PAGE_MAX = 200;

/** The error body of a refused open is in no document: clients look at the status only. */
const refused = (status: number, code: string, message: string) => new NewApiError(status, code, message);

function subscriptionsOf(value: unknown): Subscription[] {
  const list = Array.isArray(value) ? value.filter(isObject) : [];
  const subscriptions = list.map(({ type, topic }) => ({ type: String(type), topic: String(topic) }));
  const isGood = ({ type, topic }: Subscription): boolean =>
    type === 'CALLBACK' ? topic.startsWith('/') : type === 'EVENT' && topic === '*';
  if (subscriptions.length === 0 || !subscriptions.every(isGood)) {
    throw refused(400, 'invalidParameter', 'subscriptions 参数错误');
  }
  return subscriptions;
}

function open(world: World, { body, host }: ApiCall) {
  const { clientId, clientSecret } = world.credentials;
  if (body.clientId !== clientId || body.clientSecret !== clientSecret) {
    throw refused(401, 'authFailed', '鉴权失败');
  }
  const ua = typeof body.ua === 'string' ? body.ua : '';
  const ticket = world.gate.issueTicket(ua, subscriptionsOf(body.subscriptions));
  return { endpoint: `ws://${host}/connect`, ticket };
}

function failedResults(world: World, { query }: ApiCall) {
  const from = integer(query, 'beginTime') ?? 0;
  const until = integer(query, 'endTime') ?? Number.POSITIVE_INFINITY;
  if (Number.isNaN(from) || Number.isNaN(until)) throw refused(400, 'invalidParameter', '参数错误');
  const found = world.events.failed().filter(({ bornAt }) => bornAt >= from && bornAt <= until);
  return {
    failedList: found.slice(0, PAGE_MAX).map(({ type, bornAt, data }) => ({
      corpId: world.credentials.corpId,
      eventTime: bornAt,
      callBackTag: type,
      callBackData: JSON.stringify(data),
    })),
    hasMore: found.length > PAGE_MAX,
  };
}

const call = (method: ApiRoute['method'], path: string, answer: ApiRoute['answer']): ApiRoute => ({
  host: 'api',
  method,
  path,
  needsToken: true,
  permission: '',
  metered: true,
  purpose: '事件',
  answer,
});

/** The Stream's way in, and what it could not deliver. */
export const streamRoutes: ApiRoute[] = [
  { ...call('POST', '/v1.0/gateway/connections/open', open), needsToken: false, metered: false },
  call('GET', '/v1.0/event/callbacks/failedResults', failedResults),
];
