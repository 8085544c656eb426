import { readConfig, type Need } from './env.ts';

const complete = {
  DATABASE_URL: 'mysql://u:p@127.0.0.1/shigang',
  REDIS_URL: 'redis://127.0.0.1',
  PUBLIC_URL: 'https://shigang.example.com/',
  SESSION_SECRET: 'sixteen-characters',
  DINGTALK_CORP_ID: 'ding1',
  DINGTALK_CLIENT_ID: 'client',
  DINGTALK_CLIENT_SECRET: 'secret',
  DINGTALK_AGENT_ID: '123',
};
const all: Need[] = ['database', 'redis', 'http', 'dingtalk'];
const detail = (env: Record<string, string>, needs: Need[] = all): string => {
  try {
    readConfig(env, needs);
    return '';
  } catch (error) {
    return (error as Error).message;
  }
};

test('a complete environment is read with its defaults', () => {
  expect(readConfig(complete, all)).toMatchObject({
    port: 7001,
    publicUrl: 'https://shigang.example.com',
    businessNow: null,
    production: false,
    dingtalk: {
      robotCode: 'client',
      apiBase: 'https://api.dingtalk.com',
      oapiBase: 'https://oapi.dingtalk.com',
    },
  });
});

test('everything wrong is listed in one message', () => {
  const message = detail({
    DATABASE_URL: 'postgres://x',
    PORT: 'abc',
    DATA_KEY: 'k',
    DINGTALK_EVENT_MODE: 'http',
    BUSINESS_NOW: '2026-10-12',
  });
  for (const part of [
    'DATABASE_URL 应以',
    '缺少 REDIS_URL',
    '缺少 PUBLIC_URL',
    '缺少 SESSION_SECRET',
    '缺少 DINGTALK_CORP_ID',
    'PORT 应为',
    'DATA_KEY 在本版本',
    'DINGTALK_EVENT_MODE=http',
    'BUSINESS_NOW 应为',
  ]) {
    expect(message).toContain(part);
  }
});

test('only what the process needs is required', () => {
  expect(detail({ DATABASE_URL: complete.DATABASE_URL }, ['database'])).toBe('');
  expect(detail({}, ['database'])).toContain('缺少 DATABASE_URL');
  expect(detail({}, ['database'])).not.toContain('REDIS_URL');
});

test.each([
  ['DATA_KEY', { DATA_KEY: 'x' }],
  ['DINGTALK_EVENT_MODE=http', { DINGTALK_EVENT_MODE: 'http' }],
  ['DINGTALK_EVENT_TOKEN', { DINGTALK_EVENT_TOKEN: 'x' }],
  ['DINGTALK_EVENT_AES_KEY', { DINGTALK_EVENT_AES_KEY: 'x' }],
])('%s is refused by name', (name, extra) => {
  expect(detail({ ...complete, ...extra })).toContain(name);
});

test('events are off unless the stream is asked for', () => {
  expect(readConfig(complete, all).eventMode).toBe('off');
  for (const mode of ['off', 'stream'] as const) {
    expect(readConfig({ ...complete, DINGTALK_EVENT_MODE: mode }, all).eventMode).toBe(mode);
  }
});

test('a business clock is refused in production', () => {
  const env = { ...complete, BUSINESS_NOW: '2026-10-12T09:30+08:00' };
  expect(readConfig(env, all).businessNow).toBe(Date.parse('2026-10-12T01:30:00Z'));
  expect(detail({ ...env, NODE_ENV: 'production' })).toContain('BUSINESS_NOW 不能用于生产环境');
});

test('secrets are not in the message', () => {
  expect(detail({ ...complete, SESSION_SECRET: 'short-secret' })).not.toContain('short-secret');
});
