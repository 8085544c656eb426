import type { Redis } from 'ioredis';
import type { DingTalkConfig } from '../config/env.ts';
import type { Clock } from '../platform/clock.ts';
import type { Sql } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { mustText, numberOf, readNewAnswer } from './calling/answer.ts';
import { ApprovalsApi } from './approvals.ts';
import {
  Caller,
  DEFAULT_TIMING,
  type CallerDeps,
  type CallFigures,
  type CallTiming,
} from './calling/caller.ts';
import { CALLS } from './calling/calls.ts';
import { ContactApi } from './contact.ts';
import { HrProcessApi } from './hr-process.ts';
import { CallLedger } from './calling/ledger.ts';
import { LoginApi } from './login.ts';
import { MessagesApi } from './messages.ts';
import { official, OfficialClients } from './calling/official-client.ts';
import { CallSpacing } from './calling/rate.ts';
import { RosterApi } from './roster.ts';
import { TodosApi } from './todos.ts';
import {
  openStream,
  type EventStream,
  type StreamDeps,
  type StreamTicket,
  type StreamTiming,
} from './stream/stream.ts';
import { AppToken, type FreshToken } from './calling/token.ts';

/** Why a call is made; the budget is reported by it. */
export type CallPurpose =
  | 'sync'
  | 'login'
  | 'notice'
  | 'notice_result'
  | 'import'
  | 'approval'
  | 'approval_result'
  | 'transfer'
  | 'todo';

export interface DingTalkDeps {
  readonly config: DingTalkConfig;
  readonly redis: Redis;
  /** Prefix of every Redis key, with its braces. */
  readonly redisPrefix: string;
  /** Holds the call ledger. */
  readonly db: Sql;
  readonly clock: Clock;
  readonly log: Log;
  readonly timing?: Partial<CallTiming>;
}

/** The APIs for one purpose, with the counts of what was called through them. */
export interface DingTalkRun {
  readonly contact: ContactApi;
  readonly roster: RosterApi;
  readonly messages: MessagesApi;
  readonly login: LoginApi;
  readonly approvals: ApprovalsApi;
  readonly todos: TodosApi;
  readonly hrProcess: HrProcessApi;
  readonly figures: Readonly<CallFigures>;
}

/** The one place that talks to DingTalk. */
export interface DingTalk {
  readonly corpId: string;
  for(purpose: CallPurpose): DingTalkRun;
  /** Gets a token, or says why there is none. @throws DingTalkError */
  checkToken(): Promise<void>;
  /** Lets events in until it is closed; each goes through `store` before DingTalk is told that it was taken. */
  openStream(store: StreamDeps['store'], timing?: Partial<StreamTiming>): EventStream;
  /** Asks for a ticket of the event stream and lets it expire. @throws DingTalkError */
  checkStream(): Promise<void>;
  /** Writes what the call ledger still holds. */
  close(): Promise<void>;
}

/** Binds the gateway; nothing is called and no client is loaded before the first use. */
export function createDingTalk(deps: DingTalkDeps): DingTalk {
  const { config, redis, clock } = deps;
  const timing = { ...DEFAULT_TIMING, ...deps.timing };
  const keys = `${deps.redisPrefix}:dingtalk:${config.clientId}`;
  const clients = new OfficialClients(config.apiBase, timing.deadlineMs);
  const ledger = new CallLedger(deps.db, clock, deps.log);
  const spacing = new CallSpacing(redis, `${keys}:slot`, timing.spacingMs);
  const tokens: AppToken = new AppToken(redis, `${keys}:token`, clock, () =>
    fetchToken(config, clients, tokenCaller),
  );
  const isRedisReady = (): boolean => redis.status === 'ready';
  const callerDeps: CallerDeps = {
    oapiBase: config.oapiBase,
    clock,
    tokens,
    spacing,
    ledger,
    timing,
    isRedisReady,
  };
  const tokenCaller = new Caller(callerDeps, 'token');
  const streamCaller = new Caller(callerDeps, 'stream');
  const agentId = Number(config.agentId);
  return {
    corpId: config.corpId,
    for: (purpose) => {
      const caller = new Caller(callerDeps, purpose);
      return {
        contact: new ContactApi(caller),
        roster: new RosterApi(caller, clients, agentId),
        messages: new MessagesApi(caller, agentId),
        login: new LoginApi(caller),
        approvals: new ApprovalsApi(caller, clients, agentId),
        todos: new TodosApi(caller, clients),
        hrProcess: new HrProcessApi(caller, clients),
        figures: caller.figures,
      };
    },
    checkToken: async () => void (await tokens.get()),
    openStream: (store, streamTiming = {}) =>
      openStream({
        corpId: config.corpId,
        clock,
        log: deps.log,
        store,
        openTicket: () => fetchTicket(config, streamCaller),
        timing: streamTiming,
      }),
    checkStream: async () => void (await fetchTicket(config, streamCaller)),
    close: () => ledger.flush(),
  };
}

async function fetchToken(
  config: DingTalkConfig,
  clients: OfficialClients,
  caller: Caller,
): Promise<FreshToken> {
  const call = CALLS.accessToken;
  const { module, client, runtime } = await clients.oauth();
  const request = new module.GetAccessTokenRequest({
    appKey: config.clientId,
    appSecret: config.clientSecret,
  });
  const body = await caller.unauthenticated(call, () =>
    official(call, () => client.getAccessTokenWithOptions(request, {}, runtime)),
  );
  return {
    value: mustText({ ...body }, 'accessToken', call.path),
    validForMs: (numberOf({ ...body }, 'expireIn') ?? 0) * 1_000,
  };
}

/** Which events come is chosen in DingTalk's console, not here. */
const SUBSCRIPTIONS = [{ type: 'EVENT', topic: '*' }];

/** The one call without a token; without `accept` DingTalk may answer XML. */
function fetchTicket(config: DingTalkConfig, caller: Caller): Promise<StreamTicket> {
  const call = CALLS.openStream;
  return caller.unauthenticated(call, async (signal) => {
    const { clientId, clientSecret, apiBase } = config;
    const response = await fetch(`${apiBase}${call.path}`, {
      method: call.method,
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ clientId, clientSecret, subscriptions: SUBSCRIPTIONS, ua: 'shigang' }),
      signal,
    });
    const text = await response.text();
    const body = readNewAnswer({
      api: call.path,
      status: response.status,
      text,
      permission: call.permission,
    });
    return {
      endpoint: mustText(body, 'endpoint', call.path),
      ticket: mustText(body, 'ticket', call.path),
    };
  });
}
