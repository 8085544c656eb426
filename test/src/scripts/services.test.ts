import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { childEnv, ROOT, testServers } from '@shigang/test';

/** A run of its own that opens services, prints their URLs and its folder, and waits until it is ended. */
const OPEN = `
  import { openRunFolder } from ${JSON.stringify(join(ROOT, 'scripts/clone.mjs'))};
  import { openServices } from ${JSON.stringify(join(ROOT, 'scripts/services/index.mjs'))};
  const folder = openRunFolder();
  try {
    const services = await openServices(folder, { log: console.error });
    console.log(JSON.stringify({ folder: folder.path, mysql: services.mysql, redis: services.redis }));
    await new Promise((resolve) => process.stdin.on('end', resolve).resume());
    await services.stop();
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
  folder.remove();
`;

interface Opened {
  readonly folder: string;
  readonly mysql: { readonly url: string; readonly source: string };
  readonly redis: { readonly url: string; readonly source: string };
  readonly error?: string;
}

async function open(env: Record<string, string>): Promise<{ child: ChildProcess; opened: Opened }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', OPEN], {
    cwd: ROOT,
    env: childEnv(env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, opened: JSON.parse(line.toString('utf8')) as Opened };
}

const end = async (child: ChildProcess): Promise<void> => {
  child.stdin?.end();
  await once(child, 'exit');
};

const answers = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname, port } = new URL(url);
    const socket = createConnection(Number(port), hostname, () => (socket.destroy(), resolve(true)));
    socket.on('error', () => resolve(false));
  });

async function silent(url: string, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    if (!(await answers(url))) return true;
    await new Promise((done) => setTimeout(done, 100));
  }
  return false;
}

test('given servers come first, without the database of their URL; a run that ends leaves them alone', async () => {
  const { databaseUrl, redisUrl } = testServers();
  const { child, opened } = await open({ DATABASE_URL: `${databaseUrl}/someone_elses`, REDIS_URL: redisUrl });
  expect(opened).toMatchObject({
    mysql: { url: expect.stringMatching(/:\d+\/?$/), source: 'environment' },
    redis: { url: redisUrl, source: 'environment' },
  });
  await end(child);
  expect(await answers(databaseUrl)).toBe(true);
});

test('private servers end with their run, and with a run that is killed hard; what it left is cleared', async () => {
  const own = { SHIGANG_SERVICES: 'installed,unpacked' };
  const [one, two] = [await open(own), await open(own)];
  expect(one.opened.mysql.url).not.toBe(two.opened.mysql.url);
  await end(one.child);
  expect(await answers(one.opened.mysql.url)).toBe(false);
  expect(await answers(one.opened.redis.url)).toBe(false);
  expect(existsSync(one.opened.folder)).toBe(false);

  two.child.kill('SIGKILL');
  expect(await silent(two.opened.mysql.url, 15_000)).toBe(true);
  expect(await silent(two.opened.redis.url, 15_000)).toBe(true);
  expect(existsSync(two.opened.folder)).toBe(true);
  const next = await open({ SHIGANG_SERVICES: 'environment', DATABASE_URL: testServers().databaseUrl });
  await end(next.child);
  expect(existsSync(two.opened.folder)).toBe(false);
}, 90_000);

test('when nothing works, one sentence says what was tried and what to install', async () => {
  const { child, opened } = await open({
    SHIGANG_SERVICES: 'environment,docker',
    DATABASE_URL: 'mysql://root@127.0.0.1:1',
    PATH: '/nonexistent',
  });
  expect(opened.error).toMatch(
    /^No usable MySQL \(environment: .*ECONNREFUSED.*; docker: .*\): install MariaDB .*\.$/,
  );
  await end(child);
});

test('a Redis that evicts is refused', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shigang-redis-'));
  const script = `
    import { startRedis, installedRedis, unpackedRedis } from ${JSON.stringify(join(ROOT, 'scripts/services/private-servers.mjs'))};
    import { join } from 'node:path';
    import { cacheFolder } from ${JSON.stringify(join(ROOT, 'scripts/services/unpack.mjs'))};
    import { connectRedis, tryRedis } from ${JSON.stringify(join(ROOT, 'scripts/services/trial.mjs'))};
    const server = await startRedis(installedRedis() ?? unpackedRedis(join(cacheFolder(), 'redis')), ${JSON.stringify(folder)});
    const client = connectRedis(server.url);
    await client.connect();
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    client.disconnect();
    console.log(await tryRedis(server.url).then(() => 'accepted', (error) => error.message));
    await server.stop();
  `;
  const answer = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: ROOT,
    env: childEnv(),
  });
  rmSync(folder, { recursive: true, force: true });
  expect(answer.stdout.toString('utf8').trim()).toBe('its maxmemory-policy is allkeys-lru, not noeviction');
}, 30_000);

test('libraries that lie a folder deeper are found in unpacked packages too', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shigang-libraries-'));
  for (const name of ['x86_64-linux-gnu', 'aarch64-linux-gnu']) {
    mkdirSync(join(folder, 'usr', 'lib', name, 'pulseaudio'), { recursive: true });
    writeFileSync(join(folder, 'usr', 'lib', name, 'pulseaudio', 'libpulsecommon-16.1.so'), '');
    mkdirSync(join(folder, 'usr', 'lib', name, 'gconv'));
  }
  const script = `
    import { libraryPath } from ${JSON.stringify(join(ROOT, 'scripts/services/private-servers.mjs'))};
    console.log(libraryPath(${JSON.stringify(folder)}));
  `;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { env: childEnv() });
  rmSync(folder, { recursive: true, force: true });
  const [first, deeper, last, ...more] = stdout.toString('utf8').trim().split(':');
  expect(first).toMatch(/usr\/lib\/\w+-linux-gnu$/);
  expect(deeper).toBe(`${first}/pulseaudio`);
  expect(last).toMatch(/^((?!usr).)*\/lib\/\w+-linux-gnu$/);
  expect(more).toEqual([]);
});

test('an old Node is told so in one sentence before anything else happens', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shigang-node-'));
  const preload = join(folder, 'old.cjs');
  writeFileSync(preload, "Object.defineProperty(process.versions, 'node', { value: '18.20.8' });\n");
  const answer = spawnSync(
    process.execPath,
    ['--require', preload, join(ROOT, 'scripts/start.cjs'), 'demo'],
    {
      env: childEnv(),
    },
  );
  rmSync(folder, { recursive: true, force: true });
  expect(answer.status).toBe(1);
  expect(answer.stdout.toString()).toBe('');
  expect(answer.stderr.toString().trim().split('\n')).toEqual([
    'Shigang needs Node 20.19+, 22.13+ or 24+, this is Node 18.20.8: install one of those first.',
  ]);
});

test('nothing of a tenant reaches a child, and no demo or test reads .env', () => {
  const script = `
    import { cleanEnv } from ${JSON.stringify(join(ROOT, 'scripts/environment.mjs'))};
    console.log(JSON.stringify(cleanEnv({ PORT: '1' })));
  `;
  const tenant = {
    DINGTALK_CLIENT_SECRET: 's',
    DINGTALK_API_BASE: 'https://api.dingtalk.com',
    PUBLIC_URL: 'https://example.com',
    DATA_KEY: 'k',
    DATABASE_URL: 'mysql://real',
    REDIS_URL: 'redis://real',
    NODE_ENV: 'production',
    BUSINESS_NOW: 'x',
  };
  const ofTests = { PROOF_TIMES: 'all', PROOF_SEED: '7', PROOF_OUTCOME: '8' };
  const answer = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    env: childEnv({ ...tenant, ...ofTests }),
  });
  const env = JSON.parse(answer.stdout.toString()) as Record<string, string>;
  for (const name of Object.keys(tenant)) expect(env).not.toHaveProperty(name);
  expect(env).toMatchObject({ ...ofTests, PORT: '1', PATH: expect.any(String) });
  for (const file of scriptsOf(join(ROOT, 'scripts'))) {
    expect([file, readFileSync(file, 'utf8')]).toEqual([file, expect.not.stringMatching(/['"/]\.env['"]/)]);
  }
});

const scriptsOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => join(folder, name));
