import { createServer, type AddressInfo } from 'node:net';
import { createTestDatabase, testRedis, urlOf } from '@shigang/test';
import { shigang, type Env } from '../harness/processes/shigang-process.ts';

/* What a process says when it cannot start: one clear sentence and exit 1; one message that lists everything wrong. */

const SLOW = 120_000;
let env: Env;
let closed: number;

beforeAll(async () => {
  const [db, redis] = [await createTestDatabase(), await testRedis()];
  closed = await closedPort();
  const nowhere = `http://127.0.0.1:${closed}`;
  env = {
    DATABASE_URL: urlOf(db),
    REDIS_URL: redis.url,
    SHIGANG_REDIS_PREFIX: redis.prefix,
    PUBLIC_URL: 'http://127.0.0.1:7001',
    SESSION_SECRET: 'a secret of the tests alone',
    PORT: '0',
    DINGTALK_CORP_ID: 'dingdemo',
    DINGTALK_CLIENT_ID: 'id',
    DINGTALK_CLIENT_SECRET: 'secret',
    DINGTALK_AGENT_ID: '1',
    DINGTALK_API_BASE: nowhere,
    DINGTALK_OAPI_BASE: nowhere,
  };
}, SLOW);

/** A port of this machine on which nobody listens. */
const closedPort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

interface Failure {
  readonly error: { readonly code: string; readonly message: string };
}
const sentencesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

describe.each(['DATABASE_URL', 'REDIS_URL'])('without the server behind %s', (name) => {
  const without = (): Env => ({
    ...env,
    [name]: name === 'REDIS_URL' ? `redis://127.0.0.1:${closed}` : `mysql://root@127.0.0.1:${closed}/nothing`,
  });
  const service = name === 'REDIS_URL' ? 'Redis' : '数据库';

  test.each(['serve', 'worker', 'sync', 'tick'])(
    '%s says so in one sentence',
    async (command) => {
      const { code, stdout, stderr } = await shigang([command], without());
      expect([code, stdout, sentencesOf(stderr)]).toEqual([1, '', [expect.stringContaining(service)]]);
      expect(stderr).not.toMatch(/ECONNREFUSED|\n\s+at /);
    },
    SLOW,
  );

  test(
    'under --json it is one document',
    async () => {
      const { code, stdout, stderr } = await shigang(['sync', '--json'], without());
      const { error } = JSON.parse(stdout) as Failure;
      expect([code, error.code, stderr]).toEqual([1, 'service.unavailable', '']);
      expect(error.message).toContain(service);
    },
    SLOW,
  );

  test(
    'doctor names it beside the checks that it could make',
    async () => {
      const { code, stdout } = await shigang(['doctor', '--json'], without());
      const report = JSON.parse(stdout) as Failure & { ok: boolean; checks: { id: string; ok: boolean }[] };
      const failed = report.checks.filter((check) => !check.ok).map((check) => check.id);
      expect([code, report.ok, report.error.code]).toEqual([1, false, 'doctor.unwell']);
      expect(failed).toEqual([name === 'REDIS_URL' ? 'redis' : 'database']);
    },
    SLOW,
  );
});

test(
  'a database without migrations is not worked on',
  async () => {
    const empty = await createTestDatabase({ migrate: false });
    const { code, stderr } = await shigang(['worker'], { ...env, DATABASE_URL: urlOf(empty) });
    expect([code, sentencesOf(stderr)]).toEqual([1, [expect.stringContaining('migrate')]]);
  },
  SLOW,
);

test(
  'without DingTalk a sync fails with its own document, and deactivates nobody',
  async () => {
    const { code, stdout } = await shigang(['sync', '--json'], env);
    const report = JSON.parse(stdout) as Failure & { status: string; scopes: { deactivated: number }[] };
    expect([code, report.status, report.error.code]).toEqual([1, 'failed', 'sync.failed']);
    expect(report.scopes.map((scope) => scope.deactivated)).toEqual(report.scopes.map(() => 0));
  },
  SLOW,
);

describe('a wrong environment', () => {
  const wrong: Env = {
    DATABASE_URL: 'postgres://x',
    PUBLIC_URL: 'ftp://x',
    SESSION_SECRET: 'short',
    PORT: '99999',
    DINGTALK_AGENT_ID: 'x',
    DINGTALK_CLIENT_ID: 'id',
    DINGTALK_EVENT_MODE: 'http',
    DATA_KEY: 'x',
    LOG_LEVEL: 'loud',
    BUSINESS_NOW: '2026-10-12',
  };
  const NAMES = [
    'REDIS_URL',
    'DINGTALK_CORP_ID',
    'DINGTALK_CLIENT_SECRET',
    'DATABASE_URL',
    'PUBLIC_URL',
    'SESSION_SECRET',
    'PORT',
    'DINGTALK_AGENT_ID',
    'DINGTALK_EVENT_MODE',
    'DATA_KEY',
    'LOG_LEVEL',
    'BUSINESS_NOW',
  ];

  test(
    'is listed whole in one message, without the values of secrets',
    async () => {
      const { code, stdout, stderr } = await shigang(['serve'], wrong);
      expect([code, stdout, sentencesOf(stderr)]).toEqual([1, '', [expect.any(String)]]);
      for (const name of NAMES) expect(stderr).toContain(name);
      expect(stderr).not.toMatch(/short|postgres:\/\/x/);
    },
    SLOW,
  );

  test(
    'a command asks only for what it uses',
    async () => {
      const { code, stderr } = await shigang(['employees', '--json'], {
        DATABASE_URL: env['DATABASE_URL'] ?? '',
      });
      expect([code, stderr]).toEqual([0, '']);
    },
    SLOW,
  );
});

describe('wrong usage is exit 2', () => {
  const quarter = ['--period', '2026Q3'];
  const CASES: readonly (readonly string[])[] = [
    ['nonsense'],
    ['cycle', 'nonsense'],
    ['cycle', 'run'],
    ['cycle', 'run', ...quarter, '--role', 'boss'],
    ['cycle', 'decide', ...quarter, '--user', 'zhangsan', '--tier', 'best'],
    ['explain', 'match', '--user', 'zhangsan'],
    ['explain', 'incentive', ...quarter],
    ['import', 'deals'],
    ['plan', 'show'],
    ['employees', '--nonsense'],
    ['simulator', '--employees', 'many'],
    ['simulator', '--org', 'demo', '--employees', '5'],
    ['tick', '--until', 'tomorrow'],
    ['profiles', 'rebuild', '--period', '2026-Q3'],
  ];
  test.each(CASES.map((args) => [args.join(' '), args] as const))(
    '%s',
    async (_, args) => {
      const { code, stdout, stderr } = await shigang(args, env);
      expect([code, stdout]).toEqual([2, '']);
      expect(sentencesOf(stderr).length).toBeGreaterThanOrEqual(1);
      expect(stderr).not.toMatch(/\n\s+at /);
    },
    SLOW,
  );
});
