// Checks docker-compose.yml: by `docker compose config` where that client exists, and always by reading it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './clone.mjs';
import { cleanEnv } from './environment.mjs';
import { findProgram, run } from './processes.mjs';

const FILE = join(ROOT, 'docker-compose.yml');
const SERVICES = ['mysql', 'redis', 'migrate', 'server', 'worker', 'simulator'];
const COMMANDS = { migrate: 'migrate', server: 'serve', worker: 'worker', simulator: 'simulator' };
/** Values for what the file requires; the check starts nothing. */
const EXAMPLE = Object.fromEntries(
  [
    'SESSION_SECRET',
    'DINGTALK_CORP_ID',
    'DINGTALK_CLIENT_ID',
    'DINGTALK_CLIENT_SECRET',
    'DINGTALK_AGENT_ID',
  ].map((name) => [name, 'example']),
);

const problems = [...readingProblems(), ...(await clientProblems())];
for (const problem of problems) console.error(`docker-compose.yml: ${problem}`);
process.exit(problems.length === 0 ? 0 : 1);

function readingProblems() {
  const file = parse(readFileSync(FILE, 'utf8'), { merge: true });
  const found = [];
  const expect = (holds, sentence) => holds || found.push(sentence);
  for (const name of SERVICES) expect(file.services?.[name], `service ${name} is missing`);
  if (found.length > 0) return found;
  const { mysql, redis, simulator } = file.services;
  expect(/^mysql:(9\.7|8\.4)/.test(mysql.image), 'mysql must be 9.7 (or 8.4)');
  expect([redis.command].flat().join(' ').includes('--maxmemory-policy noeviction'), 'redis must not evict');
  expect(simulator.profiles?.includes('demo'), 'the simulator belongs to the profile demo');
  for (const [name, command] of Object.entries(COMMANDS)) {
    expect(file.services[name].command?.[0] === command, `${name} must run "shigang ${command}"`);
  }
  for (const [name, service] of Object.entries(file.services)) {
    const volumes = (service.volumes ?? []).map((text) => text.split(':')[0]);
    for (const volume of volumes) expect(volume in file.volumes, `${name}: volume ${volume} is not declared`);
    for (const other of Object.keys(service.depends_on ?? {})) {
      expect(other in file.services, `${name} depends on ${other}, which is not there`);
    }
  }
  return found;
}

async function clientProblems() {
  const docker = findProgram('docker');
  if (docker === null) return [];
  const env = cleanEnv(EXAMPLE);
  const hasCompose = await run(docker, ['compose', 'version'], { env, timeoutMs: 15_000 });
  if (hasCompose.code !== 0) return [];
  const answer = await run(docker, ['compose', '-f', FILE, '--profile', 'demo', 'config', '-q'], { env });
  return answer.code === 0 ? [] : [answer.stderr.trim()];
}
