import { AppError } from '@shigang/shared';

/** What a process needs at start; each names what it will use, and only that is required. */
export type Need = 'database' | 'redis' | 'queues' | 'dingtalk' | 'http';

export interface DingTalkConfig {
  readonly corpId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly agentId: string;
  readonly robotCode: string;
  readonly apiBase: string;
  readonly oapiBase: string;
}

/** How DingTalk's events come: not at all, or over a connection that each worker opens (the Stream). */
export type EventMode = 'off' | 'stream';

/** Settings of one process, validated; absent parts were not asked for. */
export interface Config {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  /** Prefix of every Redis key and BullMQ queue, in one hash slot. */
  readonly redisPrefix: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly sessionSecret: string;
  readonly cookieName: string;
  readonly dingtalk: DingTalkConfig | null;
  readonly eventMode: EventMode;
  /** Instant (ms) at which the business clock starts; null: real time. */
  readonly businessNow: number | null;
  readonly production: boolean;
  readonly logLevel: string;
}

export type Env = Readonly<Record<string, string | undefined>>;

const REQUIRED: Readonly<Record<Need, readonly string[]>> = {
  database: ['DATABASE_URL'],
  redis: ['REDIS_URL'],
  queues: ['REDIS_URL'],
  http: ['PUBLIC_URL', 'SESSION_SECRET'],
  dingtalk: ['DINGTALK_CORP_ID', 'DINGTALK_CLIENT_ID', 'DINGTALK_CLIENT_SECRET', 'DINGTALK_AGENT_ID'],
};
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const SECRET_LENGTH = 16;

/**
 * Validates the environment for what the process needs.
 * @throws AppError config.invalid with one sentence that lists everything wrong (docs/settings.md)
 */
export function readConfig(env: Env, needs: readonly Need[]): Config {
  const problems = [...missing(env, needs), ...unsupported(env), ...malformed(env)];
  if (problems.length > 0) throw new AppError('config.invalid', { detail: problems.join('；') });
  return {
    databaseUrl: env['DATABASE_URL'] ?? '',
    redisUrl: env['REDIS_URL'] ?? '',
    redisPrefix: env['SHIGANG_REDIS_PREFIX'] ?? '{shigang}',
    port: Number(env['PORT'] ?? 7001),
    publicUrl: (env['PUBLIC_URL'] ?? '').replace(/\/+$/, ''),
    sessionSecret: env['SESSION_SECRET'] ?? '',
    cookieName: env['SHIGANG_COOKIE_NAME'] ?? 'shigang_session',
    dingtalk: needs.includes('dingtalk') || env['DINGTALK_CLIENT_ID'] ? dingtalkConfig(env) : null,
    eventMode: env['DINGTALK_EVENT_MODE'] === 'stream' ? 'stream' : 'off',
    businessNow: env['BUSINESS_NOW'] ? Date.parse(env['BUSINESS_NOW']) : null,
    production: env['NODE_ENV'] === 'production',
    logLevel: env['LOG_LEVEL'] ?? 'info',
  };
}

function missing(env: Env, needs: readonly Need[]): string[] {
  return [...new Set(needs.flatMap((need) => REQUIRED[need]))]
    .filter((name) => !env[name])
    .map((name) => `缺少 ${name}`);
}

/** A setting whose work this release does not do is refused by name, never ignored. */
function unsupported(env: Env): string[] {
  const problems: string[] = [];
  if (env['DATA_KEY']) problems.push('DATA_KEY 在本版本还不支持，请删除它');
  const mode = env['DINGTALK_EVENT_MODE'];
  if (mode && mode !== 'off' && mode !== 'stream')
    problems.push(`DINGTALK_EVENT_MODE=${mode} 在本版本还不支持，只能是 off 或 stream`);
  for (const name of ['DINGTALK_EVENT_TOKEN', 'DINGTALK_EVENT_AES_KEY']) {
    if (env[name]) problems.push(`${name} 在本版本还不支持，请删除它`);
  }
  return problems;
}

function malformed(env: Env): string[] {
  const problems: string[] = [];
  const url = (name: string, protocols: readonly string[]): void => {
    const value = env[name];
    if (!value) return;
    const protocol = URL.canParse(value) ? new URL(value).protocol : '';
    if (!protocols.includes(protocol))
      problems.push(`${name} 应以 ${protocols.map((p) => `${p}//`).join(' 或 ')} 开头`);
  };
  url('DATABASE_URL', ['mysql:']);
  url('REDIS_URL', ['redis:', 'rediss:']);
  for (const name of ['PUBLIC_URL', 'DINGTALK_API_BASE', 'DINGTALK_OAPI_BASE'])
    url(name, ['https:', 'http:']);
  const port = env['PORT'];
  if (port && !(/^\d+$/.test(port) && Number(port) <= 65_535)) problems.push('PORT 应为 0 到 65535 的整数');
  if (env['SESSION_SECRET'] && env['SESSION_SECRET'].length < SECRET_LENGTH)
    problems.push(`SESSION_SECRET 至少 ${SECRET_LENGTH} 个字符`);
  if (env['DINGTALK_AGENT_ID'] && !/^\d+$/.test(env['DINGTALK_AGENT_ID']))
    problems.push('DINGTALK_AGENT_ID 应为数字');
  if (env['LOG_LEVEL'] && !LOG_LEVELS.includes(env['LOG_LEVEL']))
    problems.push(`LOG_LEVEL 应为 ${LOG_LEVELS.join('、')} 之一`);
  return [...problems, ...malformedClock(env)];
}

function malformedClock(env: Env): string[] {
  const instant = env['BUSINESS_NOW'];
  if (!instant) return [];
  if (env['NODE_ENV'] === 'production') return ['BUSINESS_NOW 不能用于生产环境'];
  const zoned = /T.*(Z|[+-]\d{2}:\d{2})$/.test(instant) && !Number.isNaN(Date.parse(instant));
  return zoned ? [] : ['BUSINESS_NOW 应为带时区的时刻，如 2026-10-12T09:30+08:00'];
}

function dingtalkConfig(env: Env): DingTalkConfig {
  const clientId = env['DINGTALK_CLIENT_ID'] ?? '';
  const base = (name: string, fallback: string): string => (env[name] ?? fallback).replace(/\/+$/, '');
  return {
    corpId: env['DINGTALK_CORP_ID'] ?? '',
    clientId,
    clientSecret: env['DINGTALK_CLIENT_SECRET'] ?? '',
    agentId: env['DINGTALK_AGENT_ID'] ?? '',
    robotCode: env['DINGTALK_ROBOT_CODE'] ?? clientId,
    apiBase: base('DINGTALK_API_BASE', 'https://api.dingtalk.com'),
    oapiBase: base('DINGTALK_OAPI_BASE', 'https://oapi.dingtalk.com'),
  };
}
