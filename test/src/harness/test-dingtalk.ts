import {
  createDingTalk,
  createLog,
  type Database,
  type DingTalk,
  type DingTalkConfig,
} from '@shigang/server';
import { startSimulator, type OrgFile, type Simulator, type SimulatorOptions } from '@shigang/simulator';
import { afterSuite } from './servers.ts';
import type { TestRedis } from './test-redis.ts';
import { VirtualClock } from './virtual-clock.ts';

export type FaultKind =
  'qps' | 'quota' | 'busy' | 'http500' | 'html' | 'hang' | 'truncate' | 'token' | 'denied' | 'undelivered';

export interface TestDingTalk {
  readonly simulator: Simulator;
  readonly config: DingTalkConfig;
  readonly clock: VirtualClock;
  /** A gateway of its own, as another process would have; closed after the suite. */
  gateway(): DingTalk;
  /** `GET`, or `POST` when there is a body, of a control endpoint below /_sim. */
  control<Answer>(path: string, body?: object): Promise<Answer>;
  fault(match: string, kind: FaultKind, times?: number): Promise<void>;
  clearFaults(): Promise<void>;
  /** Paths of the calls since the last look, the control calls left out. */
  newCalls(): Promise<SimulatorCall[]>;
}

export interface SimulatorCall {
  readonly path: string;
  readonly status: number;
  readonly metered: boolean;
}

/** Waits short enough for tests; the order of magnitude between them is kept. */
const TIMING = {
  deadlineMs: 3_000,
  hiccupPausesMs: [20, 40, 60] as const,
  throttlePauseMs: 100,
  minutePauseMs: 100,
};

export interface TestDingTalkParts {
  readonly db: Database;
  readonly redis: TestRedis;
  readonly org: OrgFile;
  readonly now?: string;
  readonly options?: Partial<SimulatorOptions>;
}

/** A simulator of this suite alone and gateways that talk to it over HTTP. */
export async function startTestDingTalk(parts: TestDingTalkParts): Promise<TestDingTalk> {
  const now = parts.now ?? '2026-10-12T09:30:00+08:00';
  const simulator = await startSimulator({ org: parts.org, now, ...parts.options });
  const clock = new VirtualClock(now);
  const config: DingTalkConfig = {
    corpId: simulator.corpId,
    clientId: simulator.clientId,
    clientSecret: simulator.clientSecret,
    agentId: String(simulator.agentId),
    robotCode: simulator.clientId,
    apiBase: simulator.apiBase,
    oapiBase: simulator.oapiBase,
  };
  afterSuite(() => simulator.close());
  const control = async <Answer>(
    path: string,
    body?: object,
    method = body ? 'POST' : 'GET',
  ): Promise<Answer> => {
    const response = await fetch(`${simulator.apiBase}/_sim${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  let seen = 0;
  return {
    simulator,
    config,
    clock,
    control,
    gateway: () => {
      const log = createLog('silent', 'test');
      const deps = {
        config,
        redis: parts.redis.client,
        redisPrefix: parts.redis.prefix,
        db: parts.db,
        clock,
        log,
      };
      const gateway = createDingTalk({ ...deps, timing: TIMING });
      afterSuite(() => gateway.close());
      return gateway;
    },
    fault: async (match, kind, times) =>
      void (await control('/faults', { match, kind, ...(times ? { times } : {}) })),
    clearFaults: async () => void (await control('/faults', undefined, 'DELETE')),
    newCalls: async () => {
      const { calls } = await control<{ calls: SimulatorCall[] }>('/calls');
      const fresh = calls.slice(seen);
      seen = calls.length;
      return fresh;
    },
  };
}
